"""Small words that are easily wrong: one of a thing, the year, too few to speak of, what nobody records."""

from datetime import datetime

import pandas as pd
import pytest

from components import bands, filters, funnels, hall, heat, strip, windows, words
from components.words import Viewer
from tests.components import mock
from tests.components.conftest import text

NEWEST = pd.DataFrame({"newest": [datetime(2026, 12, 31, 23, 50)]})


def test_one_is_not_many_in_english():
    words.use(Viewer("en"))
    one = mock.HALL.copy()
    one[["waiting_people", "waiting_tickets", "over_60"]] = [1, 1, 0]
    said = text(hall.waiting(one))

    assert "1person1 ticketnone over 1 h" in said


@pytest.mark.parametrize(("year", "said"), [(2026, "12月31日 周四"), (2027, "2027年12月31日 周五")])
def test_the_strip_names_a_year_that_is_not_the_newest_records(year, said):
    drawn = strip.strip("Overview", datetime(year, 12, 31, 23, 55), NEWEST, pd.DataFrame())

    assert text(drawn[1]).startswith(said)


def test_a_period_names_its_year_and_a_second_one_only_where_it_is_another():
    words.use(Viewer("en"))

    assert filters.span(datetime(2026, 11, 17), datetime(2026, 11, 26)).startswith("2026-11-17—11-25")
    assert filters.span(datetime(2025, 11, 17), datetime(2026, 11, 26)).startswith("2025-11-17—2026-11-25")


@pytest.mark.parametrize(("cases", "told"), [(4, False), (5, True)])
def test_an_hour_with_too_few_cases_is_no_news(cases, told):
    hours = pd.DataFrame({"hour": [7, 8], "received": [cases, 0], "complete": True, "minutes": 60})
    hours = hours.assign(usual_low=0.0, usual_high=0.0)

    assert (f"7时 {cases} 件" in text(bands.intake(hours, "周三"))) is told


def test_a_hall_that_nobody_counts_is_not_called_empty():
    nothing = pd.DataFrame()
    drawn = [
        windows.board(nothing, recorded=False),
        heat.windows(nothing, recorded=False),
        funnels.visits(nothing, recorded=False),
        bands.arrivals(nothing, "周三", recorded=False),
    ]

    assert [text(panel).count("到访未记录。") for panel in drawn] == [1, 1, 1, 1]
