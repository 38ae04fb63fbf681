"""A limit in words: until when, what for, what happens then, and how long there is left."""

from datetime import datetime, time, timedelta
from typing import Any

from components import words
from components.signs import late, sign
from components.words import N_, _

KINDS = {
    "record": N_("entry"),
    "dispatch": N_("dispatch"),
    "sign": N_("signing"),
    "contact": N_("contact"),
    "answer": N_("answer"),
    "extended": N_("answer, extended"),
    "heard": N_("answer, moved by a hearing"),
    "callback": N_("callback"),
    "promise": N_("public promise"),
    "item": N_("pledge, meeting {number}"),
    "raise": N_("raising"),
    "meet": N_("meeting the citizen"),
    "feedback": N_("feedback to the citizen"),
    "whistle": N_("arrival at a whistle"),
    "cutoff": N_("cutoff, meeting {number}"),
}
SHORT = {"cutoff": N_("meeting {number}"), "item": N_("pledge")}
THEN = {
    "undispatched": N_("then the centre is late"),
    "urged": N_("then the unit is urged (D1)"),
    "overdue": N_("then overdue, a slip is sent (D2)"),
    "grouped": N_("then overdue, before the chair (D4)"),
    "slip": N_("then a slip is sent (D2)"),
    "raised": N_("else to the head of the unit (D3)"),
    "meeting": N_("else item {position}, meeting {number}"),
    "to_meeting": N_("else to meeting {number} (D4)"),
    "broken": N_("then the promise is broken"),
    "uncalled": N_("then it counts as not called back"),
    "pledge": N_("then the pledge is broken"),
}


def _last_day(due: datetime) -> bool:
    """A limit of whole days ends at 00:00 of the next: people say the day itself."""
    return due.time() == time()


def at(due: datetime | None) -> str:
    """When a limit ends: 10-12 for the end of a day, 10-12 17:00 within one."""
    if words.absent(due):
        return words.NOTHING
    assert due is not None
    return f"{due - timedelta(days=1):%m-%d}" if _last_day(due) else words.stamp(due)


def moment(due: datetime | None, as_of: datetime) -> str:
    """When a limit ends, as one says it of what is near: tonight 24:00, tomorrow 17:00, 12-01 24:00."""
    if words.absent(due):
        return _("not known")
    assert due is not None
    day = (due - timedelta(days=1) if _last_day(due) else due).date()
    clock = "24:00" if _last_day(due) else words.clock(due)
    if day == as_of.date():
        return (_("tonight {clock}") if _last_day(due) else _("today {clock}")).format(clock=clock)
    if day == as_of.date() + timedelta(days=1):
        return _("tomorrow {clock}").format(clock=clock)
    return f"{day:%m-%d} {clock}"


def kind(limit: Any) -> str:
    """What the limit is for."""
    return _filled(KINDS.get(limit.kind, limit.kind), limit)


def short(limit: Any) -> str:
    """What the limit is for, where there is little room."""
    return _filled(SHORT[limit.kind], limit) if limit.kind in SHORT else kind(limit)


def then(limit: Any) -> str:
    """What happens when it passes."""
    return _filled(THEN.get(limit.then, limit.then), limit)


def _filled(sentence: str, limit: Any) -> str:
    return _(sentence).format(number=words.number(limit.number), position=words.number(limit.position))


def left(hours: float | None) -> Any:
    """How long there is left, or by how much it was missed."""
    if words.absent(hours):
        return words.NOTHING
    assert hours is not None
    if hours < 0:
        return late(words.age(-hours * 3600))
    return _("{age} left").format(age=words.age(hours * 3600))


def state_sign(state: str) -> Any:
    """▲ missed, ● within 48 hours, ○ still far."""
    return sign(state, state) if state in ("late", "soon") else sign("open")
