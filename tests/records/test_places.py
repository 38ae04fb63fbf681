"""Where the wall is: one screen, a timer for each, and a version to stay in step by."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import records
from records import places
from tests.records.conftest import AT, DAY

SECOND = timedelta(seconds=1)


def test_before_the_meeting_the_wall_is_nowhere(board: str) -> None:
    now = places.place(DAY)

    assert (now.version, now.item, now.elapsed, now.is_running) == (0, "", 0, False)


def test_who_asks_sees_where_the_wall_went(board: str) -> None:
    first = places.go(DAY, "C1", AT)
    second = places.go(DAY, "C2", AT + SECOND)

    assert places.place(DAY) == second
    assert (second.item, second.version) == ("C2", first.version + 1)
    assert places.place(DAY + timedelta(days=1)).version == 0


def test_going_where_the_wall_is_changes_nothing(board: str) -> None:
    first = places.go(DAY, "C1", AT)

    assert places.go(DAY, "C1", AT + SECOND) == first


def test_the_timer_counts_only_while_it_runs(board: str) -> None:
    places.go(DAY, "C1", AT)
    places.timer(DAY, True, AT)
    places.timer(DAY, False, AT + 10 * SECOND)
    stopped = places.place(DAY)
    running = places.timer(DAY, True, AT + 60 * SECOND)

    assert (stopped.seconds(AT + 50 * SECOND), stopped.is_running) == (10, False)
    assert (running.seconds(AT + 65 * SECOND), running.is_running) == (15, True)


def test_each_screen_has_its_own_time_and_keeps_it(board: str) -> None:
    places.go(DAY, "C1", AT)
    places.timer(DAY, True, AT)
    second = places.go(DAY, "C2", AT + 30 * SECOND)
    back = places.go(DAY, "C1", AT + 50 * SECOND)

    assert second.seconds(AT + 35 * SECOND) == 5
    assert back.seconds(AT + 51 * SECOND) == 31
    assert back.spent == {"C1": 30, "C2": 20}


def test_a_timer_set_to_nought_begins_again(board: str) -> None:
    places.go(DAY, "C1", AT)
    places.timer(DAY, True, AT)

    begun = places.reset(DAY, AT + 30 * SECOND)

    assert (begun.seconds(AT + 34 * SECOND), begun.is_running) == (4, True)


def test_a_clock_put_back_takes_no_time_away(board: str) -> None:
    places.go(DAY, "C1", AT)
    places.timer(DAY, True, AT)

    assert places.place(DAY).seconds(AT - SECOND) == 0


def test_a_board_started_again_knows_where_it_was(board: str) -> None:
    places.go(DAY, "C7", AT)
    before = places.timer(DAY, True, AT)
    records.dispose()
    records.connect(board)

    assert places.place(DAY) == before


def test_no_move_is_lost_when_two_hands_press_at_once(board: str) -> None:
    places.go(DAY, "C0", AT)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: places.go(DAY, f"C{number}", AT), [1, 2, 3, 4]))

    assert places.place(DAY).version == 5
