"""The slow, obvious twin of the bulletin's figures: one case at a time, in plain Python."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from queries.arguments import MISSING, Scope
from tests.queries import clock_twins, twins
from tests.queries.measure_twins import sums
from tests.queries.worlds import TREE, Row, World

DAY = timedelta(days=1)


def until(scope: Scope) -> datetime:
    return min(scope.end or scope.as_of, scope.as_of)


def past(scope: Scope) -> Scope:
    """As long a period, just before; in these cities no meeting falls on the first moment of a period."""
    length = until(scope) - scope.start
    return replace(scope, start=scope.start - length, end=scope.start)


def received(world: World, scope: Scope) -> list[Row]:
    """Cases received in the period and known, within the filters of channel and issue."""
    end = scope.end or datetime.max
    known = [case for case in world.cases if case["received_at"] <= scope.as_of]
    inside = [case for case in known if scope.start <= case["received_at"] < end]
    return [case for case in inside if scope.channel in (None, case["channel_id"] or MISSING)]


def figures(world: World, scope: Scope) -> dict[str, Any]:
    """What the sentence says, by the names of the columns."""
    seen = [twins.Seen(world, case) for case in received(world, scope)]
    names = {
        "total": "received",
        "calls": "calls",
        "sms": "sms",
        "others": "otherwise",
        "valid": "valid",
        "online": "settled_online",
        "dispatched": "dispatched",
        "waiting": "undispatched",
    }
    found: dict[str, Any] = {
        label: sum(twins.holds(one, name) for one in seen) for label, name in names.items()
    }
    for label, name in {"closed": "done", "in_hand": "left", "carried": "carried"}.items():
        found[label] = len(clock_twins.happened(world, scope, f"tickets_{name}"))
    found["sent"] = sum(one.valid and one.sent for one in seen)
    kinds = Counter(case["issue"] for case in received(world, scope) if case["issue"])
    most = min(kinds, key=lambda kind: (-kinds[kind], kind), default="")
    found |= {"issue": most, "issue_count": kinds[most]}
    for label, measure in {"on_time": "on_time", "satisfied": "satisfaction"}.items():
        rows = sums(world, scope, measure).values()
        found |= {f"{label}_k": sum(k for k, *_ in rows), f"{label}_n": sum(n for _, n, *_ in rows)}
    return found | moved(world, scope, kinds)


def moved(world: World, scope: Scope, kinds: Counter[str]) -> dict[str, Any]:
    """Cases a day now and before, and the kind that rose most beyond two standard errors."""
    before = past(scope)
    length, earlier = (until(scope) - scope.start) / DAY, (before.end - before.start) / DAY
    then = Counter(case["issue"] for case in received(world, before) if case["issue"])
    rises = {}
    for kind, count in kinds.items() if then else ():
        rise = count / length - then[kind] / earlier
        if rise > 2 * sqrt(count / length**2 + then[kind] / earlier**2):
            rises[kind] = rise

    def place(kind: str) -> tuple[Any, ...]:
        """The largest fraction first; what was not there before last."""
        times = kinds[kind] / length / (then[kind] / earlier) if then[kind] else 0
        return not then[kind], -times, kind

    most = min(rises, key=place, default="")
    return {
        "days": length,
        "per_day": len(received(world, scope)) / length,
        "per_day_before": len(received(world, before)) / earlier,
        "days_before": earlier,
        "mover": most,
        "mover_count": kinds[most] if most else None,
        "mover_change": kinds[most] / length / (then[most] / earlier) - 1 if most and then[most] else None,
    }


def clusters(world: World, scope: Scope) -> dict[str, tuple[str, int, int, bool]]:
    """By event: its first case, reports now and before, and whether nobody reported it before the period."""
    found = {}
    for code in {case["cluster_id"] for case in world.cases} - {None}:
        mine = [case for case in world.cases if case["cluster_id"] == code]
        of_code = [sum(case in mine for case in received(world, asked)) for asked in (scope, past(scope))]
        whole = replace(scope, start=datetime.min)
        known = [case for case in received(world, whole) if case in mine]
        if of_code[0] >= 2 and of_code[0] > of_code[1]:
            first = min(known, key=lambda case: (case["received_at"], case["case_id"]))
            found[code] = (first["case_id"], *of_code, first["received_at"] >= scope.start)
    return found


def places(world: World, scope: Scope) -> dict[str, tuple[int, int]]:
    """By leaf of the tree, which here are the communities: cases now and before, where they rose for real."""
    leaves = {code for code, parent in TREE.items() if parent}
    now, then = (
        Counter(case["area_id"] for case in received(world, asked) if case["area_id"] in leaves)
        for asked in (scope, past(scope))
    )
    length = (until(scope) - scope.start) / DAY
    return {
        place: (count, then[place])
        for place, count in now.items()
        if then and count / length - then[place] / length > 2 * sqrt((count + then[place]) / length**2)
    }
