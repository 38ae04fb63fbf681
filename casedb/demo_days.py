"""Working days beyond the published calendar, and the duty rosters of units and leaders."""

from datetime import date, timedelta

from rules.workdays import WorkCalendar

REST_BEYOND = {
    2027: ((1, 1, 3, "元旦"), (2, 5, 8, "春节"), (4, 3, 3, "清明"), (5, 1, 5, "劳动节"), (10, 1, 7, "国庆"))
}
"""The demo city's own plan of holidays: month, first day, how many days, name."""


def beyond_the_calendar(last: date) -> dict[date, bool]:
    """Days of the year after the last one known, as far as limits set by the last moment may reach."""
    known = WorkCalendar()
    year = (last + timedelta(days=125)).year
    if known.knows(year):
        return {}
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    rest = {
        date(year, m, d) + timedelta(days=n)
        for m, d, many, _ in REST_BEYOND.get(year, ())
        for n in range(many)
    }
    return {day: day.weekday() < 5 and day not in rest for day in days}
