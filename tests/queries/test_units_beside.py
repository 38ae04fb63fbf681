"""What a unit's page says besides its questions."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from casedb.tables import calendar_days
from queries import links, units, units_beside
from queries.arguments import Scope
from tests.builders import add, add_assignment, add_callback, add_case, add_unit

NEW_YEAR = datetime(2027, 1, 1)
DAY = timedelta(days=1)


def looked_at(start: datetime, end: datetime) -> Scope:
    return Scope(end, start, end, unit="a")


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (datetime(2026, 12, 1), NEW_YEAR, []),
        (datetime(2026, 12, 20), NEW_YEAR + timedelta(hours=1), [2027]),
        (datetime(2027, 1, 5), datetime(2027, 1, 9), [2027]),
        (datetime(2027, 12, 20), datetime(2028, 1, 9), [2027, 2028]),
    ],
)
def test_a_year_is_named_as_soon_as_the_period_reaches_into_it(
    desk: Engine, start: datetime, end: datetime, years: list[int]
) -> None:
    assert units_beside.unknown_years(looked_at(start, end)) == years


def test_a_named_year_is_why_signing_is_not_known(desk: Engine) -> None:
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        case = add_case(connection, NEW_YEAR + 3 * DAY)
        sent = NEW_YEAR + 3 * DAY
        done = {"signed_at": sent, "closed_at": sent + DAY, "due_at": sent + 2 * DAY}
        add_assignment(connection, case, unit_id="a", dispatched_at=sent, **done)
    scope = looked_at(NEW_YEAR, NEW_YEAR + 9 * DAY)

    counted = units.measures(scope).set_index("measure")["n"]

    assert (counted["signing"], counted["on_time"]) == (0, 1)
    assert units_beside.unknown_years(scope) == [2027]


def test_a_year_entered_by_hand_is_known(desk: Engine) -> None:
    with desk.begin() as connection:
        for place in range(365):
            day = (NEW_YEAR + place * DAY).date()
            add(connection, calendar_days, day=day, is_workday=day.weekday() < 5)

    assert units_beside.unknown_years(looked_at(NEW_YEAR, NEW_YEAR + 9 * DAY)) == []


def test_a_city_without_work_needs_no_calendar(desk: Engine) -> None:
    assert units_beside.unknown_years(Scope(NEW_YEAR, end=NEW_YEAR, unit="a")) == []


def test_a_unit_of_no_group_stands_nowhere(desk: Engine) -> None:
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")

    assert units_beside.standing(Scope(NEW_YEAR, unit="a")).empty
    placed = units_beside.standing(Scope(NEW_YEAR, unit="a", group="department"))
    assert placed[["unit_id", "ranked"]].to_numpy().tolist() == [["a", 0]]


def test_points_as_printed_add_up_to_the_printed_change() -> None:
    found = pd.DataFrame(
        {"part": ["before", "kind", "kind", "now"], "points": [0.9, 0.00049, 0.00049, 0.90098]}
    )

    shown = units_beside.printed(found)["printed"].tolist()

    assert shown[0] + sum(shown[1:-1]) == pytest.approx(shown[-1])


def test_a_figure_of_nought_or_of_no_cases_leads_nowhere(desk: Engine) -> None:
    now = datetime(2026, 11, 25, 12)
    with desk.begin() as connection:
        add_unit(connection, "甲局", unit_id="a")
        case = add_case(connection, now - DAY)
        add_callback(connection, case, now, unit_id="a", rating="dissatisfied")
    scope = Scope(now, now - 2 * DAY, unit="a")
    href = links.opens(scope, "units/measures", "n")

    led = {row.measure: href(row) for row in units.measures(scope).itertuples()}

    assert (
        led["satisfaction"]
        == "/cases?as_of=2026-11-25T12%3A00%3A00&start=2026-11-23T12%3A00%3A00&unit=a&set=counted"
    )
    assert led["signing"] is led["whistles"] is None


def test_a_column_that_counts_no_cases_is_a_mistake_of_the_page() -> None:
    with pytest.raises(KeyError):
        links.opens(Scope(NEW_YEAR), "units/measures", "rate")
