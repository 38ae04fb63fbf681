"""The published year and the demo, looked back at: 30 meetings, 745 items, 697 done, 48 still listed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from casedb import demo
from queries import database, meetings
from queries.arguments import Scope

UNTIL = datetime(2019, 8, 31, 18)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('year')) / 'year.db'}"
    demo.run(url, demo.plan("first-year"))
    return url


@pytest.fixture
def year(address: str) -> Iterator[Scope]:
    database.connect(address)
    yield Scope(UNTIL)
    database.dispose()


def test_the_secretary_chaired_14_of_30_meetings(year: Scope) -> None:
    chairs = meetings.chaired(year).set_index("chair_role")["meetings"]

    assert (chairs.sum(), chairs["secretary"]) == (30, 14)


def test_697_of_745_items_are_done_and_the_other_48_are_listed(year: Scope) -> None:
    rates = meetings.close_rates(year)
    whole = rates.iloc[0]

    assert (whole["assigned"], whole["closed"], whole["open"]) == (745, 697, 48)
    assert f"{whole['close_rate']:.1%}" == "93.6%"
    listed = meetings.open_items(year)
    assert len(listed) == 48
    assert listed["batch_date"].is_monotonic_increasing
    for by in ("batch", "unit", "chair", "owner"):
        mine = rates[rates["by"] == by]
        assert mine[["assigned", "closed", "open"]].sum().tolist() == [745, 697, 48], by
    assert (rates["by"] == "batch").sum() == 30


def test_each_look_back_has_its_last_batch_and_everything_older_that_is_open(year: Scope) -> None:
    numbers, ends = [], [datetime(2018, 10, 8)]
    for row in meetings.calendar(Scope(UNTIL, datetime(2018, 10, 10), datetime(2019, 8, 10))).itertuples():
        if row.state != "held":
            continue
        pack = meetings.pack(row.actual, UNTIL)

        rows = meetings.look_back(pack.scope)

        last = rows[rows["is_last_batch"]]
        assert last["number"].tolist() == [row.number - 1] * len(last)
        assert len(last) in (24, 25)
        older = rows[~rows["is_last_batch"]]
        assert (older["signed_off_at"].isna() | older["is_reopened"]).all()
        numbers.append(row.number)
        assert pack.scope.start == ends[-1]
        ends.append(pack.scope.end)
    assert numbers == list(range(2, 31))


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('today')) / 'today.db'}"
    demo.run(url, demo.plan("today", days=90))
    return url


def test_the_demo_has_an_older_item_that_was_signed_off_and_is_complained_of_again(today: str) -> None:
    database.connect(today)
    pack = meetings.pack(None, demo.TODAY)

    rows = meetings.look_back(pack.scope)

    last, older = rows[rows["is_last_batch"]], rows[~rows["is_last_batch"]]
    again = older[older["is_reopened"]].iloc[0]
    assert again["signed_off_at"] < again["reopened_at"] <= demo.TODAY
    assert again["reopened_by"]
    # then: the outcome of the last batch is still as it is told
    assert len(last) == 9
    assert last["signed_off_at"].notna().sum() == 6
    assert last["is_late"].sum() == 2
    assert last["step"].tolist().count("applied") == 1
    database.dispose()


def test_the_27th_meeting_was_moved_to_monday(year: Scope) -> None:
    pack = meetings.pack(datetime(2019, 7, 6).date(), UNTIL)

    assert (pack.meeting.number, f"{pack.meeting.actual}") == (27, "2019-07-08")
    assert pack.meeting.reason == "逢6为休息日，顺延至下一个工作日"
