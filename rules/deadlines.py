"""When a limit ends: hours run on at once, days end at 24:00 (民法典 §200–204); only a hearing pauses it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

import numpy as np

from rules.rulebook import BadRule, Rulebook, load
from rules.words import AreaKind, Nature, Urgency
from rules.workdays import UnknownYear, WorkCalendar

Moments = np.ndarray
"""A column of moments (datetime64[us]), NaT where there is none."""

Pause = tuple[datetime, datetime | None]
"""A hearing: when it began, and when it ended; None: it goes on."""

HEARING_FROM, HEARING_TO = "hearing_from", "hearing_to"
"""Steps of a case between which its limit stands still."""

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1)

_BY_NATURE = {
    Nature.CONSULT: "consult",
    Nature.HELP: "help",
    Nature.COMPLAINT: "complaint",
    Nature.REPORT: "report",
}


def due(rule_id: str, start: datetime, calendar: WorkCalendar, book: Rulebook | None = None) -> datetime:
    """The last moment that is still on time, by a limit of section ``sla`` such as ``help``.

    A limit that ends with a day is due at 00:00 of the next. Raises BadRule for an unknown limit and
    UnknownYear where the working days are not known.
    """
    rule = (book or load()).rule(f"sla.{rule_id}")
    count = rule.value
    if not isinstance(count, int | float):
        raise BadRule(f"{rule.key} = {count!r}: is not a length of time.")
    if rule.unit == "workday":
        return after_workdays(start, int(count), calendar)
    if rule.unit == "day":
        return after_days(start, int(count), calendar)
    return start + (timedelta(hours=count) if rule.unit == "hour" else timedelta(minutes=count))


def after_workdays(start: datetime, count: int, calendar: WorkCalendar) -> datetime:
    """End of the count-th working day; the day of the start is not counted. Raises UnknownYear."""
    return _end_of(calendar.add_workdays(start.date(), count))


def after_days(start: datetime, count: int, calendar: WorkCalendar) -> datetime:
    """End of the count-th natural day; a last day of rest gives way to the next working day (§203).

    Raises UnknownYear.
    """
    return _end_of(calendar.next_workday(start.date() + count * _DAY))


def dues(rule_id: str, starts: Moments, calendar: WorkCalendar, book: Rulebook | None = None) -> Moments:
    """`due` of many starts at once; NaT where the working days are not known. Raises BadRule."""
    rule = (book or load()).rule(f"sla.{rule_id}")
    if rule.unit not in ("workday", "day"):
        return starts + np.timedelta64(due(rule_id, _EPOCH, calendar, book) - _EPOCH)
    counted = after_workdays if rule.unit == "workday" else after_days
    return by_day(starts, lambda day: counted(day, rule.value, calendar))  # type: ignore[arg-type]


def by_day(starts: Moments, reckon: Callable[[datetime], datetime]) -> Moments:
    """A limit that only depends on the day it starts on, reckoned once a day; NaT where no year is known."""
    days, places = np.unique(starts.astype("datetime64[D]"), return_inverse=True)
    ends = [_reckoned(day, reckon) for day in days.tolist()]
    return np.array(ends, dtype="datetime64[us]")[places]


def _reckoned(day: date | None, reckon: Callable[[datetime], datetime]) -> datetime | None:
    try:
        return None if day is None else reckon(datetime.combine(day, time()))
    except UnknownYear:
        return None


def citizens(
    rules: np.ndarray, received: Moments, sent: Moments, due_at: Moments, calendar: WorkCalendar
) -> Moments:
    """The citizen's own limits: as those of the first unit, but from the receipt; never paused or extended.

    ``rules`` are the keys (``sla.help``) by which the first limits ``due_at`` were set; where the rulebook
    does not have one, the citizen waits as long as the unit was given from being ``sent`` it.
    """
    ends = np.where(np.isnat(sent), due_at, received + (due_at - sent))
    for key in set(rules.tolist()) & _limits():
        same = (rules == key) & ~np.isnat(due_at)
        ends[same] = dues(key.removeprefix("sla."), received[same], calendar)
    return ends


def _limits() -> set[str]:
    """Keys of all limits of the rulebook."""
    return {f"sla.{name}" for name in vars(load().sla)}


def longest(
    due_rule: str | None, due_at: datetime, calendar: WorkCalendar, book: Rulebook | None = None
) -> datetime:
    """The last moment one extension of a limit may reach: a petition's has a length of its own (条例 §34).

    Raises UnknownYear.
    """
    rule = "petition_extension" if due_rule == "sla.petition" else "extension"
    # A limit that ends with a day is due at 00:00 of the next: more days count from its own last day.
    return due(rule, due_at - _INSTANT, calendar, book)


def hearings(steps: Iterable[tuple[str, datetime]]) -> list[Pause]:
    """The hearings among the steps (code, moment) of a case; no other step pauses a limit (条例 §36)."""
    found: list[Pause] = []
    for code, at in sorted(steps, key=lambda step: (step[1], step[0] == HEARING_FROM)):
        goes_on = bool(found) and found[-1][1] is None
        if code == HEARING_FROM and not goes_on:
            found.append((at, None))
        elif code == HEARING_TO and goes_on:
            found[-1] = (found[-1][0], at)
    return found


def paused(due_at: datetime, pauses: Iterable[Pause], start: datetime, as_of: datetime) -> datetime:
    """A limit that began to run at ``start``, moved on by the length of every hearing up to the moment.

    What passes before the limit runs, or begins when it is over, moves nothing.
    """
    for begun, ended in sorted(pauses, key=lambda pause: pause[0]):
        if begun <= min(due_at, as_of):
            due_at += max(min(ended or as_of, as_of) - max(begun, start), timedelta(0))
    return due_at


def limit_for(nature: Nature | str | None, urgency: Urgency | str = Urgency.NORMAL) -> str:
    """The limit in section ``sla`` that a case of this nature and urgency has to be closed by."""
    if urgency != Urgency.NORMAL:
        return "urgent"
    return _BY_NATURE.get(Nature(nature), "suggestion") if nature else "suggestion"


def arrival(
    accepted_at: datetime, area_kind: AreaKind | str, book: Rulebook | None = None
) -> tuple[datetime, datetime | None]:
    """When a summoned unit must be there: the limit, and the last one where the first is soft (rural)."""
    limits = (book or load()).whistle
    if area_kind == AreaKind.RURAL:
        soft, last = timedelta(minutes=limits.rural), timedelta(minutes=limits.rural_last)
        return accepted_at + soft, accepted_at + last
    return accepted_at + timedelta(minutes=limits.urban), None


def effective(
    due_at: datetime | None,
    asked_at: datetime | None,
    approved_at: datetime | None,
    extended_to: datetime | None,
    as_of: datetime,
) -> datetime | None:
    """The limit in force: an extension counts if asked for by the old limit and approved by the moment."""
    if due_at is None or asked_at is None or approved_at is None or extended_to is None:
        return due_at
    return extended_to if asked_at <= due_at and approved_at <= as_of else due_at


def is_late(closed_at: datetime | None, effective_due: datetime, as_of: datetime) -> bool:
    """Whether it was closed, or is still open, after its limit; at the very limit it is on time."""
    closed = closed_at is not None and closed_at <= as_of
    return effective_due < (closed_at if closed and closed_at else as_of)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time())
