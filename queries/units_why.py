"""Why a unit's rate and rank moved since the last period: parts that add up to the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from queries.arguments import Scope, unit_of
from queries.cache import cached
from queries.counted_units import REST
from queries.door import question
from queries.league_members import everyone, measure
from queries.league_rows import Look, group_prior, rows
from queries.measures import MEASURES, measured
from queries.standing import evidence, placed
from queries.units_parts import by_kind, kind_names
from rules import explaining, ranking
from rules.words import CountingRule

RAW = CountingRule.ADJUDICATED.value

SHOWN = 6
"""Kinds shown as parts; the rest is one part."""

COLUMNS = ["part", "kind", "category_id", "points", "before_k", "before_n", "k", "n"]

Part = dict[str, object]

Pair = tuple[float, float]

NOTHING: Pair = (0.0, 0.0)

SHIFT = {
    **dict.fromkeys(("before_rank", "rank", "own", "others", "units"), "Int64"),
    "move": "str",
    "rate": "float64",
    "n": "Int64",
    "rolling": "boolean",
    "before_rate": "float64",
    "before_n": "Int64",
    "before_rolling": "boolean",
}
"""The columns of `rank_shift`."""


@question
@cached
def why(scope: Scope) -> pd.DataFrame:
    """The change of the unit's rate since the period before, in parts that add up exactly.

    Columns: part (before, mix: other kinds of matter came; kind: a kind went differently; excluded: approved
    exclusions; rules: rules of counting that are switched; now), kind, category_id, points (fractions; of
    before and now the rate itself), before_k, before_n, k, n (sums behind the part). Kinds that moved it most
    first, at most 6, the last the rest. No rows where either period has no base.
    """
    unit_of(scope)
    look = Look.of(replace(scope, unit=None))
    if look.before is None:
        return pd.DataFrame(columns=COLUMNS)
    raw = _explained(replace(look.before, without=RAW), replace(look.now, without=RAW), scope)
    ends = [_rates(period, scope) for period in (look.before, look.now)]
    if raw is None or any(end is None for end in ends):
        return pd.DataFrame(columns=COLUMNS)
    return _told(raw, ends[0], ends[1])  # type: ignore[arg-type]


def _rates(period: Scope, scope: Scope) -> dict[str, Pair] | None:
    """The unit's sums without exclusions, by the standard rules, and as chosen; None: no base in one."""
    ways = {"raw": RAW, "standard": None, "chosen": scope.without}
    sums = {way: _sums(replace(period, without=off), scope) for way, off in ways.items()}
    return sums if all(base for _, base in sums.values()) else None


def _sums(period: Scope, scope: Scope) -> tuple[float, float]:
    found = measured(period, measure(scope))
    mine = found[found["unit_id"] == scope.unit]
    return float(mine["k"].sum()), float(mine["base"].sum())


def _explained(before: Scope, now: Scope, scope: Scope) -> list[Part] | None:
    """Mix and kinds, on the ratings before any exclusion."""
    then, today = by_kind(before, measure(scope)), by_kind(now, measure(scope))
    group = _group_rates(today, scope)
    mine = [_counts(found[found["unit_id"] == scope.unit]) for found in (then, today)]
    parts = explaining.explain(mine[0], mine[1], group)
    if parts is None:
        return None
    mix, within = parts
    return [_part("mix", mix), *_kinds(within, mine[0], mine[1])]


def _counts(found: pd.DataFrame) -> dict[str, Pair]:
    sums = found.groupby("kind")[["k", "base"]].sum()
    return {str(kind): (float(k), float(base)) for kind, k, base in sums.itertuples()}


def _group_rates(found: pd.DataFrame, scope: Scope) -> dict[str, float]:
    """The rate of each kind in the unit's whole group."""
    groups = everyone().set_index("unit_id")["unit_group"]
    mates = found[found["unit_id"].map(groups) == groups.get(scope.unit or "")]
    return {kind: k / base for kind, (k, base) in _counts(mates).items() if base}


def _kinds(within: Mapping[str, float], then: explaining.Counts, today: explaining.Counts) -> list[Part]:
    order = sorted(within, key=lambda kind: (-abs(within[kind]), kind))
    shown = order if len(order) <= SHOWN else order[: SHOWN - 1]
    sums = {kind: (then.get(kind, NOTHING), today.get(kind, NOTHING)) for kind in order}
    parts = [_part("kind", within[kind], kind, *sums[kind]) for kind in shown]
    rest = [kind for kind in order if kind not in shown]
    if rest:
        whole = (_added(sums[kind][side] for kind in rest) for side in (0, 1))
        parts.append(_part("kind", sum(within[kind] for kind in rest), REST, *whole))
    return parts


def _added(pairs: Iterable[Pair]) -> Pair:
    known = list(pairs)
    return sum(k for k, _ in known), sum(n for _, n in known)


def _part(name: str, points: float, kind: str = "", then: Pair = NOTHING, today: Pair = NOTHING) -> Part:
    sums = {"before_k": then[0], "before_n": then[1], "k": today[0], "n": today[1]}
    return {"part": name, "category_id": kind, "points": points, **sums}


def _told(parts: list[Part], then: dict[str, Pair], today: dict[str, Pair]) -> pd.DataFrame:
    rates = [{way: k / base for way, (k, base) in end.items()} for end in (then, today)]
    moved = {way: rates[1][way] - rates[0][way] for way in rates[0]}
    excluded, rules = moved["standard"] - moved["raw"], moved["chosen"] - moved["standard"]
    more = [_part("excluded", excluded), _part("rules", rules)] if rules else [_part("excluded", excluded)]
    ends = [
        _part("before", rates[0]["chosen"], "", then["chosen"]),
        _part("now", rates[1]["chosen"], "", NOTHING, today["chosen"]),
    ]
    table = pd.DataFrame([ends[0], *parts, *more, ends[1]])
    return table.assign(kind=kind_names(table["category_id"]))[COLUMNS]


@question
@cached
def rank_shift(scope: Scope) -> pd.DataFrame:
    """How the unit's rank moved: one row: before_rank, rank, own, others (places lost; negative: won), units,
    move, rate, n, rolling, before_rate, before_n, before_rolling.

    own: had only this unit moved; others: what the rest did. The rates (fractions) and n are those that the
    two ranks rest on: of the period, or of 30 days where it is ``rolling``. move: whether the two rates
    differ by more than chance (up | down | level; empty: one is rolling). Empty where it was not ranked in
    both periods.
    """
    unit_of(scope)
    look, group = (
        Look.of(replace(scope, unit=None)),
        everyone().set_index("unit_id")["unit_group"].get(scope.unit or ""),
    )
    facts: dict[str, object] = dict.fromkeys(SHIFT)
    if look.before is not None and group is not None:
        then, today = rows(look.before, str(group)), rows(look.now, str(group))
        facts["units"] = int(today["rank"].notna().sum())
        ends = [found[found["unit_id"] == scope.unit] for found in (then, today)]
        places = [None if end.empty else end["rank"].iloc[0] for end in ends]
        if all(place is not None and not pd.isna(place) for place in places):
            facts |= _figures(*(end.iloc[0] for end in ends))
            alone = _if_alone(then, today, scope, group_prior(look.before, measure(scope), str(group)))
            own, others = explaining.rank_shift(int(places[0] or 0), alone, int(places[1] or 0))
            facts |= {"before_rank": places[0], "rank": places[1], "own": own, "others": others}
    return pd.DataFrame([facts]).astype(SHIFT)


def _figures(then: pd.Series, today: pd.Series) -> dict[str, object]:
    """What the two ranks rest on, and whether it differs by more than chance."""
    now, before = (evidence(end["rate"], end["n_effective"]) for end in (today, then))
    is_longer = bool(today["rolling"] or then["rolling"])
    told: dict[str, object] = {name: today[name] for name in ("rate", "n", "rolling")}
    told |= {f"before_{name}": then[name] for name in ("rate", "n", "rolling")}
    return told | {"move": "" if is_longer else ranking.movement(now, before)}


def _if_alone(then: pd.DataFrame, today: pd.DataFrame, scope: Scope, prior: object) -> int:
    """The unit's rank had only its own sums changed."""
    sums = ["k", "n", "base", "clusters"]
    bare = then[["unit_id", "unit", "unit_group", *sums]].set_index("unit_id")
    bare.update(today[today["unit_id"] == scope.unit].set_index("unit_id")[sums])
    mixed = bare.astype({"n": "int64", "clusters": "int64"}).reset_index()
    mean = float(mixed["k"].sum() / mixed["base"].sum())
    found = placed(mixed, MEASURES[measure(scope)], mean, prior)  # type: ignore[arg-type]
    return int(found.loc[found["unit_id"] == scope.unit, "rank"].iloc[0])
