"""Petitions go on: their citizens are met, told how it goes, notified in writing, and now and then heard."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, func, insert, select

from casedb.demo_cases import PETITIONS
from casedb.demo_habits import habits
from casedb.demo_hearings import CHAIR, PAYLOADS
from casedb.demo_petitions import DECLINES, FEEDBACK, MODE_SHARES, MODES, NOTICE, NOTIFIES, REFUSED, TELLS
from casedb.demo_petitions import PAYLOADS as SAID
from casedb.simulate_leads import in_order, open_leads
from casedb.simulate_span import Span
from casedb.tables import assignments, case_events, cases, contacts
from rules.deadlines import HEARING_FROM, HEARING_TO, due

Row = dict[str, Any]

OPENS, SHUTS = 9, 17.5

MEET_MINUTES, TELL_MINUTES, NOTIFY_MINUTES = 450.0, 1_100.0, 2_200.0
"""Office time in which a petitioner is met, told and notified, on average."""

SLOWLY = 8
"""So much longer it takes a unit that does not do it in time, and all that is late already."""

FINISH = timedelta(days=21)
QUICK = 0.77
"""Share of the petitions that their units mean to finish in 21 days."""

HEARINGS_AN_HOUR, HEARING_MINUTES = 0.03, 3_000.0
HEARD_FROM = timedelta(days=11)
"""Nobody is heard sooner than this."""

FACES = [mode.value for mode in MODES]


def step(connection: Connection, span: Span) -> int:
    """Everything that happens to petitions in this stretch, by day; returns the number of events."""
    if not OPENS <= span.hour < SHUTS:
        return 0
    rows = _petitions(connection, span)
    events = sum(_meet(connection, span, row) for row in rows if not row["met"] and row["refused"] < 2)
    events += sum(_tell(connection, span, row) for row in rows if not row["told"])
    events += sum(_notify(connection, span, row) for row in rows if not row["noticed"])
    return events + _hear(connection, span, rows)


def aim(span: Span, row: RowMapping | Row) -> datetime:
    """By when a unit means to be done: its limit, but most petitions in 21 days."""
    soon = row["dispatched_at"] + FINISH
    quick = row["due_rule"] == "sla.petition" and span.lot(row["assignment_id"]) < QUICK
    return soon if quick and soon > span.moment else row["due_at"]


def is_not_heard() -> ColumnElement[bool]:
    """No hearing goes on: nobody closes what is being heard."""
    return _times(HEARING_FROM) <= _times(HEARING_TO)


def _petitions(connection: Connection, span: Span) -> list[Row]:
    """Those that their first unit signed for, what has been done about them, and how the unit is (meets)."""
    face = (contacts.c.case_id == assignments.c.case_id, contacts.c.mode.in_(FACES), contacts.c.reached)
    columns = {
        "received_at": cases.c.received_at,
        "accepted_at": func.coalesce(cases.c.recorded_at, cases.c.received_at),
        "met": exists().where(*face),
        "told": _times(FEEDBACK),
        "noticed": _times(NOTICE),
        "refused": _times(REFUSED),
        "begun": _times(HEARING_FROM),
        "ended": _times(HEARING_TO),
    }
    wanted = open_leads(span).add_columns(*(one.label(name) for name, one in columns.items()))
    mine = (cases.c.case_id == assignments.c.case_id, cases.c.legal_route == PETITIONS)
    kept = wanted.where(*mine, assignments.c.round == 1, assignments.c.signed_at <= span.last)
    usual, number = habits(span.city).meets, span.city.unit_number
    rows = in_order(connection.execute(kept).mappings())
    return [{**row, "meets": usual[number[row["unit_id"]]]} for row in rows]


def _times(code: str) -> ColumnElement[int]:
    """How often a step of this code was written down for the case."""
    mine = (case_events.c.case_id == assignments.c.case_id, case_events.c.event == code)
    return select(func.count()).where(*mine).correlate(assignments).scalar_subquery()


def _comes(span: Span, row: Row, begin: str, rule: str, minutes: float, chance: float) -> bool:
    """Whether a unit that does it in time by this chance does it now."""
    is_late = due(rule, row[begin], span.calendar) < span.moment or span.lot(row["case_id"] + rule) >= chance
    return span.comes(minutes * (SLOWLY if is_late else 1))


def _meet(connection: Connection, span: Span, row: Row) -> int:
    """They see each other; now and then the citizen would rather not."""
    if not _comes(span, row, "accepted_at", "meet", MEET_MINUTES, row["meets"]):
        return 0
    if row["refused"] or span.chance(1 / DECLINES):
        return _write(connection, span, row, REFUSED)
    mode = FACES[int(span.rng.choice(len(FACES), p=MODE_SHARES))]
    talk = {"contact_id": f"C-{span.code()}", "mode": mode, "reached": True, "unit_id": row["unit_id"]}
    connection.execute(insert(contacts).values(talk | {"case_id": row["case_id"], "at": span.at()}))
    return 1


def _tell(connection: Connection, span: Span, row: Row) -> int:
    told = _comes(span, row, "accepted_at", "feedback", TELL_MINUTES, row["meets"] * TELLS)
    return _write(connection, span, row, FEEDBACK) if told else 0


def _notify(connection: Connection, span: Span, row: Row) -> int:
    noticed = _comes(span, row, "received_at", "petition_notice", NOTIFY_MINUTES, NOTIFIES)
    return _write(connection, span, row, NOTICE) if noticed else 0


def _hear(connection: Connection, span: Span, rows: list[Row]) -> int:
    """Hearings end; another begins about one of the petitions that take long and were not heard yet."""
    events, long = 0, span.moment - HEARD_FROM
    for row in rows:
        if row["begun"] > row["ended"] and span.comes(HEARING_MINUTES):
            events += _write(connection, span, row, HEARING_TO)
    new = [
        row for row in rows if not row["begun"] and row["accepted_at"] < long and row["due_at"] > span.moment
    ]
    if new and span.happens(HEARINGS_AN_HOUR):
        events += _write(connection, span, new[int(span.rng.integers(len(new)))], HEARING_FROM)
    return events


def _write(connection: Connection, span: Span, row: Row, code: str) -> int:
    """The step, by a post of the unit."""
    post = CHAIR if code in PAYLOADS else "经办人"
    told: dict[str, Any] = {"case_id": row["case_id"], "actor_unit_id": row["unit_id"], "actor_role": post}
    told |= {"event_id": f"S-{span.code()}", "at": span.at(), "event": code}
    connection.execute(insert(case_events).values(told | {"payload": {**SAID, **PAYLOADS}[code]}))
    return 1
