"""The requests of the demo: who asks what, where, by which way, and whether the centre settles it itself."""

from dataclasses import dataclass

import numpy as np

from casedb.bulk import Columns
from casedb.city import City
from casedb.demo_plan import DAY, LIMITS, Plan
from casedb.demo_time import NEVER, at_most, either, known, spread
from rules.words import Confidentiality, Nature, Urgency

NATURES = [word.value for word in Nature]
NATURE_SHARES = np.array([0.34, 0.22, 0.33, 0.03, 0.04, 0.015, 0.025])
SETTLED_BY_NATURE = np.array([0.91, 0.58, 0.36, 0.08, 0.80, 0.90, 0.70])
"""Chance that the centre settles a valid request itself, by nature."""

LIMIT_BY_NATURE = np.array([LIMITS.index(r) for r in ("consult", "help", "complaint", "report")] + [2, 2, 2])
PETITION, URGENT = LIMITS.index("petition"), LIMITS.index("urgent")
PETITIONS = "信访事项"
"""The legal route of petitions."""

BY_LETTER = ("mayor", "secretary", "letter", "hall", "province")
"""Channels whose requests are mostly petitions, with their long limit."""

SLOW_MATTERS = ("住房房产/商品房/逾期办证", "住房房产/征地拆迁/补偿安置", "住房房产/商品房/房屋质量")
INVALID = np.array(
    ["骚扰电话", "重复来电查询进度", "测试", "非受理范围，已引导", "信息不全无法联系"], dtype=object
)
PARTIES = np.array([1, 2, 3, 5, 8, 14, 32])
PARTY_SHARES = np.array([0.962, 0.018, 0.008, 0.005, 0.004, 0.002, 0.001])
GROUP = 5
"""More people than these are a group (信访工作条例 §20)."""


@dataclass(frozen=True)
class Quotas:
    """Exact numbers a block of requests must reach; None: as chance has it."""

    calls: int | None = None
    valid: int | None = None
    settled: int | None = None


def draw(
    plan: Plan, city: City, rng: np.random.Generator, times: np.ndarray, walk_in: np.ndarray, quotas: Quotas
) -> Columns:
    """One row a request, in order of ``times``; ``walk_in`` marks those that began at a window of the hall.

    Columns that begin with ``_`` are numbers the later steps need: town, leaf, limit, dispatch.
    """
    rows = _about(plan, city, rng, times)
    _clusters(city, rng, rows)
    _by_channel(city, rng, rows, walk_in, quotas)
    _fate(plan, city, rng, rows, quotas)
    _people(rng, rows)
    _earlier(rng, rows, merge=not plan.totals)
    return rows


def pick(rng: np.random.Generator, chance: np.ndarray, total: int | None) -> np.ndarray:
    """Mark each with its own chance, or exactly ``total`` of them, the likelier the more often."""
    luck = rng.random(len(chance))
    if total is None:
        return luck < chance
    with np.errstate(divide="ignore"):
        keys = np.where(chance > 0, np.log(luck) / chance, -np.inf)
    marked = np.zeros(len(chance), bool)
    marked[np.argsort(-keys, kind="stable")[:total]] = True
    return marked


def codes(times: np.ndarray) -> np.ndarray:
    """Case numbers such as 20260928-0417: the day and the place within it, for sorted moments."""
    days = times.astype("M8[D]")
    fresh = np.r_[True, days[1:] != days[:-1]]
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(days)), 0))
    number = np.arange(len(days)) - first + 1
    texts = np.datetime_as_string(days)
    return np.array(
        [f"{d.replace('-', '')}-{n:04d}" for d, n in zip(texts, number, strict=True)], dtype=object
    )


def _about(plan: Plan, city: City, rng: np.random.Generator, times: np.ndarray) -> Columns:
    n = len(times)
    rising = times >= plan.rise_from
    leaf = rng.choice(len(city.leaf_ids), n, p=city.leaf_weights(rising=False))
    leaf[rising] = rng.choice(len(city.leaf_ids), int(rising.sum()), p=city.leaf_weights(rising=True))
    nature = rng.choice(len(NATURES), n, p=NATURE_SHARES)
    depth = rng.choice(4, n, p=[0.12, 0.25, 0.60, 0.03])
    return {
        "case_id": codes(times),
        "received_at": times,
        "recorded_at": np.where(rng.random(n) < 0.004, NEVER, times + spread(rng, n, 4, 0.9, 170)),
        "nature": np.array(NATURES, dtype=object)[nature],
        "_nature": nature,
        "_leaf": leaf,
        "_town": rng.choice(len(city.town_weights), n, p=city.town_weights),
        "_community": np.where(depth > 0, rng.integers(1, 7, n), 0),
        "_grid": np.where(depth > 1, rng.integers(1, 4, n), 0),
        "_no_area": depth == 3,
        "_place": rng.integers(0, len(city.names["places"]), n),
        "_phrase": rng.integers(0, 2, n),
        "cluster_id": np.full(n, None, dtype=object),
    }


def _clusters(city: City, rng: np.random.Generator, rows: Columns) -> None:
    """Now and then many people report one event within a day (同事异人)."""
    n = len(rows["case_id"])
    outages = np.array([n for n, issue in enumerate(city.issues) if issue in ("停水停电", "环境污染")])
    for start in np.sort(rng.choice(n, n // 700, replace=False)):
        near = start + np.flatnonzero(
            rows["received_at"][start : start + 200] < rows["received_at"][start] + DAY
        )
        many = min(len(near), int(rng.integers(4, 16)))
        places = np.r_[start, rng.choice(near, many, replace=False)]
        for name in ("_town", "_community", "_grid", "_no_area", "_place", "_phrase"):
            rows[name][places] = rows[name][start]
        rows["_leaf"][places] = rng.choice(outages)
        rows["cluster_id"][places] = f"JH{rows['case_id'][start]}"


def _by_channel(
    city: City, rng: np.random.Generator, rows: Columns, hall: np.ndarray, quotas: Quotas
) -> None:
    n = len(hall)
    channels, calls = city.channel_weights, city.calls
    share = float(channels[calls].sum())
    is_call = pick(rng, np.where(hall, 0.0, share), quotas.calls)
    by_phone = rng.choice(len(channels), n, p=channels * calls / share)
    otherwise = rng.choice(len(channels), n, p=channels * ~calls / (1 - share))
    otherwise[hall] = list(city.channel_ids).index("hall")
    rows["_is_call"] = is_call
    rows["channel_id"] = city.channel_ids[np.where(is_call, by_phone, otherwise)]
    rows["channel_ref"] = np.array([f"{number:010d}" for number in rng.integers(0, 10**10, n)], dtype=object)


def _fate(plan: Plan, city: City, rng: np.random.Generator, rows: Columns, quotas: Quotas) -> None:
    """Valid or not; settled by the centre itself or to be dispatched; how urgent; by which limit."""
    n, hall = len(rows["case_id"]), rows["channel_id"] == "hall"
    valid = pick(rng, np.where(rows["_is_call"], 0.83, 0.95), quotas.valid)
    likely = np.where(hall, 0.02, SETTLED_BY_NATURE[rows["_nature"]]) * valid
    settled = pick(rng, likely, quotas.settled) & valid
    begun = np.where(np.isnat(rows["recorded_at"]), rows["received_at"], rows["recorded_at"])
    settled_at = np.where(settled, begun + spread(rng, n, 14, 1.3, 2_000), NEVER)
    dispatch = np.where(valid & ~settled, begun + spread(rng, n, 13, 0.9, 600), NEVER)
    if plan.totals:
        rows["recorded_at"] = at_most(rows["recorded_at"], plan.last)
        settled_at, dispatch = at_most(settled_at, plan.last), at_most(dispatch, plan.last)
    urgency = rng.choice(3, n, p=[0.945, 0.049, 0.006])
    slow = np.isin(rows["_leaf"], [city.leaf(path) for path in SLOW_MATTERS]) & (rng.random(n) < 0.45)
    letter = np.isin(rows["channel_id"].astype(str), BY_LETTER) & (rng.random(n) < 0.80)
    rows["_limit"] = np.where(
        slow | letter, PETITION, np.where(urgency > 0, URGENT, LIMIT_BY_NATURE[rows["_nature"]])
    )
    rows["legal_route"] = either((slow | letter) & valid & ~settled, PETITIONS, None)
    rows["urgency"] = np.array([word.value for word in Urgency], dtype=object)[urgency]
    rows["is_valid"] = valid
    rows["invalid_reason"] = either(valid, None, INVALID[rng.choice(5, n, p=[0.2, 0.4, 0.05, 0.25, 0.1])])
    rows["recorded_at"] = known(rows["recorded_at"], plan.last)
    rows["settled_at"], rows["_dispatch"] = known(settled_at, plan.last), known(dispatch, plan.last)


def _people(rng: np.random.Generator, rows: Columns) -> None:
    n = len(rows["case_id"])
    count = rng.choice(PARTIES, n, p=PARTY_SHARES)
    luck = rng.random(n)
    hidden = np.full(n, Confidentiality.OPEN.value, dtype=object)
    hidden[luck < 0.003] = Confidentiality.MINOR.value
    hidden[luck > 0.995] = Confidentiality.HEALTH.value
    hidden[(rows["nature"] == Nature.REPORT.value) & (luck < 0.8)] = Confidentiality.REPORT.value
    person = [f"{number:016x}" for number in rng.integers(0, 2**63, n)]
    rows["petitioner_id"] = np.array(person, dtype=object)
    rows["petitioner_count"], rows["is_group"] = count, count > GROUP
    rows["confidentiality"] = hidden


def _earlier(rng: np.random.Generator, rows: Columns, merge: bool) -> None:
    """Some ask again in the same matter (同人同事); some doubles are merged into the first (并单)."""
    n = len(rows["case_id"])
    rows["is_first"], rows["first_case_id"] = np.full(n, True), np.full(n, None, dtype=object)
    rows["merged_into"] = np.full(n, None, dtype=object)
    for chance, low, high in ((0.042, 0.03, 0.9), (0.018 * merge, 0.0, 0.02)):
        again = np.flatnonzero(rng.random(n) < chance)
        back = (rng.uniform(low, high, len(again)) * n).astype(int) + 1
        again, first = again[back <= again], (again - back)[back <= again]
        whole = rows["is_valid"][first] & rows["is_first"][first] & rows["is_first"][again]
        whole &= (rows["channel_id"][again] != "hall") & (rows["cluster_id"][again] == None)  # noqa: E711
        again, first = again[whole], first[whole]
        first_again = np.isin(first, again)
        again, first = again[~first_again], first[~first_again]
        for name in (
            "_leaf",
            "_town",
            "_community",
            "_grid",
            "_no_area",
            "_place",
            "_phrase",
            "petitioner_id",
        ):
            rows[name][again] = rows[name][first]
        rows["is_first"][again], rows["first_case_id"][again] = False, rows["case_id"][first]
        soon = rows["received_at"][again] - rows["received_at"][first] < 3 * DAY
        if high < 0.1:
            _merge(rows, again[soon], first[soon])


def _merge(rows: Columns, child: np.ndarray, parent: np.ndarray) -> None:
    """A merged child stands no longer for itself: what is done is done about its parent."""
    rows["merged_into"][child] = rows["case_id"][parent]
    rows["is_valid"][child], rows["invalid_reason"][child] = True, None
    rows["settled_at"][child], rows["_dispatch"][child] = NEVER, NEVER


def finish(city: City, rows: Columns) -> None:
    """Turn the numbers of matter and place into the codes of the contract."""
    ids = city.area_ids[rows["_town"], rows["_community"], rows["_grid"]]
    rows["area_id"] = either(rows["_no_area"], None, ids)
    rows["area_kind"] = np.where(city.urban[rows["_town"]], "urban", "rural").astype(object)
    rows["category_id"], rows["issue"] = city.leaf_ids[rows["_leaf"]], city.issues[rows["_leaf"]]
