"""The look-back at its edges: promises at their second, returns after sign-off, rows that cannot be right."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from casedb import tables
from queries import database, door, known, meetings
from queries.arguments import BadArgument, Scope
from tests.builders import DAY, add, add_callback, add_case, add_unit
from tests.queries.test_meetings import add_meeting
from tests.queries.whistle_worlds import GONE, loose

CUTOFF = datetime(2026, 11, 26)
SCOPE = Scope(CUTOFF, datetime(2026, 11, 16), CUTOFF)
SECOND = timedelta(seconds=1)
HELD = datetime(2026, 11, 16, 9, 40)
SIGNED = {"closed_at": HELD + DAY, "signoff_applied_at": HELD + DAY, "signed_off_at": HELD + 2 * DAY}

Assign = Callable[..., str]


@pytest.fixture
def assign(desk: Engine) -> Assign:
    """Adds items of meeting 35 (16 November), or of 34 where it is told to be older.

    One that no meeting has assigned is closed, so that the end of items is known to be recorded.
    """
    with desk.begin() as connection:
        add_unit(connection, "市水务局", unit_id="water")
        add_meeting(connection, date(2026, 11, 6), number=34, meeting_id="m-34")
        add_meeting(connection, date(2026, 11, 16), number=35, meeting_id="m-35", chair_role="secretary")
        add(connection, tables.meeting_items, meeting_id="m-34", title="旧", closed_at=HELD)

    def added(older: bool = False, **values) -> str:
        held = HELD - 10 * DAY if older else HELD
        row = {"meeting_id": "m-34" if older else "m-35", "lead_unit_id": "water", "title": "夜间停水"}
        row |= {"assigned_at": held, "pledged_at": held, "first_due_at": CUTOFF, **values}
        with desk.begin() as connection:
            return add(connection, tables.meeting_items, **row)

    return added


def looked_at(scope: Scope = SCOPE) -> pd.DataFrame:
    return meetings.look_back(scope).set_index("item_id")


@pytest.mark.parametrize(
    ("promised", "late", "slip"), [(-1, True, 1), (0, True, 1), (1, False, 0)], ids=["before", "at", "after"]
)
def test_what_is_not_done_when_its_promised_moment_has_come_is_late(
    assign: Assign, promised: int, late: bool, slip: int
) -> None:
    item = assign(first_due_at=CUTOFF + promised * SECOND)

    row = looked_at().loc[item]

    assert (row["is_late"], row["slip_days"]) == (late, slip)


@pytest.mark.parametrize(
    ("done", "kept"), [(-1, 1), (0, 1), (1, 0)], ids=["a second before", "at", "a second after"]
)
def test_a_promise_is_kept_up_to_its_very_second(assign: Assign, done: int, kept: int) -> None:
    assign(first_due_at=HELD + DAY, closed_at=HELD + DAY + done * SECOND)

    whole = meetings.close_rates(SCOPE).iloc[0]

    assert (whole["promise_due"], whole["promise_kept"]) == (1, kept)


def test_a_promise_moved_by_the_chair_is_still_measured_by_its_first_date(assign: Assign) -> None:
    item = assign(first_due_at=CUTOFF - 2 * DAY, due_at=CUTOFF + DAY)

    row = looked_at().loc[item]

    assert (row["is_late"], row["slip_days"]) == (True, 3)
    assert (row["first_due_at"], row["due_at"]) == (CUTOFF - 2 * DAY, CUTOFF + DAY)


def test_slip_counts_to_the_application_else_to_the_closing(assign: Assign) -> None:
    applied = assign(closed_at=CUTOFF - 5 * DAY, signoff_applied_at=CUTOFF - 3 * DAY)
    closed = assign(closed_at=CUTOFF - 5 * DAY)

    slip = looked_at()["slip_days"]

    assert (slip[applied], slip[closed]) == (-3, -5)


def test_the_last_batch_comes_first_its_unsettled_items_by_slip_then_older_ones(assign: Assign) -> None:
    settled = assign(**SIGNED)
    late, later = assign(first_due_at=CUTOFF - DAY), assign(first_due_at=CUTOFF - 2 * DAY)
    no_promise = assign(first_due_at=None)
    older, _ = assign(older=True), assign(older=True, **SIGNED)

    rows = looked_at()

    assert rows.index.tolist() == [later, late, no_promise, settled, older]
    assert rows["is_last_batch"].tolist() == [True] * 4 + [False]
    assert meetings.open_items(SCOPE)["item_id"].tolist() == [older, late, later, no_promise]


def test_items_are_looked_back_at_as_they_were_known_at_the_moment(assign: Assign) -> None:
    item = assign(signed_off_at=CUTOFF + SECOND, closed_at=CUTOFF, signoff_applied_at=CUTOFF + SECOND)
    assign(assigned_at=CUTOFF + SECOND)

    rows = looked_at()

    assert rows.index.tolist() == [item]
    assert rows.loc[item, "closed_at"] == CUTOFF
    assert rows.loc[item, ["signed_off_at", "signoff_applied_at"]].isna().all()


def test_the_six_steps_follow_from_the_moments(assign: Assign) -> None:
    past, now = {"pledged_at": HELD}, {"pledged_at": CUTOFF}
    steps = {
        "assigned": {"pledged_at": None},
        "pledged": now,
        "handling": past,
        "applied": {**past, "signoff_applied_at": HELD + DAY},
        "verified": {**past, "signoff_applied_at": HELD + DAY, "verified_at": HELD + DAY},
        "signed_off": SIGNED,
    }
    items = {assign(**values): name for name, values in steps.items()}

    assert looked_at()["step"].to_dict() == items


def test_a_case_behind_an_item_brings_its_latest_rating(assign: Assign, desk: Engine) -> None:
    with desk.begin() as connection:
        case = add_case(connection, HELD - 5 * DAY)
        add_callback(connection, case, HELD, rating="dissatisfied")
        add_callback(connection, case, HELD + DAY, rating="mostly")
        add_callback(connection, case, HELD + 2 * DAY, rating="satisfied", source="unit")
        add_callback(connection, case, CUTOFF + SECOND, rating="satisfied")
    item = assign(case_id=case)

    row = looked_at().loc[item]

    assert (row["rating"], row["rated_at"]) == ("mostly", HELD + DAY)


# ── brought again after sign-off ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def signed(assign: Assign, desk: Engine) -> str:
    """An older item about a case, signed off before the last meeting."""
    with desk.begin() as connection:
        add_case(connection, HELD - 20 * DAY, case_id="before", cluster_id="pump")
    return assign(older=True, case_id="before", **{name: at - 8 * DAY for name, at in SIGNED.items()})


SIGNED_OFF = SIGNED["signed_off_at"] - 8 * DAY


@pytest.mark.parametrize("same", [{"first_case_id": "before"}, {"cluster_id": "pump"}])
def test_what_is_complained_of_again_after_sign_off_opens_by_itself(
    signed: str, desk: Engine, same: dict
) -> None:
    assert signed not in looked_at().index
    with desk.begin() as connection:
        add_case(connection, HELD + DAY, case_id="again", **same)

    row = looked_at().loc[signed]

    assert (row["is_reopened"], row["is_last_batch"], row["step"]) == (True, False, "signed_off")
    assert (row["reopened_by"], row["reopened_at"]) == ("again", HELD + DAY)
    assert meetings.items(Scope(CUTOFF, set="reopened"))["item_id"].tolist() == [signed]
    assert signed not in meetings.open_items(SCOPE)["item_id"].tolist()


@pytest.mark.parametrize(("after", "opens"), [(-1, False), (0, False), (1, True)])
def test_only_what_came_after_the_sign_off_opens_it(
    signed: str, desk: Engine, after: int, opens: bool
) -> None:
    with desk.begin() as connection:
        add_case(connection, SIGNED_OFF + after * SECOND, first_case_id="before")

    assert (signed in looked_at().index) == opens


def test_a_progress_call_opens_nothing_and_neither_does_what_is_not_yet_known(
    signed: str, desk: Engine
) -> None:
    with desk.begin() as connection:
        add_case(connection, HELD + DAY, first_case_id="before", is_valid=False)
        add_case(connection, CUTOFF + SECOND, first_case_id="before")
        add_case(connection, HELD + DAY, first_case_id="other", cluster_id="")

    assert signed not in looked_at().index


def test_a_return_is_looked_at_once_even_if_it_was_settled_at_once_and_then_until_it_is_closed(
    signed: str, desk: Engine
) -> None:
    came = HELD + DAY
    with desk.begin() as connection:
        add_case(connection, came, case_id="again", first_case_id="before", closed_at=came + DAY)
    later = meetings.pack(date(2026, 12, 7), datetime(2026, 12, 7)).scope

    assert signed in looked_at().index
    assert signed not in looked_at(later).index

    with desk.begin() as connection:
        add_case(connection, came + DAY, case_id="open still", first_case_id="before")

    assert looked_at(later).loc[signed, "reopened_by"] == "open still"


def test_an_item_of_the_last_batch_that_is_open_again_stands_before_the_settled_ones(
    assign: Assign, desk: Engine
) -> None:
    with desk.begin() as connection:
        add_case(connection, HELD - 5 * DAY, case_id="before")
        add_case(connection, SIGNED["signed_off_at"] + SECOND, case_id="secret", first_case_id="before",
                 confidentiality="report")  # fmt: skip
    settled, again = assign(**SIGNED), assign(**SIGNED, case_id="before")

    rows = looked_at()

    assert rows.index.tolist() == [again, settled]
    # then: a report is counted, and never named
    assert (rows.loc[again, "is_reopened"], rows.loc[again, "reopened_by"]) == (True, "")


# ── rows that cannot be right ────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_right_is_said_and_nothing_stumbles(one_file: Engine) -> None:
    with loose(one_file) as engine:
        database.connect(engine.url)
        with engine.begin() as connection:
            told = {
                "meeting_id": "m-35",
                "assigned_at": HELD,
                "first_due_at": CUTOFF,
                "lead_unit_id": "water",
            }
            add_unit(connection, "市水务局", unit_id="water")
            add_meeting(connection, date(2026, 11, 16), number=35, meeting_id="m-35")
            signed = {"signed_off_at": HELD + DAY}
            for faults, values in {
                "": {},
                "no_lead": {"lead_unit_id": None},
                "unknown_lead": {"lead_unit_id": GONE},
                "no_promise": {"first_due_at": None},
                "early_promise": {"first_due_at": HELD - DAY},
                "early_signoff": {**signed, "closed_at": HELD + DAY + SECOND},
                "no_lead,no_promise,early_signoff": {**signed, "lead_unit_id": "", "first_due_at": None},
            }.items():
                item = {**told, "item_id": faults or "sound", "assist_unit_ids": f"water,{GONE}", **values}
                add(connection, tables.meeting_items, **item)
            add(connection, tables.meeting_items, item_id="nowhere", **{**told, "meeting_id": GONE})

        rows = looked_at()

        assert {item: row["faults"] for item, row in rows.iterrows()} == {
            **{faults: faults for faults in rows.index if faults not in ("sound", "nowhere")},
            "sound": "",
            "nowhere": "",
        }
        assert rows.loc["unknown_lead", "lead_unit"] == GONE
        assert rows.loc["no_lead", "lead_unit"] == ""
        assert rows.loc["sound", "assist_units"] == f"市水务局、{GONE}"
        assert pd.isna(rows.loc["no_promise", "slip_days"])
        assert not rows.loc["no_promise", "is_late"]
        assert rows.loc["nowhere", ["number", "batch_date"]].isna().all()
        assert meetings.close_rates(SCOPE).iloc[0]["assigned"] == 8
        database.dispose()


def test_a_city_without_meetings_has_empty_lists_and_no_rates(desk: Engine) -> None:
    whole = meetings.close_rates(SCOPE)

    assert whole["by"].tolist() == ["all"]
    assert whole["assigned"].tolist() == [0]
    assert whole[["open", "close_rate", "kept_rate"]].isna().all(axis=None)
    assert looked_at().empty
    assert meetings.open_items(SCOPE).empty
    assert meetings.chaired(SCOPE).empty


@pytest.mark.parametrize(
    ("ends", "known"),
    [
        ((), set()),
        (("closed_at",), {"closed", "close_rate", "promise_due", "promise_kept", "kept_rate"}),
        (("signed_off_at",), {"signed_off", "open", "promise_due", "promise_kept", "kept_rate"}),
        (("signoff_applied_at",), {"promise_due", "promise_kept", "kept_rate"}),
    ],
    ids=["none", "closing", "sign-off", "application"],
)
def test_a_figure_about_an_end_that_is_never_recorded_is_not_nought(
    desk: Engine, ends: tuple[str, ...], known: set[str]
) -> None:
    with desk.begin() as connection:
        add_meeting(connection, date(2026, 11, 16), number=35, meeting_id="m-35")
        dates = {"assigned_at": HELD, "first_due_at": HELD + 2 * DAY, **dict.fromkeys(ends, HELD + DAY)}
        add(connection, tables.meeting_items, meeting_id="m-35", title="夜间停水", **dates)

    rates = meetings.close_rates(SCOPE)

    figures = rates.drop(columns=["by", "key", "name", "number", "actual"])
    assert len(rates) > 1 and (figures["assigned"] == 1).all()
    assert set(figures.columns[figures.notna().all()]) == {"assigned"} | known
    assert set(figures.columns[figures.isna().all()]) == set(figures.columns) - {"assigned"} - known


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_items_of_the_last_batch_are_those_of_the_packs_own_period(assign: Assign) -> None:
    mine, _ = assign(), assign(older=True)

    listed = meetings.items(Scope(SCOPE.as_of, SCOPE.start, SCOPE.end, set="all"))

    assert listed["item_id"].tolist() == [mine]


def test_a_set_nobody_knows_is_refused_and_those_of_items_are_named(assign: Assign) -> None:
    for name in ("overdue", "open.chair", "open.town.x", "open.chair."):
        with pytest.raises(BadArgument, match="signed_off"):
            known.check(Scope(CUTOFF, set=name), "meetings")
        with pytest.raises(BadArgument, match="signed_off"):
            meetings.items(Scope(CUTOFF, set=name))


def test_a_measure_under_meetings_is_a_way_of_summing(desk: Engine) -> None:
    asked = Scope(CUTOFF, measure="chair")

    assert known.check(asked, "meetings") is asked
    with pytest.raises(BadArgument, match="owner"):
        known.check(Scope(CUTOFF, measure="satisfaction"), "meetings")


def test_a_list_is_paged_and_goes_through_the_door(assign: Assign) -> None:
    items = [assign(position=place) for place in range(5)]
    asked = {"set": "all.chair.secretary", "offset": "1", "limit": "2"}

    table = door.answered("meetings", "items", asked, CUTOFF).table

    assert table["item_id"].tolist() == items[1:3]
    assert meetings.items_count(Scope(CUTOFF, set="all.chair.secretary"))["rows"].tolist() == [5]
    assert meetings.items_count(Scope(CUTOFF, set="all.chair.mayor"))["rows"].tolist() == [0]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({}, "open_case"),
        ({"closed_at": CUTOFF + SECOND}, "open_case"),
        ({"closed_at": CUTOFF}, ""),
        ({"stated_closed": True}, ""),
        ({"is_valid": False}, ""),
    ],
    ids=["open", "closed a second later", "closed at the moment", "said to be closed", "no valid case"],
)
def test_an_item_signed_off_while_its_case_is_open_says_so(
    assign: Assign, desk: Engine, case: dict, said: str
) -> None:
    with desk.begin() as connection:
        add_case(
            connection, HELD - DAY, **{"case_id": "c", "is_valid": True, "confidentiality": "open", **case}
        )
    item = assign(case_id="c", **SIGNED)

    assert looked_at().loc[item, "faults"] == said


def test_an_item_whose_case_went_into_one_that_is_open_is_signed_off_on_paper_too(
    assign: Assign, desk: Engine
) -> None:
    with desk.begin() as connection:
        for code, whole in (("whole", None), ("part", "whole")):
            add_case(connection, HELD - DAY, case_id=code, merged_into=whole, is_valid=True)
    item = assign(case_id="part", **SIGNED)

    assert "open_case" in looked_at().loc[item, "faults"]
