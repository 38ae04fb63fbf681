"""The queue's account of a period, against a slow twin and against real calls; and the hall's identities."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, insert

from casedb import importer, tables, vetting
from queries import queues
from queries.arguments import Scope
from tests.builders import DAY, add_visit, add_window

DAWN = datetime(2026, 11, 25)
NOON = DAWN + timedelta(hours=12)
SECOND = timedelta(seconds=1)
MAPS = Path(__file__).parents[2] / "casedb" / "maps"


@pytest.fixture
def visit(board):
    def add(arrived_at: datetime, **values) -> str:
        with board.begin() as connection:
            return add_visit(connection, arrived_at, **{"ticket_at": arrived_at, **values})

    return add


def account(as_of: datetime = NOON, **values):
    return queues.waits(Scope(as_of=as_of, **values)).set_index("day")


def today(as_of: datetime = NOON):
    return account(as_of).loc[as_of.date()]


def test_waits_are_of_those_whose_wait_is_over_whether_served_or_not(visit):
    # given waits of 10, 20 and 60 seconds, and one still waiting
    visit(NOON - 100 * SECOND, called_at=NOON - 90 * SECOND)
    visit(NOON - 100 * SECOND, left_at=NOON - 80 * SECOND)
    visit(NOON - 100 * SECOND, called_at=NOON - 40 * SECOND)
    visit(NOON - 100 * SECOND)
    visit(NOON - 100 * SECOND, ticket_at=None)
    # when
    row = today()
    # then
    assert (row["tickets"], row["queued"], row["served"], row["left"]) == (5, 4, 2, 1)
    assert (row["median_seconds"], row["max_seconds"], row["mean_seconds"]) == (20, 60, 30)
    assert row["p90_seconds"] == pytest.approx(52)


def test_what_happens_after_the_moment_is_not_known_yet(visit):
    # given
    visit(NOON - 10 * SECOND, called_at=NOON)
    # when, then
    assert today(NOON - SECOND)["served"] == 0
    assert today(NOON)["served"] == 1


def test_who_goes_at_a_second_is_gone_before_who_comes_at_it(visit):
    # given
    visit(NOON - 10 * SECOND, called_at=NOON - 5 * SECOND)
    visit(NOON - 5 * SECOND, called_at=NOON)
    # when, then
    assert today()["longest_queue"] == 1


def test_a_wait_over_midnight_belongs_to_the_day_its_number_was_taken(visit):
    # given two who wait across midnight, and one who comes after it
    visit(DAWN - 2 * SECOND, called_at=DAWN + 10 * SECOND)
    visit(DAWN - SECOND, left_at=DAWN + 10 * SECOND)
    visit(DAWN + SECOND, called_at=DAWN + 2 * SECOND)
    # when
    rows = account(start=DAWN - DAY, end=DAWN + DAY)
    # then
    assert rows["queued"].to_list() == [2, 1]
    assert rows["longest_queue"].to_list() == [2, 1]
    assert rows["max_seconds"].to_list() == [12, 1]


def test_a_day_without_visitors_is_no_row(visit):
    # given
    visit(DAWN - 2 * DAY)
    visit(DAWN)
    # when, then
    assert len(account(start=DAWN - 3 * DAY, end=DAWN + DAY)) == 2


def test_a_day_on_which_nobody_queued_has_no_waits(visit):
    # given
    visit(DAWN, ticket_at=None)
    # when
    row = today()
    # then
    assert (row["tickets"], row["queued"], row["longest_queue"]) == (1, 0, 0)
    assert row[["median_seconds", "p90_seconds", "max_seconds", "mean_seconds"]].isna().all()


def test_the_total_of_an_empty_period_is_a_row_of_zeros(board):
    row = queues.waits_total(Scope(as_of=NOON)).iloc[0]
    assert (row["tickets"], row["queued"], row["longest_queue"]) == (0, 0, 0)
    assert (row["start"], row["end"]) == (DAWN, DAWN + DAY)


# ── any visits at all ────────────────────────────────────────────────────────────────────────────────────

MINUTES = some.one_of(some.none(), some.integers(0, 300))
VISITS = some.lists(
    some.fixed_dictionaries(
        {
            "arrived_at": some.integers(0, 300),
            "ticket_at": MINUTES,
            "called_at": MINUTES,
            "left_at": MINUTES,
            "started_at": MINUTES,
            "ended_at": MINUTES,
            "people": some.integers(1, 9),
            "window_id": some.sampled_from(["w1", "w2", None]),
        }
    ),
    max_size=15,
)
TIMES = ("arrived_at", "ticket_at", "called_at", "left_at", "started_at", "ended_at")


def fill(board, visits) -> None:
    with board.begin() as connection:
        for table in (tables.visits, tables.windows):
            connection.execute(delete(table))
        for number in (1, 2):
            add_window(connection, number, window_id=f"w{number}")
        rows = [
            {**visit, **{name: moment(visit[name]) for name in TIMES}, "visit_id": f"v{number}"}
            for number, visit in enumerate(visits)
        ]
        if rows:
            connection.execute(insert(tables.visits), rows)


def moment(minute: int | None) -> datetime | None:
    return None if minute is None else DAWN + timedelta(minutes=minute)


any_visits = given(visits=VISITS, minute=some.integers(0, 320))
some_examples = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@some_examples
@any_visits
def test_the_halls_identities_hold_whatever_the_times_say(board, visits, minute):
    # given rows in any order of times, some of them impossible
    assume(visits)
    fill(board, visits)
    scope = Scope(as_of=DAWN + timedelta(minutes=minute))
    # when
    total, stages = queues.hall(scope).iloc[0], queues.visit_funnel(scope).set_index("stage")
    windows = queues.windows(scope)
    # then
    ticketed, called, ended = (stages.loc[stage, "tickets"] for stage in ("ticketed", "called", "ended"))
    assert ticketed - called == total["waiting_tickets"] + total["left"]
    assert called - ended == stages.loc["ended", "in_progress"]
    assert called == total["called"]
    before = stages["tickets"].shift(fill_value=total["tickets_today"])
    assert (before - stages["in_progress"] - stages["left"]).to_list() == stages["tickets"].to_list()
    for figure in ("waiting_people", "waiting_tickets", "talking"):
        assert windows[figure].sum() == total[figure]


@some_examples
@any_visits
def test_any_queue_is_counted_as_the_slow_twin_counts_it(board, visits, minute):
    # given
    fill(board, visits)
    as_of = DAWN + timedelta(minutes=minute)
    # when
    row = queues.waits_total(Scope(as_of=as_of)).iloc[0]
    # then
    waits, longest = slowly(visits, minute)
    assert row["queued"] == len(waits)
    over = [wait for wait in waits if wait is not None]
    assert (0 if not over else row["max_seconds"]) == (60 * max(over) if over else 0)
    assert row["longest_queue"] == longest


def slowly(visits, now: int) -> tuple[list[int | None], int]:
    """Each ticket's minutes of waiting (None: not over), and the most tickets waiting at any minute."""

    def seen(value: int | None) -> int | None:
        return value if value is not None and value <= now else None

    spans = []
    for visit in visits:
        if visit["arrived_at"] > now or seen(visit["ticket_at"]) is None:
            continue
        ends = [seen(visit[name]) for name in ("called_at", "left_at", "started_at", "ended_at")]
        gone = next((end for end in ends if end is not None), None)
        spans.append((visit["ticket_at"], gone))
    # An end before its beginning empties no queue: it only counts where it lies.
    steps = sorted([(end, -1) for _, end in spans if end is not None] + [(start, 1) for start, _ in spans])
    size = longest = 0
    for _, step in steps:
        size += step
        longest = max(longest, size)
    return [None if end is None else end - start for start, end in spans], longest


# ── real calls ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.truth
@pytest.mark.parametrize("board", ["sqlite"], indirect=True)
def test_a_month_of_real_calls_comes_out_exactly(board, truth):
    # given the call centre of February 1999, as imported
    made = vetting.load(MAPS / "callcentre.toml")
    importer.import_file(truth / "callcentre_1999_02.csv.gz", made, str(board.url))
    right = json.loads((truth / "ground_truth.json").read_text(encoding="utf-8"))["callcentre_1999_02"]
    month = Scope(as_of=datetime(1999, 3, 2), start=datetime(1999, 2, 1), end=datetime(1999, 3, 1))
    # when
    days, total = queues.waits(month), queues.waits_total(month).iloc[0]
    # then
    assert (total["queued"], total["left"]) == (right["queued"], right["abandoned_in_queue"])
    assert (days["queued"].sum(), days["left"].sum()) == (18_028, 3_932)
    for figure in ("median", "p90", "max", "mean"):
        assert total[f"{figure}_seconds"] == pytest.approx(right["wait_s_queued"][figure], abs=1e-6)
    dates = [day.strftime("%Y%m%d") for day in days["day"]]
    assert dict(zip(dates, days["longest_queue"], strict=True)) == right["max_waiting_at_once_by_date"]
    assert dict(zip(dates, days["tickets"], strict=True)) == right["calls_by_date"]
