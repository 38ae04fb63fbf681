"""Whistles of the demo: towns call units to the spot, day and night; here those that are long over."""

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import Plan
from casedb.demo_time import NEVER, between, either, spread
from rules.rulebook import load
from rules.words import ArrivalProof, Role, WhistleKind

A_DAY = 7.5
BY_HOUR = np.array([2, 2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 7, 5, 5, 7, 8, 8, 7, 6, 6, 5, 4, 3, 2], dtype=float)
QUIET = np.timedelta64(4, "h")
"""Before the last moment only the whistles of city.toml are blown: only they are under way."""

DEALT_WITH = "到场处置，现场清理"

LATE = {"D11": 0.24, "P01": 0.16}
USUALLY_LATE = 0.07
SPOTS = 5
"""Spots a town whistles at again and again."""


def whistles(plan: Plan, city: City, rng: np.random.Generator) -> tuple[Columns, Columns]:
    """(whistles, summons) of the whole span, but for those that are told one by one."""
    blown, matter = _past(plan, city, rng)
    return blown, _summon(plan, city, rng, blown, matter)


def _past(plan: Plan, city: City, rng: np.random.Generator) -> tuple[Columns, np.ndarray]:
    """Every whistle that is over, and which matter it was about."""
    hours = np.tile(BY_HOUR / BY_HOUR.sum(), len(plan.days))
    counts = rng.poisson(A_DAY * min(plan.scale, 1.0) * hours)
    at = plan.first + (np.repeat(np.arange(len(counts)), counts) * 3600).astype("m8[s]")
    at = np.sort(at + between(rng, len(at), 0, 1))
    at = at[at < plan.last - QUIET]
    n = len(at)
    town = rng.choice(
        len(city.town_weights), n, p=np.sqrt(city.town_weights) / np.sqrt(city.town_weights).sum()
    )
    matter = rng.integers(0, len(city.names["whistle_matters"]), n)
    accepted = at + between(rng, n, 0.01, 0.08)
    luck = rng.random(n)
    kinds = [kind.value for kind in WhistleKind]
    names = np.array([row[0] for row in city.names["whistle_matters"]], dtype=object)
    spots = rng.integers(0, 60, n)
    rows = {
        "whistle_id": np.array([f"WH{number + 1:05d}" for number in range(n)], dtype=object),
        "town_id": city.unit_ids[town],
        "at": at,
        "accepted_at": accepted,
        "kind": rng.choice(kinds, n, p=[0.2, 0.45, 0.35]).astype(object),
        "matter": names[matter],
        "place": np.array(city.names["places"], dtype=object)[rng.integers(0, len(city.names["places"]), n)],
        "spot_id": np.array(
            [f"{city.unit_ids[t]}-{s}" if s < SPOTS else None for t, s in zip(town, spots, strict=True)],
            dtype=object,
        ),
        "area_kind": np.where(city.urban[town], "urban", "rural").astype(object),
        "case_id": np.full(n, None, dtype=object),
        "cancelled_at": np.where(luck < 0.03, accepted + between(rng, n, 0.1, 0.4), NEVER),
        "ruled_void_at": np.where(luck > 0.98, accepted + between(rng, n, 2, 3.5), NEVER),
        "closed_at": np.full(n, NEVER),
        "unit_rating": rng.choice([3.0, 4.0, 5.0], n, p=[0.1, 0.3, 0.6]),
    }
    return rows, matter


def _summon(plan: Plan, city: City, rng: np.random.Generator, blown: Columns, matter: np.ndarray) -> Columns:
    """One row a unit called; sets when each whistle was over."""
    units = [row[1].split() for row in city.names["whistle_matters"]]
    many = np.array([len(row) for row in units])[matter]
    whistle = np.repeat(np.arange(len(matter)), many)
    place = np.concatenate([np.arange(m) for m in many]) if len(many) else np.zeros(0, int)
    unit = np.array([units[m][p] for m, p in zip(matter[whistle], place, strict=True)], dtype=object)
    n, accepted = len(whistle), blown["accepted_at"][whistle]
    limit, last = limits(blown["area_kind"][whistle])
    late = rng.random(n) < np.array([LATE.get(code, USUALLY_LATE) for code in unit])
    share = np.where(late, rng.uniform(1.03, 1.55, n), rng.beta(5, 3, n) * 0.98)
    arrived = accepted + (share * last.astype(int)).astype("m8[s]")
    arrived = np.where(late, arrived, accepted + (share * limit.astype(int)).astype("m8[s]"))
    answered = np.minimum(accepted + spread(rng, n, 3, 0.6, 9), arrived)
    answered = np.maximum(answered, accepted)
    left = np.minimum(arrived + between(rng, n, 0.5, 2.4), plan.last - np.timedelta64(600, "s"))
    over = np.full(len(matter), np.datetime64(0, "s"))
    np.maximum.at(over, whistle, left)
    over = np.minimum(over + between(rng, len(over), 0.05, 0.5), plan.last - np.timedelta64(300, "s"))
    called_off = ~np.isnat(blown["cancelled_at"]) | ~np.isnat(blown["ruled_void_at"])
    blown["closed_at"] = np.where(called_off, NEVER, over)
    blown["unit_rating"] = np.where(called_off, np.nan, blown["unit_rating"])
    gone = ~np.isnat(blown["cancelled_at"][whistle])
    proof = rng.choice([p.value for p in ArrivalProof], n, p=[0.7, 0.2, 0.1]).astype(object)
    ruled_out = (rng.random(n) < 0.02) & (place > 0) & ~gone
    there = ~gone & ~ruled_out
    return {
        "summons_id": np.array(
            [f"{blown['whistle_id'][w]}-{p + 1}" for w, p in zip(whistle, place, strict=True)], dtype=object
        ),
        "whistle_id": blown["whistle_id"][whistle],
        "unit_id": unit,
        "role": np.where(place == 0, Role.LEAD.value, Role.ASSIST.value).astype(object),
        "called_at": accepted,
        "due_at": accepted + limit,
        "last_due_at": np.where(last > limit, accepted + last, NEVER),
        "answered_at": np.where(gone, NEVER, answered),
        "departed_at": np.where(there, answered + (arrived - answered) // 3, NEVER),
        "arrived_at": np.where(there, arrived, NEVER),
        "arrival_proof": either(there, proof, None),
        "confirmed_at": np.where(there & (proof != "self"), arrived, NEVER),
        "left_at": np.where(there, left, NEVER),
        "ruled_out_at": np.where(ruled_out, answered, NEVER),
        "action": either(there, DEALT_WITH, None),
        "town_rating": np.where(
            there, rng.choice([2.0, 3.0, 4.0, 5.0], n, p=[0.04, 0.12, 0.34, 0.5]), np.nan
        ),
    }


def limits(area_kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per whistle: how long a unit may take, and how long at the very last where the first limit is soft."""
    book = load().whistle
    rural = area_kind == "rural"
    limit = np.where(rural, book.rural, book.urban) * 60
    last = np.where(rural, book.rural_last, book.urban) * 60
    return limit.astype("m8[s]"), last.astype("m8[s]")
