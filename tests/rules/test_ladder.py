"""The ladder: its texts, every condition at its edge, the highest rung, and what time alone will do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import rulebook
from rules.ladder import (
    AFTER,
    NEVER,
    RECORDED,
    Standing,
    begins,
    conditions,
    rungs,
    since_repeated,
    stand,
)
from rules.rulebook import load
from rules.rulechecks import BASES
from rules.workdays import WorkCalendar

CALENDAR = WorkCalendar()
NOON = datetime(2026, 11, 25, 12)  # a Wednesday
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)

Moment = datetime | None


def column(moment: Moment) -> np.ndarray:
    return np.array([NEVER if moment is None else moment], "datetime64[us]")


def stood(
    as_of: datetime = NOON,
    due: Moment = None,
    start: datetime = NOON - 90 * DAY,
    opened: datetime = NOON - 90 * DAY,
    is_group: bool = False,
    cutoffs: Iterable[datetime] = (),
    **recorded: Moment,
) -> dict[str, Any]:
    """Where one case stands: nothing is so unless the test says it."""
    moments = {name: column(recorded.get(name)) for name in RECORDED}
    begun = begins(moments, column(due), column(start), np.array([is_group]), CALENDAR)
    found = stand(begun, column(opened), np.array(list(cutoffs), "datetime64[us]"), as_of)
    return {name: _plain(getattr(found, name)[0]) for name in Standing.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return value.item()
    return None if value in (-1, "") else value


# ── the texts ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_ladder_has_six_rungs_in_both_languages() -> None:
    assert [rung.level for rung in rungs()] == [0, 1, 2, 3, 4, 5]
    assert [rung.name_zh for rung in rungs()][:4] == ["预警", "催办", "书面督办", "提级督办"]
    assert all(text for rung in rungs() for text in vars(rung).values() if text != rung.level)


def test_every_condition_says_what_it_rests_on_and_its_number_is_in_the_rulebook() -> None:
    known = conditions()

    assert len({one.id for one in known}) == len(known)
    assert [one.level for one in known] == sorted(one.level for one in known)
    assert {one.level for one in known} == {rung.level for rung in rungs()}
    assert all(one.words_zh and one.words_en and one.source and one.basis in BASES for one in known)
    assert all(load().rule(one.threshold) for one in known if one.threshold)
    assert {one.id for one in known} >= AFTER | RECORDED


def test_words_carry_the_value_of_the_rulebook_in_force(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "_in_force", {})
    assert _words("reworks") == ("重办3次", "sent back 3 times")
    own = tmp_path / "own.toml"
    own.write_text('version = "own"\n[ladder.raise_reworks]\nvalue = 4\n', encoding="utf-8")

    rulebook.use(own)

    assert _words("reworks") == ("重办4次", "sent back 4 times")


def _words(name: str) -> tuple[str, str]:
    found = next(one for one in conditions() if one.id == name)
    return found.words_zh, found.words_en


# ── each condition at its edge ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "level", "rule"),
    [
        # a limit of 96 hours: a quarter of it is 24 hours, so the first sign is the 48 hours
        ({"due": NOON + 48 * HOUR, "start": NOON - 48 * HOUR}, 0, "soon_48"),
        ({"due": NOON + 48 * HOUR + SECOND, "start": NOON - 48 * HOUR}, None, None),
        # a limit of 40 days: a quarter is 10 days
        ({"due": NOON + 10 * DAY, "start": NOON - 30 * DAY}, 0, "soon_share"),
        ({"due": NOON + 10 * DAY + SECOND, "start": NOON - 30 * DAY - SECOND}, None, None),
        ({"due": NOON + 24 * HOUR}, 1, "soon_24"),
        ({"due": NOON + 24 * HOUR + SECOND}, 0, "soon_share"),
        ({"due": NOON}, 1, "soon_24"),  # exactly at its limit it is on time
        ({"due": NOON - SECOND}, 2, "overdue"),
        ({"unsigned": NOON}, None, None),
        ({"unsigned": NOON - SECOND}, 1, "unsigned"),
        ({"milestone": NOON}, None, None),
        ({"milestone": NOON - SECOND}, 1, "milestone"),
        ({"first_rework": NOON}, 2, "first_rework"),
        ({"first_rework": NOON + SECOND}, None, None),
        ({"whistle_late": NOON}, None, None),
        ({"whistle_late": NOON - SECOND}, 2, "whistle_late"),
        ({"due": NOON - 2 * HOUR, "start": NOON - 4 * HOUR}, 2, "overdue"),
        ({"due": NOON - 2 * HOUR - SECOND, "start": NOON - 4 * HOUR - SECOND}, 3, "over_limit"),
        # the end of Wednesday the 18th: five working days end on Wednesday the 25th at 24:00
        ({"due": datetime(2026, 11, 19), "as_of": datetime(2026, 11, 26)}, 2, "overdue"),
        ({"due": datetime(2026, 11, 19), "as_of": datetime(2026, 11, 26) + SECOND}, 3, "over_workdays"),
        ({"reworks": NOON}, 3, "reworks"),
        ({"reworks": NOON + SECOND}, None, None),
        ({"transfers": NOON}, 3, "transfers"),
        ({"returns": NOON}, 3, "returns"),
        ({"repeats": NOON}, 3, "repeats"),
        ({"cluster": NOON}, 3, "cluster"),
        ({"listed": NOON}, 4, "listed"),
        ({"listed": NOON + SECOND}, None, None),
        ({"due": NOON, "is_group": True}, 1, "soon_24"),
        ({"due": NOON - SECOND, "is_group": True}, 4, "group"),
        ({"proposed": NOON}, 5, "proposed"),
        ({"proposed": NOON + SECOND}, None, None),
    ],
)
def test_each_condition_holds_from_its_edge(facts: dict[str, Any], level: Moment, rule: str | None) -> None:
    found = stood(**facts)

    assert (found["level"], found["rule"]) == (level, rule)


@pytest.mark.parametrize(
    ("raised", "cutoff", "level"),
    [
        (NOON - DAY, NOON - DAY + SECOND, 4),
        (NOON - DAY, NOON - DAY, 3),  # raised at the very cutoff: the meeting did not find it
        (NOON - DAY, NOON - DAY - SECOND, 3),
        (NOON - DAY, NOON, 4),
        (NOON - DAY, NOON + SECOND, 3),
    ],
)
def test_a_raised_case_that_a_cutoff_found_uncured_goes_before_the_meeting(
    raised: datetime, cutoff: datetime, level: int
) -> None:
    found = stood(returns=raised, cutoffs=[cutoff])

    assert found["level"] == level


def test_uncured_is_since_the_first_cutoff_after_it_was_raised() -> None:
    cutoffs = [NOON - 30 * DAY, NOON - 10 * DAY, NOON - 20 * DAY]

    found = stood(returns=NOON - 25 * DAY, cutoffs=cutoffs)

    assert (found["rule"], found["since"]) == ("uncured", NOON - 20 * DAY)


def test_a_case_opened_again_is_raised_anew() -> None:
    found = stood(returns=NOON - 25 * DAY, opened=NOON - DAY, cutoffs=[NOON - 20 * DAY, NOON + DAY])

    assert (found["level"], found["since"]) == (3, NOON - DAY)
    assert (found["next_level"], found["next_at"], found["next_rule"]) == (4, NOON + DAY, "uncured")


def test_the_highest_rung_counts_and_on_it_what_held_first() -> None:
    found = stood(due=NOON - HOUR, first_rework=NOON - 3 * DAY, unsigned=NOON - 9 * DAY)
    assert (found["level"], found["rule"], found["since"]) == (2, "first_rework", NOON - 3 * DAY)

    found = stood(returns=NOON - DAY, reworks=NOON - DAY)
    assert found["rule"] == "reworks"  # of two that hold since the same moment the ladder's first


def test_a_limit_is_not_near_before_it_runs() -> None:
    found = stood(due=NOON + HOUR, start=NOON - HOUR)

    assert (found["rule"], found["since"]) == ("soon_24", NOON - HOUR)


@pytest.mark.parametrize(
    ("facts", "level", "at", "rule"),
    [
        ({"due": NOON + 9 * DAY, "start": NOON - DAY}, 0, NOON + 6 * DAY + 12 * HOUR, "soon_share"),
        ({"due": NOON + 30 * HOUR}, 1, NOON + 6 * HOUR, "soon_24"),
        ({"due": NOON}, 2, NOON, "overdue"),
        ({"due": NOON, "is_group": True}, 4, NOON, "group"),  # the higher of two at the same moment
        ({"due": NOON - HOUR, "start": NOON - 3 * HOUR}, 3, NOON + HOUR, "over_limit"),
        ({"due": NOON + 90 * DAY, "start": NOON, "unsigned": NOON + HOUR}, 1, NOON + HOUR, "unsigned"),
        ({"due": NOON + 90 * DAY, "start": NOON, "milestone": NOON}, 1, NOON, "milestone"),
        ({"whistle_late": NOON}, 2, NOON, "whistle_late"),
        ({"listed": NOON - DAY}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_what_time_alone_will_do_next(
    facts: dict[str, Any], level: Any, at: Moment, rule: str | None
) -> None:
    found = stood(**facts)

    assert (found["next_level"], found["next_at"], found["next_rule"]) == (level, at, rule)


def test_a_limit_that_ends_before_it_begins_has_no_length_to_be_overdue_by() -> None:
    found = stood(due=NOON - HOUR, start=NOON)

    assert (found["level"], found["next_rule"]) == (2, "over_workdays")


def test_a_year_without_known_working_days_is_not_guessed() -> None:
    due = datetime(2026, 12, 31)

    found = stood(as_of=due + 60 * DAY, due=due, start=due - 365 * DAY)

    assert (found["level"], found["next_rule"]) == (2, "over_limit")


def test_the_system_never_puts_a_case_on_the_last_rung_by_itself() -> None:
    everything = dict.fromkeys(RECORDED - {"proposed"}, NOON - 90 * DAY)

    found = stood(due=NOON - 80 * DAY, is_group=True, cutoffs=[NOON - 40 * DAY], **everything)

    assert (found["level"], found["next_level"]) == (4, None)


# ── repeats ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("days_ago", "since"),
    [
        ([40, 20, 10], None),
        ([29, 20, 10], 10),
        ([30, 20, 10], None),  # thirty days ago is out of the window
        ([59, 45, 31, 29, 20, 10], 31),  # the first goes as the fourth comes: no break
        ([60, 45, 31, 29, 20, 10], 29),
        ([90, 85, 80, 29, 20, 10], 10),
        ([2, 1], None),
    ],
)
def test_repeats_count_since_there_were_enough_without_a_break(
    days_ago: list[int], since: int | None
) -> None:
    found = since_repeated([NOON - days * DAY for days in days_ago], NOON)

    assert found == (None if since is None else NOON - since * DAY)


@given(st.lists(st.integers(0, 100), max_size=9))
def test_since_when_is_what_looking_at_every_day_says(days: list[int]) -> None:
    arrivals = sorted(NOON - day * DAY for day in days)

    found = since_repeated(arrivals, NOON)

    assert found == _slowly(arrivals)


def _slowly(arrivals: list[datetime]) -> Moment:
    """The first of the days without a break up to now on which enough lay within the thirty days."""
    since = None
    for day in range(101):
        moment = NOON - day * DAY
        if sum(moment - 30 * DAY < at <= moment for at in arrivals) < load().ladder.raise_repeats:
            break
        since = moment
    return since
