"""The limits of the field by name: what was due and kept, by which rule, when it ends, what ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, func
from sqlalchemy import case as when

from casedb import tables
from queries import clocks, contacting, milestones
from queries.arguments import Scope
from queries.handling import PRESSING
from queries.holding import CASE, HELD, answered_at, due
from queries.later import later
from rules.rulebook import load
from rules.words import ContactMode

Moment = Callable[[Scope], ColumnElement[Any]]


@dataclass(frozen=True)
class Clock:
    """A limit: the sets of what was due and kept, what it says in the rulebook, when it ends, what ends it.

    ``limit`` is a moment of the row; where the limit is one of days it is reckoned from ``begin``.
    ``is_centre``: the centre itself answers for it. ``needs``: what a source must record at all;
    ``step``: the code of the step it must write down; ``thing``: what of `feeds.THINGS` it must tell.
    """

    name: str
    due: str
    kept: str
    rule: str
    needs: tuple[Column[Any], ...]
    done: Moment
    limit: Moment | None = None
    begin: Moment | None = None
    is_centre: bool = False
    step: str = ""
    thing: str = ""


def _after(column: Column[Any], minutes: Callable[[], float]) -> Moment:
    return lambda _: later(column, minutes())


def _hours(name: str) -> Callable[[], float]:
    return lambda: 60 * getattr(load().sla, name)


def _response(_: Scope) -> ColumnElement[Any]:
    book = load().sla
    pressing = later(HELD.c.dispatched_at, book.response_urgent)
    return when(
        (CASE.c.urgency.in_(PRESSING), pressing), else_=later(HELD.c.dispatched_at, 60 * book.response)
    )


THREE = ("record", "dispatch", "section")
"""One hour, one hour, one hour."""

CASES, WORK, EVENT = tables.cases.c, tables.assignments.c, tables.case_events.c
_FACE = clocks.met_at(contacting.FACES, CASE.c.received_at)
_TALK = clocks.met_at((*contacting.FACES, ContactMode.PHONE.value), HELD.c.dispatched_at)
_VISIT = clocks.met_at(contacting.VISIT, HELD.c.dispatched_at)

CLOCKS = {
    one.name: one
    for one in (
        Clock(
            *("record", "record_due", "record_kept", "sla.record", (CASES.recorded_at,)),
            done=lambda _: CASE.c.recorded_at,
            limit=_after(CASE.c.received_at, _hours("record")),
            is_centre=True,
        ),
        Clock(
            *(
                "dispatch",
                "dispatch_due",
                "dispatch_kept",
                "sla.dispatch",
                (CASES.recorded_at, CASES.dispatched_at),
            ),
            done=lambda _: CASE.c.dispatched_at,
            limit=_after(CASE.c.recorded_at, _hours("dispatch")),
            is_centre=True,
        ),
        Clock(
            *("section", "section_due", "section_kept", "sla.section", (WORK.section_at,)),
            done=lambda _: HELD.c.section_at,
            limit=_after(HELD.c.dispatched_at, _hours("section")),
        ),
        Clock(
            *("chain", "chain_due", "chain_kept", "sla.section", (CASES.recorded_at, WORK.section_at)),
            done=lambda _: HELD.c.section_at,
            limit=_after(CASE.c.received_at, lambda: sum([_hours(name)() for name in THREE])),
        ),
        Clock(
            *("sign", "sign_due", "signed", "sla.sign", (WORK.signed_at,)),
            done=lambda _: HELD.c.signed_at,
            begin=lambda _: HELD.c.dispatched_at,
        ),
        Clock(
            *("response", "response_due", "responded", "sla.response", (WORK.signed_at,)),
            done=lambda _: _TALK,
            thing="talks",
            limit=_response,
        ),
        Clock(
            *("scene", "scene_due", "scene_kept", "whistle.urban", ()),
            done=lambda _: _VISIT,
            thing="visits",
            limit=lambda _: clocks.scene_limit(),
        ),
        Clock(
            *("meet", "meet_due", "meet_kept", "sla.meet", (CASES.is_first,)),
            done=lambda _: _FACE,
            thing="faces",
            begin=lambda _: milestones.accepted(),
        ),
        Clock(
            *("feedback", "feedback_due", "feedback_kept", "sla.feedback", (CASES.is_first, EVENT.at)),
            done=lambda _: func.coalesce(milestones.event_at(milestones.FEEDBACK), HELD.c.closed_at),
            step=milestones.FEEDBACK,
            begin=lambda _: milestones.accepted(),
        ),
        Clock(
            *("finish", "finish_due", "finish_kept", "sla.finish", (CASES.is_first, WORK.closed_at)),
            done=lambda _: HELD.c.closed_at,
            begin=lambda _: milestones.accepted(),
        ),
        Clock(
            *("notice", "notice_due", "notice_kept", "sla.petition_notice", (EVENT.at,)),
            done=lambda _: milestones.event_at(milestones.NOTICE),
            step=milestones.NOTICE,
            begin=lambda _: CASE.c.received_at,
        ),
        Clock(
            *("petition", "petition_due", "petition_kept", "sla.petition", (WORK.due_at,)),
            done=lambda scope: answered_at(scope.as_of),
            limit=lambda scope: due(scope.as_of),
        ),
        Clock(
            *("rework", "rework_due", "rework_kept", "sla.rework", (WORK.sent_back_at,)),
            done=lambda scope: answered_at(scope.as_of),
            limit=lambda scope: due(scope.as_of),
        ),
        Clock(
            *("promise", "promise_due", "promise_kept", "sla.promise", (CASES.promised_at,)),
            done=lambda _: clocks.promise_ended(),
            limit=lambda _: CASE.c.promised_due,
        ),
    )
}
