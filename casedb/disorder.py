"""Moments in an impossible order, and events that have not happened yet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column

from casedb.problem import Problem, problem
from casedb.tables import (
    assignments,
    callbacks,
    cases,
    contacts,
    escalations,
    meeting_items,
    summons,
    visits,
    whistles,
)

CASE, WORK, VISIT, CALL, BLOW, ITEM = cases.c, assignments.c, visits.c, summons.c, whistles.c, meeting_items.c

Pair = tuple[Column[Any], Column[Any]]

ORDER: tuple[tuple[str, str, Pair], ...] = (
    ("登记早于受理", "recorded before it was received", (CASE.received_at, CASE.recorded_at)),
    ("转派早于受理", "dispatched before it was received", (CASE.received_at, CASE.dispatched_at)),
    ("在线办结早于受理", "settled before it was received", (CASE.received_at, CASE.settled_at)),
    ("办结早于受理", "closed before it was received", (CASE.received_at, CASE.closed_at)),
    ("销号早于办结", "signed off before it was closed", (CASE.closed_at, CASE.signed_off_at)),
    ("签收早于转派", "signed for before it was sent", (WORK.dispatched_at, WORK.signed_at)),
    ("承办办结早于转派", "done before it was sent", (WORK.dispatched_at, WORK.closed_at)),
    ("退单早于转派", "returned before it was sent", (WORK.dispatched_at, WORK.returned_at)),
    ("延期后的时限更早", "extended to before its limit", (WORK.due_at, WORK.extended_to)),
    ("发回早于办结", "sent back before it was done", (WORK.closed_at, WORK.sent_back_at)),
    ("登记早于到达", "registered before arriving", (VISIT.arrived_at, VISIT.registered_at)),
    ("取号早于到达", "ticket taken before arriving", (VISIT.arrived_at, VISIT.ticket_at)),
    ("叫号早于取号", "called before taking a ticket", (VISIT.ticket_at, VISIT.called_at)),
    ("离队早于取号", "left before taking a ticket", (VISIT.ticket_at, VISIT.left_at)),
    ("接谈早于到达", "talked before arriving", (VISIT.arrived_at, VISIT.started_at)),
    ("接谈结束早于开始", "talk ended before it began", (VISIT.started_at, VISIT.ended_at)),
    ("应哨早于被叫", "answered before being called", (CALL.called_at, CALL.answered_at)),
    ("报到早于被叫", "arrived before being called", (CALL.called_at, CALL.arrived_at)),
    ("离场早于报到", "left the spot before arriving", (CALL.arrived_at, CALL.left_at)),
    ("销哨早于吹哨", "closed before it was blown", (BLOW.at, BLOW.closed_at)),
    ("事项办结早于交办", "done before it was assigned", (ITEM.assigned_at, ITEM.closed_at)),
    ("事项销号早于办结", "signed off before it was done", (ITEM.closed_at, ITEM.signed_off_at)),
)  # fmt: skip
"""Moments that must not come in the wrong order: the second not before the first."""

NOUGHT: tuple[tuple[str, str, Pair], ...] = (
    ("派单的时限不晚于转派", "a limit of nought: due no later than sent", (WORK.dispatched_at, WORK.due_at)),
    ("召集的时限不晚于被叫", "a limit of nought: due no later than called", (CALL.called_at, CALL.due_at)),
)  # fmt: skip
"""Limits that leave no time at all: the second moment must be after the first."""

NEWEST: tuple[Column[Any], ...] = (
    cases.c.received_at,
    assignments.c.dispatched_at,
    callbacks.c.at,
    contacts.c.at,
    escalations.c.at,
    visits.c.arrived_at,
    whistles.c.at,
    summons.c.called_at,
)
"""The moment by which the newest record of a table is known."""


def time_order() -> Iterator[Problem]:
    """A problem for every pair of ORDER."""
    for zh, en, (first, second) in ORDER:
        name = f"{second.table.name}.{second.name}_before_{first.name}"
        yield problem(name, zh, en, second.table, second < first, first, second)


def no_time() -> Iterator[Problem]:
    """A problem for every pair of NOUGHT: nobody can keep such a limit."""
    for zh, en, (first, second) in NOUGHT:
        name = f"{second.table.name}.{second.name}_nought"
        yield problem(name, zh, en, second.table, second <= first, first, second)


def in_the_future(moment: datetime) -> Iterator[Problem]:
    """Records later than the moment they are asked for at."""
    for column in NEWEST:
        yield problem(
            f"{column.table.name}.in_the_future",
            "时间晚于当前时刻",
            "later than the present moment",
            column.table,
            column > moment,
            column,
        )
