"""While a citizen is heard the limit stands still: on every list, in every verdict, on the case's page."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, select

from casedb import tables
from queries import cases, overdue, overdue_extensions
from queries.arguments import Scope
from queries.conditions import is_open
from queries.counted import behind
from queries.database import read
from queries.definitions import count_cases
from queries.hearings import going_on, moved
from queries.holding import CASE, HELD, due, holding, is_extended
from queries.overdue_open import stock
from rules.deadlines import HEARING_FROM, HEARING_TO
from tests.builders import DAY, HOUR, NOON, add, add_assignment, add_case, add_unit

SECOND = timedelta(seconds=1)
BEGUN, ENDED = NOON - 6 * HOUR, NOON - 4 * HOUR


def heard(connection: Connection, ended: datetime | None = ENDED, **lead: datetime) -> str:
    """A case whose limit was three hours ago, and whose citizen was heard for two hours before that."""
    case = add_case(connection, NOON - 9 * DAY, case_id="c-1")
    row = {
        "unit_id": add_unit(connection),
        "dispatched_at": NOON - 8 * DAY,
        "due_at": NOON - 3 * HOUR,
        **lead,
    }
    add_assignment(connection, case, assignment_id="a-1", **row)
    add(connection, tables.case_events, case_id=case, event=HEARING_FROM, at=BEGUN)
    if ended:
        add(connection, tables.case_events, case_id=case, event=HEARING_TO, at=ended)
    return case


def size(set_name: str, as_of: datetime = NOON) -> int:
    return int(read(count_cases(Scope(as_of), set_name))["cases"].iloc[0])


@pytest.mark.parametrize(
    ("as_of", "late"),
    [(NOON - HOUR, 0), (NOON - HOUR + SECOND, 1), (BEGUN - SECOND, 0)],
)
def test_a_case_is_overdue_only_after_its_limit_and_the_length_of_the_hearing(
    board: Engine, as_of: datetime, late: int
) -> None:
    with board.begin() as connection:
        case = heard(connection)

    due = cases.deadline(Scope(as_of, case=case))
    limit = due[due["kind"].isin(["answer", "heard"])]["due_at"].tolist()

    assert size("overdue", as_of) == int(overdue.both(Scope(as_of))["overdue"].iloc[0]) == late
    assert limit == [NOON - HOUR if as_of > BEGUN else NOON - 3 * HOUR]
    assert cases.list(Scope(as_of, set="open"))["due_at"].tolist() == limit


def test_while_the_hearing_goes_on_the_case_is_paused_and_never_late(board: Engine) -> None:
    with board.begin() as connection:
        heard(connection, ended=None)

    later = NOON + 90 * DAY

    assert (size("paused", later), size("overdue", later)) == (1, 0)
    assert overdue.both(Scope(later))["paused"].tolist() == [1]
    assert (size("paused", BEGUN - SECOND), going_on(BEGUN - SECOND)) == (0, [])


def test_who_is_paused_now_is_listed_whatever_the_period_of_the_extensions(board: Engine) -> None:
    with board.begin() as connection:
        heard(connection, ended=None, extension_asked_at=NOON - 5 * HOUR)
    scope = Scope(NOON, start=NOON - DAY)

    row = overdue_extensions.extensions(scope).to_dict("records")[0]

    for column in ("asked", "paused"):
        assert row[column] == len(cases.list(behind("overdue/extensions", column, row, scope))) == 1


@pytest.mark.parametrize(
    ("closed_at", "limit", "set_name"),
    [
        (NOON - 3 * HOUR, None, "closed_on_time"),  # within its own limit: nothing to move
        (NOON - 2 * HOUR, NOON - HOUR, "closed_on_time"),
        (NOON - HOUR, NOON - HOUR, "closed_on_time"),
        (NOON - HOUR + SECOND, NOON - HOUR, "closed_late"),
    ],
)
def test_an_answer_after_a_hearing_is_judged_by_the_moved_limit(
    board: Engine, closed_at: datetime, limit: datetime | None, set_name: str
) -> None:
    with board.begin() as connection:
        heard(connection, closed_at=closed_at)

    assert moved(NOON).get("a-1") == limit
    assert size(set_name) == 1


def test_a_hearing_moves_no_limit_that_was_over_or_not_yet_running(board: Engine) -> None:
    with board.begin() as connection:
        heard(connection, due_at=BEGUN - SECOND)
    assert moved(NOON) == {}

    with board.begin() as connection:
        case = add_case(connection, NOON - 9 * DAY)
        add_assignment(connection, case, assignment_id="a-2", dispatched_at=ENDED, due_at=NOON)
        for event, at in ((HEARING_FROM, BEGUN), (HEARING_TO, ENDED)):
            add(connection, tables.case_events, case_id=case, event=event, at=at)
    assert moved(NOON) == {}


def test_the_stock_reckons_the_limits_that_every_list_reads(board: Engine) -> None:
    asked = {"due_at": NOON - 9 * DAY, "extended_to": NOON + DAY, "extension_approved_at": NOON}
    leads = (
        {"due_at": NOON - DAY},
        {**asked, "extension_asked_at": NOON - 9 * DAY},
        {**asked, "extension_asked_at": NOON - 8 * DAY},
        {**asked, "extension_asked_at": NOON - 9 * DAY, "extension_approved_at": NOON + HOUR},
        {},
    )
    with board.begin() as connection:
        heard(connection)
        for lead in leads:
            case = add_case(connection, NOON - 30 * DAY)
            add_assignment(connection, case, dispatched_at=NOON - 20 * DAY, **lead)

    said = select(HELD.c.case_id, due(NOON).label("due_at"), is_extended(NOON).label("longer")).where(
        holding(NOON), is_open(NOON)
    )
    listed = read(said.select_from(CASE.join(HELD, CASE.c.case_id == HELD.c.case_id))).set_index("case_id")
    found = pd.DataFrame(stock(NOON, None)).set_index("case_id").loc[listed.index]

    assert len(found) == len(leads) + 1
    assert found["due_at"].isna().sum() == 1
    pd.testing.assert_series_equal(found["due_at"], listed["due_at"], check_dtype=False)
    assert found["is_extended"].tolist() == listed["longer"].eq(True).fillna(False).tolist()
    assert found["is_extended"].sum() == 1
