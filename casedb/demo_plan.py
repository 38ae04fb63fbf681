"""What a demo is to hold: its span, its seed, its volume, and the totals a published year must reach."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from rules.deadlines import due
from rules.rulebook import load
from rules.workdays import WorkCalendar

SCENARIOS = ("today", "first-year")

LIMITS = ("consult", "help", "suggestion", "complaint", "report", "petition", "rework", "extension", "urgent")
"""The limits of the rulebook's section sla that the demo sets."""

DAY = np.timedelta64(86_400, "s")
BEYOND = 120
"""Days after the last moment whose limits may still be asked for."""


@dataclass(frozen=True)
class Totals:
    """Exact totals of a published year; the numbers of cases add up: valid = settled + dispatched."""

    received: int
    calls: int
    valid: int
    settled: int
    satisfaction: float
    meetings: int
    by_secretary: int
    assigned: int
    done: int


@dataclass(frozen=True)
class Plan:
    """A demo: everything before ``start`` and after ``until`` does not exist. Same plan, same rows."""

    start: date
    until: datetime
    seed: int = 6
    scale: float = 1.0
    totals: Totals | None = None
    holidays: dict[date, bool] = field(default_factory=dict)
    rise_day: date | None = None

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days, the demo's own entries included."""
        return WorkCalendar(self.holidays)

    @cached_property
    def days(self) -> list[date]:
        """Every day from the first to the last."""
        return [self.start + timedelta(days=n) for n in range((self.until.date() - self.start).days + 1)]

    @cached_property
    def workdays(self) -> np.ndarray:
        """Per day of ``days``: do people work?"""
        return np.array([self.calendar.is_workday(day) for day in self.days])

    @cached_property
    def first(self) -> np.datetime64:
        return np.datetime64(self.start, "s")

    @cached_property
    def last(self) -> np.datetime64:
        return np.datetime64(self.until, "s")

    @cached_property
    def rise_from(self) -> np.datetime64:
        """From when on some kinds of issue run higher than before: 00:00 of the last meeting's day."""
        return np.datetime64(self.rise_day, "s") if self.rise_day else np.datetime64("9999-01-01", "s")

    @cached_property
    def limit_rows(self) -> np.ndarray:
        """Per limit, per day from the start: the due moment of what begins that day; hour limits at 00:00."""
        span = [self.start + timedelta(days=n) for n in range(len(self.days) + BEYOND)]
        table = np.full((len(LIMITS), len(span)), np.datetime64("NaT"), dtype="M8[s]")
        for number, rule in enumerate(LIMITS):
            last = len(span) - (70 if rule == "petition" else 20)
            for place, day in enumerate(span[:last]):
                table[number, place] = np.datetime64(due(rule, datetime.combine(day, time()), self.calendar))
        return table

    def due(self, rules: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Due moments by numbers in LIMITS and start moments."""
        day = ((starts - self.first) // DAY).astype(int)
        by_hours = np.array([load().rule(f"sla.{rule}").unit in ("hour", "minute") for rule in LIMITS])
        within_day = np.where(by_hours[rules], (starts - self.first) % DAY, np.timedelta64(0, "s"))
        return self.limit_rows[rules, day] + within_day

    def generator(self, *names: int) -> np.random.Generator:
        """A generator of its own for each part, so that a part may change without moving the others."""
        return np.random.default_rng([self.seed, *names])
