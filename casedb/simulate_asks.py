"""What units ask of the centre goes on: to return a case, or for more time; the centre rules on both."""

from datetime import timedelta

from sqlalchemy import Connection, RowMapping, select

from casedb.city import TOWNS_OWN
from casedb.demo_habits import habits
from casedb.demo_steps import RETURN_REASONS, TO_A_THIRD, neighbours
from casedb.simulate_leads import change, in_order, open_leads, send
from casedb.simulate_span import Span
from casedb.tables import assignments, cases
from rules.deadlines import due
from rules.words import ReturnRuling

RETURNS_AN_HOUR = 1.2
WILLING = timedelta(days=1)
"""A unit asks to return what it has had no longer than this."""

REFUSED = {True: 0.75, False: 0.3}
"""Share of the returns that are refused: of the units that return blindly, and of the others."""

LAST_HOURS, HALFWAY = timedelta(hours=3.5), timedelta(days=2)
LAST_MINUTES, EARLY_MINUTES = 1_750.0, 12_000.0
"""How long, in minutes, an average unit thinks before it asks for more time: in the last hours before the
limit, and in the days before.
"""

PASSED_ON = 0.3
"""Share of the returns that concern a case another unit has returned already, where there is one."""

RULING_MINUTES = 50.0
MOST_RETURNS = 3


def step(connection: Connection, span: Span) -> int:
    """Everything asked and ruled in this stretch; returns the number of events."""
    events = _rule_returns(connection, span) + _grant(connection, span)
    events += _ask_for_time(connection, span)
    return events + (_ask_to_return(connection, span) if 8 <= span.hour < 20 else 0)


# ── returns ──────────────────────────────────────────────────────────────────────────────────────────────


def _ask_to_return(connection: Connection, span: Span) -> int:
    count = span.happens(RETURNS_AN_HOUR)
    if not count:
        return 0
    wanted = open_leads(span).where(
        assignments.c.signed_at <= span.last,
        assignments.c.return_asked_at.is_(None),
        assignments.c.due_rule != "sla.urgent",
        assignments.c.dispatched_at > span.last - WILLING,
    )
    rows = in_order(connection.execute(wanted).mappings())
    asked = min(count, len(rows))
    for _ in range(asked):
        passed = [row for row in rows if row["seq"] > row["round"]]
        pool = passed if passed and span.chance(PASSED_ON) else rows
        row = pool[int(span.rng.integers(len(pool)))]
        rows.remove(row)
        reason = str(RETURN_REASONS[int(span.rng.integers(len(RETURN_REASONS)))])
        change(connection, row, {"return_asked_at": span.at(), "return_reason": reason})
    return asked


def _rule_returns(connection: Connection, span: Span) -> int:
    """Accepted: another unit gets it. Refused: it stays where it is."""
    wanted = open_leads(span).where(
        assignments.c.return_asked_at <= span.last, assignments.c.return_ruling.is_(None)
    )
    events = 0
    for row in in_order(connection.execute(wanted).mappings()):
        if span.comes(RULING_MINUTES):
            _rule(connection, span, row)
            events += 1
    return events


def _rule(connection: Connection, span: Span, row: RowMapping) -> None:
    had = _had(connection, row["case_id"])
    is_blind = row["unit_id"] in span.city.names["blind"]
    if len(had) > MOST_RETURNS or span.chance(REFUSED[is_blind]):
        change(connection, row, {"return_ruling": ReturnRuling.REFUSED.value})
        return
    at = span.at()
    change(connection, row, {"return_ruling": ReturnRuling.ACCEPTED.value, "returned_at": at})
    unit = _next_unit(connection, span, row, had)
    send(connection, span, row, at, row["due_rule"].removeprefix("sla."), unit_id=unit, round=row["round"])


def _had(connection: Connection, case: str) -> list[str]:
    """The units that have had the case, in order."""
    wanted = select(assignments.c.unit_id).where(assignments.c.case_id == case, assignments.c.role == "lead")
    return list(connection.execute(wanted.order_by(assignments.c.seq)).scalars())


def _next_unit(connection: Connection, span: Span, row: RowMapping, had: list[str]) -> str:
    """The unit whose matter it is and the town in turn; after the first return mostly one that is new."""
    about = select(cases.c.category_id, cases.c.area_id).where(cases.c.case_id == row["case_id"])
    category, area = connection.execute(about).one()
    leaf = list(span.city.leaf_ids).index(category)
    new = [code for code in span.city.unit_ids[neighbours(span.city, leaf)] if code not in had]
    if len(had) > 1 and new and span.chance(TO_A_THIRD):
        return str(new[int(span.rng.integers(len(new)))])
    owner = int(span.city.leaf_units[leaf])
    fallback = span.city.names["lagging"][1] if owner == TOWNS_OWN else span.city.unit_ids[owner]
    town = span.city.unit_ids[int(area[1:3]) - 1 if area else 0]
    return str(fallback if row["unit_id"] == town else town)


# ── more time ────────────────────────────────────────────────────────────────────────────────────────────


def _ask_for_time(connection: Connection, span: Span) -> int:
    """In the days before the limit now and then, in its last hours more often."""
    wanted = open_leads(span).where(
        assignments.c.signed_at <= span.last,
        assignments.c.extension_asked_at.is_(None),
        assignments.c.due_rule != "sla.urgent",
        assignments.c.due_at.between(span.moment, span.moment + HALFWAY),
    )
    usual, events = habits(span.city).extends, 0
    for row in in_order(connection.execute(wanted).mappings()):
        often = usual[span.city.unit_number[row["unit_id"]]] / usual.min()
        is_last = row["due_at"] - span.moment < LAST_HOURS
        if span.comes((LAST_MINUTES if is_last else EARLY_MINUTES) / float(often)):
            change(connection, row, {"extension_asked_at": span.at()})
            events += 1
    return events


def _grant(connection: Connection, span: Span) -> int:
    wanted = open_leads(span).where(
        assignments.c.extension_asked_at <= span.last, assignments.c.extension_approved_at.is_(None)
    )
    events = 0
    for row in in_order(connection.execute(wanted).mappings()):
        if span.comes(RULING_MINUTES):
            longer = due("extension", row["due_at"] - timedelta(seconds=1), span.calendar)
            granted = {"extension_approved_at": span.at(), "extended_to": longer, "extension_count": 1}
            change(connection, row, granted)
            events += 1
    return events
