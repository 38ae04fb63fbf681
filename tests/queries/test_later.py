"""A moment and so many minutes, in the words of each database."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from casedb.tables import cases
from queries.database import read
from queries.later import later
from tests.queries.conftest import clear

SECOND = timedelta(seconds=1)

whole_seconds = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)

randomly = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(board: Engine, **moments: datetime | None) -> None:
    clear(board)
    with board.begin() as connection:
        connection.execute(insert(cases), {"case_id": "1", **moments})


@randomly
@given(moment=whole_seconds, minutes=st.integers(0, 90 * 24 * 60))
def test_it_is_so_many_minutes_later_to_the_second(board: Engine, moment: datetime, minutes: int) -> None:
    expected = moment + timedelta(minutes=minutes)
    write(board, received_at=moment, closed_at=expected, settled_at=expected - SECOND, dispatched_at=moment)
    limit = later(cases.c.received_at, minutes)

    found = read(
        select(
            (cases.c.closed_at == limit).label("exactly"),
            (cases.c.closed_at <= limit).label("by_then"),
            (cases.c.settled_at < limit).label("a_second_before"),
            (cases.c.dispatched_at <= limit).label("the_moment_itself"),
        )
    )

    assert found.iloc[0].tolist() == [True, True, True, True]


@pytest.mark.parametrize(("beside", "expected"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
def test_its_edge_is_exact_over_midnight_and_over_the_new_year(
    board: Engine, beside: timedelta, expected: bool
) -> None:
    begin = datetime(2026, 12, 31, 23, 45)
    write(board, received_at=begin, closed_at=datetime(2027, 1, 1, 0, 15) + beside)

    found = read(select((cases.c.closed_at <= later(cases.c.received_at, 30)).label("kept")))

    assert found["kept"].tolist() == [expected]


def test_nothing_is_later_than_an_unknown_moment(board: Engine) -> None:
    write(board, received_at=datetime(2026, 11, 25))

    found = read(select(later(cases.c.closed_at, 30).label("limit")))

    assert found["limit"].isna().all()


def test_it_is_read_back_as_a_moment(board: Engine) -> None:
    write(board, received_at=datetime(2028, 2, 28, 12))

    found = read(select(later(cases.c.received_at, 24 * 60).label("limit")))

    assert found["limit"].tolist() == [datetime(2028, 2, 29, 12)]
