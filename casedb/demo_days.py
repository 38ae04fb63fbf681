"""Working days beyond the published calendar, and the duty rosters of units and leaders."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_time import either
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


def calendar_rows(holidays: Mapping[date, bool]) -> Columns:
    """The days of calendar_days, with the names of those the city rests on."""
    names = {
        date(year, m, d) + timedelta(days=n): name
        for year, listed in REST_BEYOND.items()
        for m, d, many, name in listed
        for n in range(many)
    }
    days = sorted(holidays)
    return {
        "day": np.array([day.isoformat() for day in days], dtype=object),
        "is_workday": np.array([holidays[day] for day in days], dtype=object),
        "name": np.array([names.get(day) for day in days], dtype=object),
    }


def duties(plan: Plan, city: City, rng: np.random.Generator) -> Columns:
    """Every linked unit is on duty every day; on working days a leader receives people in the hall."""
    linked = [row[0] for row in city.units if row[3]]
    leaders = ("市委书记", "市长", "常务副市长", "政法委书记", "分管副市长")
    rows: list[tuple[date, str | None, str | None, str]] = []
    rows += [(day, unit, None, "24小时值班") for day in plan.days for unit in linked]
    for day, works in zip(plan.days, plan.workdays, strict=True):
        if works:
            rows.append((day, None, leaders[day.weekday() % 5], "大厅接访"))
    luck = rng.random(len(rows))
    today = plan.until.date()
    return {
        "duty_id": np.array([f"Z{n + 1:06d}" for n in range(len(rows))], dtype=object),
        "day": np.array([row[0].isoformat() for row in rows], dtype=object),
        "unit_id": np.array([row[1] for row in rows], dtype=object),
        "leader_post": np.array([row[2] for row in rows], dtype=object),
        "shift": np.array([row[3] for row in rows], dtype=object),
        "present": np.array(
            [None if row[0] == today else bool(lot > 0.012) for row, lot in zip(rows, luck, strict=True)],
            dtype=object,
        ),
        "substitute_post": either((luck <= 0.012) & (luck > 0.006), "副职代班", None),
    }
