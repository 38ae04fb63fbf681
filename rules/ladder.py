"""The supervision ladder (督办, D0 to D5) of ladder.toml, and where open cases stand on it (2.5).

Cases are reckoned side by side: a column has one moment a case (datetime64[us]), NaT where it never comes.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rules.deadlines import Moments, after_workdays, by_day
from rules.rulebook import load
from rules.rulechecks import printed
from rules.workdays import WorkCalendar

HERE = Path(__file__).with_name("ladder.toml")

NEVER = np.datetime64("NaT", "us")
_INSTANT = np.timedelta64(1, "us")
_HOUR = np.timedelta64(3600, "s")

AFTER = frozenset(
    {"unsigned", "milestone", "overdue", "whistle_late", "over_limit", "over_workdays", "group"}
)
"""Conditions that say a limit has passed: at its very moment they do not hold yet."""

RECORDED = frozenset(
    {
        *("unsigned", "milestone", "first_rework", "whistle_late", "reworks", "transfers", "returns"),
        *("repeats", "cluster", "listed", "proposed"),
    }
)
"""Conditions whose moments follow from what is recorded of the case, not from its limit."""

SUPERVISED, RAISED, CHAIRED, PROPOSED = 2, 3, 4, 5
"""Rungs: from the first on somebody must act; the second leads before a meeting; there the chair acts; the
last is for people."""


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: what it is called, what happens on it, who must act, what takes a case off it."""

    level: int
    colour: str
    name_zh: str
    name_en: str
    action_zh: str
    action_en: str
    who_zh: str
    who_en: str
    cure_zh: str
    cure_en: str


@dataclass(frozen=True)
class Condition:
    """What puts a case on a rung; ``threshold`` is the rulebook's key of its number, empty: it has none."""

    id: str
    level: int
    words_zh: str
    words_en: str
    basis: str
    source: str
    threshold: str = ""


@dataclass(frozen=True)
class Standing:
    """Where each case stands: one place a case in every column.

    ``level`` and ``next_level`` of -1: no rung; ``rule`` and ``next_rule`` are then empty. ``next_at`` is the
    earliest moment at which time alone puts the case on a higher rung (``next_level``).
    """

    level: np.ndarray
    rule: np.ndarray
    since: Moments
    next_level: np.ndarray
    next_rule: np.ndarray
    next_at: Moments


@cache
def rungs() -> tuple[Rung, ...]:
    """The rungs from D0 to D5."""
    return tuple(Rung(**row) for row in _read()["rungs"])


def conditions() -> tuple[Condition, ...]:
    """Every condition, lowest rung first, its words with the value of the rulebook in force."""
    return tuple(_said(Condition(**row)) for row in _read()["conditions"])


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(HERE.read_text(encoding="utf-8"))


def _said(condition: Condition) -> Condition:
    value = printed(load().rule(condition.threshold).value) if condition.threshold else ""
    words = (condition.words_zh.format(value=value), condition.words_en.format(value=value))
    return replace(condition, words_zh=words[0], words_en=words[1])


def begins(
    recorded: Mapping[str, Moments],
    due: Moments,
    start: Moments,
    is_group: np.ndarray,
    calendar: WorkCalendar,
) -> dict[str, Moments]:
    """When each condition begins to hold by what is known now, but for `uncured`, which follows from others.

    ``recorded`` has the moments of `RECORDED`; ``due`` is the limit in force, ``start`` what it counts from.
    """
    ladder, length = load().ladder, due - start
    # A limit that ends before it begins is a slip of the source: it has no length to be overdue by.
    length = np.where(length > np.timedelta64(0, "us"), length, np.timedelta64("NaT", "us"))
    return {
        **{name: recorded[name] for name in RECORDED},
        "soon_48": np.maximum(due - ladder.warn * _HOUR, start),
        "soon_share": due - _times(length, ladder.warn_share),
        "soon_24": np.maximum(due - ladder.urge * _HOUR, start),
        "overdue": due,
        "over_limit": due + _times(length, ladder.raise_limits),
        # A limit that ends with a day is due at 00:00 of the next: the days count from its own last day.
        "over_workdays": by_day(
            due - _INSTANT, lambda day: after_workdays(day, ladder.raise_workdays, calendar)
        ),
        "group": np.where(is_group, due, NEVER),
    }


def _times(length: np.ndarray, factor: float) -> np.ndarray:
    return (length * factor).astype("timedelta64[us]")


def stand(begun: Mapping[str, Moments], opened: Moments, cutoffs: Moments, as_of: datetime) -> Standing:
    """Where each case stands at the moment.

    ``begun``: of `begins`; ``opened``: since when the case is open as it is now, before which no condition
    holds; ``cutoffs``: when the figures of the meetings close, known ones before and after the moment.
    """
    now, known = np.datetime64(as_of, "us"), conditions()
    names = np.array([one.id for one in known], dtype=object)
    levels = np.array([one.level for one in known])[:, None]
    found = {name: _since(name, begun[name], opened, now) for name in begun}
    raised = _first(np.stack([found[one.id] for one in known if one.level == RAISED]))[1]
    uncured = _cutoff_after(raised, cutoffs)
    found["uncured"] = _since("uncured", uncured, opened, now)
    since = np.stack([found[name] for name in names])
    starts = np.stack([uncured if name == "uncured" else begun[name] for name in names])
    holds = ~np.isnat(since)
    level = np.where(holds, levels, -1).max(axis=0)
    rule, begin = _first(np.where(levels == level, since, NEVER))
    ahead = np.where(~holds & (levels > level) & (starts >= now), starts, NEVER)
    # Of two rungs reached at the same moment it is the higher one that the case then stands on.
    following, next_at = _first(ahead[::-1])
    rises, following = ~np.isnat(next_at), len(names) - 1 - following
    next_level, next_rule = np.where(rises, levels[following, 0], -1), np.where(rises, names[following], "")
    return Standing(level, np.where(level >= 0, names[rule], ""), begin, next_level, next_rule, next_at)


def _since(name: str, begun: Moments, opened: Moments, now: np.datetime64) -> Moments:
    """Since when a condition that begins then holds; NaT where it does not.

    A limit that is near is so still when it has passed: the case then stands higher.
    """
    holds = begun < now if name in AFTER else begun <= now
    return np.where(holds, np.maximum(begun, opened), NEVER)


def _first(moments: np.ndarray) -> tuple[np.ndarray, Moments]:
    """The earliest moment of each case, and the row it is in; of equal ones the row that comes first."""
    ranks = np.where(np.isnat(moments), np.iinfo("int64").max, moments.astype("int64"))
    places = ranks.argmin(axis=0)
    return places, np.take_along_axis(moments, places[None, :], axis=0)[0]


def _cutoff_after(raised: Moments, cutoffs: Moments) -> Moments:
    """The first cutoff that finds the case raised already."""
    ordered = np.append(np.sort(cutoffs), NEVER)
    place = np.searchsorted(ordered[:-1], raised, side="right")
    return np.where(np.isnat(raised), NEVER, ordered[place])


def since_repeated(arrivals: Sequence[datetime], as_of: datetime) -> datetime | None:
    """Since when without a break so many repeats lie within the days in which they count; None: not now.

    ``arrivals``: when the citizen came with the same matter at other times, in order, up to the moment.
    """
    most, within = load().ladder.raise_repeats, timedelta(days=load().repeat.hotline)
    last = len(arrivals) - 1
    if last + 1 < most or arrivals[last + 1 - most] <= as_of - within:
        return None
    while last >= most and arrivals[last - most] + within >= arrivals[last]:
        last -= 1
    return arrivals[last]
