"""Public promises of an answer go on: given by day, for the same evening or for a day to come."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from casedb.demo_promises import DAYS
from casedb.simulate_leads import change_case, in_order, open_leads
from casedb.simulate_span import Span
from casedb.tables import assignments, cases

AN_HOUR = 0.5
TODAY = 0.4
"""Share of the promises that are for the same day; what is not answered by then is a promise broken."""

EVENING = timedelta(hours=17.5)


def step(connection: Connection, span: Span) -> int:
    """Every promise given in this stretch; returns their number."""
    if not span.is_workday or not 9 <= span.hour < 16 or not span.happens(AN_HOUR):
        return 0
    silent = select(cases.c.case_id).where(
        cases.c.case_id == assignments.c.case_id, cases.c.promised_at.is_(None)
    )
    wanted = open_leads(span).where(assignments.c.signed_at <= span.last, silent.exists())
    rows = in_order(connection.execute(wanted).mappings())
    if not rows:
        return 0
    row = rows[int(span.rng.integers(len(rows)))]
    change_case(connection, row["case_id"], {"promised_at": span.at(), "promised_due": _until(span)})
    return 1


def _until(span: Span) -> datetime:
    """This evening, or the end of a day to come."""
    if span.chance(TODAY):
        return span.midnight + EVENING
    return span.midnight + timedelta(days=1 + int(DAYS[int(span.rng.integers(len(DAYS)))]))
