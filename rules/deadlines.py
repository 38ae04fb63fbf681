"""When a limit ends: hours run on at once, days end at 24:00 (民法典 §200–204)."""

from datetime import date, datetime, time, timedelta

from rules.rulebook import BadRule, Rulebook, load
from rules.words import AreaKind, Nature, Urgency
from rules.workdays import WorkCalendar

_DAY = timedelta(days=1)

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
