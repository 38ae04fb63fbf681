from collections import Counter
from datetime import datetime

import pytest

from casedb.mapping import ISO_TIMES
from casedb.times import moments, roll_past_midnight

ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%Y/%m/%d %H:%M:%S", "2019/4/5 9:02:07", datetime(2019, 4, 5, 9, 2, 7)),
        ("%m/%d/%Y %I:%M:%S %p", "04/12/2018 12:00:01 AM", datetime(2018, 4, 12, 0, 0, 1)),
        ("%Y-%m-%d %H:%M:%S", "1999-02-01 7:02:47", datetime(1999, 2, 1, 7, 2, 47)),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-11-25T23:30:00Z", datetime(2026, 11, 26, 7, 30)),
        ("%Y/%m/%d", "2019-04-05T09:02:07", datetime(2019, 4, 5, 9, 2, 7)),
    ],
)
def test_a_moment_is_read_in_the_maps_form_or_in_iso(form: str, text: str, moment: datetime) -> None:
    assert moments([text, None], (form, *ISO_TIMES), ZONE, Counter()) == ([moment, None], [])


@pytest.mark.parametrize("text", ["yesterday", "2018-13-01", "2018-02-30 10:00:00", "5", "24:61"])
def test_what_is_no_moment_is_named_by_its_place(text: str) -> None:
    found, wrong = moments(["2018-01-01", text], ISO_TIMES, ZONE, Counter())

    assert found == [datetime(2018, 1, 1), None]
    assert wrong == [1]


def test_generous_reading_is_counted() -> None:
    repairs: Counter[str] = Counter()

    moments(
        ["2019/4/5", "2019-04-05 09:00:00", "2019/4/5 9:00:00"],
        ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d", *ISO_TIMES),
        ZONE,
        repairs,
    )

    assert repairs == {
        "bare dates read as 00:00": 1,
        "moments in ISO form where the map names another": 1,
    }


def test_a_clock_time_far_before_its_base_is_the_next_days() -> None:
    base = datetime(1999, 2, 15, 23, 59, 54)
    repairs: Counter[str] = Counter()

    rolled = roll_past_midnight([datetime(1999, 2, 15, 0, 0, 27)], [base], repairs)

    assert rolled == [datetime(1999, 2, 16, 0, 0, 27)]
    assert repairs.total() == 1


def test_a_clock_time_a_little_before_its_base_is_a_mistake_and_stays() -> None:
    noon = datetime(1999, 2, 15, 12)
    early = [datetime(1999, 2, 15, 11, 59, 59), datetime(1999, 2, 15), None]

    assert roll_past_midnight(early, [noon, noon, noon], Counter()) == early
