"""Working days of the State Council's calendar, make-up days included; an unknown year is never guessed."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from chinese_calendar import constants

_DAY = timedelta(days=1)


class UnknownYear(ValueError):
    """A day was asked for in a year whose working days nobody has published or entered."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The working days of {year} are not known: enter every day of {year} in calendar_days, "
            "or install the chinesecalendar release that holds it."
        )
        self.year = year


@cache
def _published() -> dict[int, bool]:
    """Every day of the published years by ordinal: is it a working day?"""
    first = date(min(constants.holidays).year, 1, 1).toordinal()
    last = date(max(constants.holidays).year, 12, 31).toordinal()
    days = ((number, date.fromordinal(number)) for number in range(first, last + 1))
    return {
        number: day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)
        for number, day in days
    }


class WorkCalendar:
    """Counts working days; the days given win over the published ones and may reach beyond them."""

    def __init__(self, days: Mapping[date, bool] | None = None) -> None:
        given = {day.toordinal(): is_workday for day, is_workday in (days or {}).items()}
        self._days = {**_published(), **given}
        self._open = sorted(number for number, is_workday in self._days.items() if is_workday)
        # First day of each unknown stretch: a count may not run into one.
        self._gaps = sorted(number + 1 for number in self._days if number + 1 not in self._days)

    def knows(self, year: int) -> bool:
        """Whether every day of the year is known."""
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        return first in self._days and self._gap_after(first) >= after

    def is_workday(self, day: date) -> bool:
        """Whether people work that day. Raises UnknownYear."""
        try:
            return self._days[day.toordinal()]
        except KeyError:
            raise UnknownYear(day.year) from None

    def next_workday(self, day: date) -> date:
        """The day itself if people work, else the first day after it that they do. Raises UnknownYear."""
        return self.add_workdays(day - _DAY, 1)

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th working day after the day, which is itself not counted; a negative count goes back.

        Raises UnknownYear when the way leads through a day nobody knows.
        """
        start = day.toordinal()
        if count == 0:
            return date.fromordinal(start)
        if count > 0:
            place = bisect_right(self._open, start) + count - 1
            end = self._open[place] if place < len(self._open) else self._gaps[-1]
            self._require(start + 1, end)
        else:
            place = bisect_left(self._open, start) + count
            end = self._open[place] if place >= 0 else min(self._days) - 1
            self._require(end, start - 1)
        return date.fromordinal(end)

    def workdays_between(self, after: date, until: date) -> int:
        """Working days d with after < d <= until; negative where ``until`` is earlier. Raises UnknownYear."""
        first, last = after.toordinal(), until.toordinal()
        if first != last:
            self._require(min(first, last) + 1, max(first, last))
        return bisect_right(self._open, last) - bisect_right(self._open, first)

    def _gap_after(self, number: int) -> int:
        """The first unknown day after a known one."""
        return self._gaps[bisect_right(self._gaps, number)]

    def _require(self, first: int, last: int) -> None:
        if first not in self._days:
            raise UnknownYear(date.fromordinal(first).year)
        gap = self._gap_after(first)
        if gap <= last:
            raise UnknownYear(date.fromordinal(gap).year)
