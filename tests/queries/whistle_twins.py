"""The slow, obvious twin of every figure of the whistles: one pair at a time, straight from M15."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from queries.arguments import MISSING, Scope
from tests.queries.whistle_worlds import OFFICES, Row, World

LIMITS = {"urban": (30, 30), "rural": (60, 120)}
"""Minutes from acceptance: the limit, and the last one."""

HOURS_TO_CONFIRM = timedelta(hours=24)
SPOT_DAYS = timedelta(days=30)


class Whistle:
    """One whistle as it was at the moment."""

    def __init__(self, world: World, row: Row, scope: Scope) -> None:
        self.row, self.scope, self.as_of = row, scope, scope.as_of
        self.code = row["whistle_id"]
        self.accepted = self.had(row["at"]) and self.had(row["accepted_at"])
        self.void, self.cancelled = self.had(row["ruled_void_at"]), self.had(row["cancelled_at"])
        self.real = self.accepted and not self.void and not self.cancelled
        self.signed_off = self.real and self.had(row["closed_at"])
        self.open = self.real and not self.signed_off
        mine = [one for one in world.summons if one["whistle_id"] == self.code]
        self.everyone = [Pair(self, one) for one in mine if self.accepted and self.had(one["called_at"])]
        self.called = [one for one in self.everyone if scope.unit in (None, one.unit)]
        fits = scope.unit is None or any(
            one["unit_id"] == scope.unit and self.had(one["called_at"]) for one in mine
        )
        self.fits = fits and scope.other in (None, row["town_id"]) and self._lies_in(scope.area)

    def had(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.as_of

    def within(self, moment: datetime | None) -> bool:
        """It happened in the period, and has happened."""
        if not self.had(moment):
            return False
        return (self.scope.start is None or moment >= self.scope.start) and (
            self.scope.end is None or moment < self.scope.end
        )

    def _lies_in(self, area: str | None) -> bool:
        office = OFFICES.get(self.row["town_id"])
        if area == MISSING:
            return office is None
        return area is None or office == area

    @property
    def today(self) -> bool:
        return self.accepted and self.row["accepted_at"].date() == self.as_of.date()

    @property
    def taken(self) -> bool:
        return self.accepted and self.within(self.row["accepted_at"])

    @property
    def end(self) -> str:
        if self.void:
            return "void"
        if self.cancelled:
            return "cancelled"
        return "closed" if self.had(self.row["closed_at"]) else "open"

    @property
    def over_at(self) -> datetime | None:
        names = {"void": "ruled_void_at", "cancelled": "cancelled_at", "closed": "closed_at"}
        return None if self.end == "open" else self.row[names[self.end]]

    @property
    def whole(self) -> bool | None:
        """All who were wanted came in time; None: not in the period, or not to be said."""
        wanted = [one for one in self.everyone if one.wanted]
        limits = [one.last for one in wanted if one.last is not None]
        if not limits or not wanted[0].falls(max(limits)):
            return None
        if any(one.verdict == "late" for one in wanted):
            return False
        return None if any(one.verdict != "kept" for one in wanted) else True

    @property
    def rated(self) -> bool:
        return (
            self.signed_off
            and self.within(self.row["closed_at"])
            and self.row["unit_rating"] in (1, 2, 3, 4, 5)
        )


class Pair:
    """One unit called by a whistle."""

    def __init__(self, whistle: Whistle, row: Row) -> None:
        self.whistle, self.row, self.as_of = whistle, row, whistle.as_of
        self.unit, self.lead = row["unit_id"], row["role"] == "lead"
        soft, last = self._reckoned()
        self.first = next((one for one in (row["due_at"], soft, row["last_due_at"]) if one), None)
        self.last = next((one for one in (row["last_due_at"], row["due_at"], last) if one), None)
        gone = whistle.cancelled and (self.last is None or whistle.row["cancelled_at"] <= self.last)
        self.wanted = not (whistle.void or whistle.had(row["ruled_out_at"]) or gone)
        self.there = whistle.had(row["arrived_at"])
        self.own_word = row["arrival_proof"] == "self"

    def _reckoned(self) -> tuple[datetime | None, datetime | None]:
        minutes = LIMITS.get(self.whistle.row["area_kind"])
        if minutes is None:
            return None, None
        return tuple(self.whistle.row["accepted_at"] + timedelta(minutes=one) for one in minutes)

    @property
    def confirmed(self) -> bool:
        confirmed = self.row["confirmed_at"]
        return self.whistle.had(confirmed) and confirmed - self.row["arrived_at"] <= HOURS_TO_CONFIRM

    @property
    def verdict(self) -> str:
        """kept, late, or unconfirmed (in time, own word only); open: the limit is to come, or not known."""
        if self.last is None or (self.last >= self.as_of and not self.there):
            return "open"
        if not self.there or self.row["arrived_at"] > self.last:
            return "late" if self.last < self.as_of else "open"
        if self.own_word and not self.confirmed:
            return "unconfirmed"
        return "kept" if self.last < self.as_of else "open"

    def falls(self, limit: datetime | None) -> bool:
        """The limit fell in the period and has passed."""
        scope = self.whistle.scope
        if limit is None or limit >= self.as_of:
            return False
        return (scope.start is None or limit >= scope.start) and (scope.end is None or limit < scope.end)

    @property
    def due(self) -> bool:
        return self.wanted and self.falls(self.last)

    @property
    def state(self) -> str:
        if self.whistle.had(self.row["ruled_out_at"]):
            return "ruled_out"
        if self.there:
            return "arrived"
        if self.wanted and self.last is not None and self.last < self.as_of:
            return "late"
        steps = [step for step in ("departed", "answered") if self.whistle.had(self.row[f"{step}_at"])]
        return steps[0] if steps else "called"

    @property
    def missing(self) -> bool:
        return self.state in ("called", "answered", "departed")

    @property
    def soon(self) -> bool:
        """Missing, with a quarter of the limit left, or less."""
        if not self.missing or self.first is None or self.first < self.as_of:
            return False
        return (self.first - self.as_of) * 4 <= self.first - self.whistle.row["accepted_at"]

    @property
    def soft(self) -> bool:
        return self.missing and self.first is not None and self.first < self.as_of

    @property
    def silent(self) -> bool:
        answered = any(self.whistle.had(self.row[name]) for name in ("answered_at", "departed_at"))
        return not answered and self.state in ("called", "late")

    @property
    def claimed(self) -> bool:
        """There, not late, on its own word alone."""
        return self.state == "arrived" and self.own_word and not self.confirmed and not self.late_minutes

    @property
    def late_minutes(self) -> int:
        until = self.row["arrived_at"] if self.there else self.whistle.over_at or self.as_of
        came_late = self.there and self.last is not None and until > self.last
        if not self.wanted or not (came_late or self.state == "late"):
            return 0
        return max(1, int((until - self.last).total_seconds() // 60))

    @property
    def closed(self) -> bool:
        """Wanted, and its whistle was signed off in the period."""
        whistle = self.whistle
        return whistle.signed_off and whistle.within(whistle.row["closed_at"]) and self.wanted

    @property
    def rated(self) -> bool:
        return self.closed and self.row["town_rating"] in (1, 2, 3, 4, 5)


def blown(world: World, scope: Scope) -> list[Whistle]:
    """Every whistle the filters of the scope are about."""
    found = [Whistle(world, row, scope) for row in world.whistles]
    return [one for one in found if one.fits]


def again(world: World, whistle: Row, as_of: datetime) -> int:
    """Which whistle on its spot it is, in 30 days."""
    real = [
        Whistle(world, row, Scope(as_of)) for row in world.whistles if row["spot_id"] == whistle["spot_id"]
    ]
    if not whistle["spot_id"]:
        return 1
    span = (whistle["at"] - SPOT_DAYS, whistle["at"])
    return max(1, sum(one.real and span[0] < one.row["at"] <= span[1] for one in real))


def spots(world: World, scope: Scope) -> dict[str, list[Whistle]]:
    """The whistles of the last 30 days by spot."""
    found: dict[str, list[Whistle]] = {}
    for one in blown(world, scope):
        if one.real and one.row["spot_id"] and one.row["at"] > scope.as_of - SPOT_DAYS:
            found.setdefault(one.row["spot_id"], []).append(one)
    return found


OF_SUMMONS: dict[str, Any] = {
    "late": lambda one: one.whistle.open and one.state == "late",
    "soon": lambda one: one.whistle.open and one.soon,
    "soft": lambda one: one.whistle.open and one.soft,
    "arrived": lambda one: one.whistle.open and one.state == "arrived",
    "summoned": lambda one: one.whistle.open and one.state != "ruled_out",
    "awaiting": lambda one: one.whistle.open and one.silent,
    "coming": lambda one: one.whistle.open and one.state == "departed",
    "heard_from": lambda one: one.whistle.open and one.state == "answered",
    "silent": lambda one: one.whistle.open and one.state == "called",
    "claimed": lambda one: one.whistle.open and one.claimed,
    "leads": lambda one: one.whistle.open and one.lead and one.state != "ruled_out",
    "leads_there": lambda one: one.whistle.open and one.lead and one.state == "arrived",
    "pairs": lambda one: one.due and one.verdict in ("kept", "late"),
    "pairs_kept": lambda one: one.due and one.verdict == "kept",
    "pairs_late": lambda one: one.due and one.verdict == "late",
    "lead_pairs": lambda one: one.lead and one.due and one.verdict in ("kept", "late"),
    "lead_pairs_kept": lambda one: one.lead and one.due and one.verdict == "kept",
    "assist_pairs": lambda one: not one.lead and one.due and one.verdict in ("kept", "late"),
    "assist_pairs_kept": lambda one: not one.lead and one.due and one.verdict == "kept",
    "pairs_closed": lambda one: one.closed,
    "unconfirmed": lambda one: one.due and one.verdict == "unconfirmed",
    "rated_town": lambda one: one.rated,
    "good_town": lambda one: one.rated and one.row["town_rating"] >= 4,
}


def _all_there(one: Whistle) -> bool:
    wanted = [pair for pair in one.everyone if pair.state != "ruled_out"]
    return one.open and bool(wanted) and all(pair.state == "arrived" for pair in wanted)


OF_WHISTLES: dict[str, Any] = {
    "under_way": lambda one: one.open,
    "all_there": _all_there,
    "today": lambda one: one.today,
    "whole": lambda one: one.whole is not None,
    "whole_kept": lambda one: one.whole is True,
    "whole_late": lambda one: one.whole is False,
    "accepted": lambda one: one.taken,
    "void": lambda one: one.taken and one.void,
    "cancelled": lambda one: one.taken and one.cancelled,
    "signed_off": lambda one: one.taken and one.signed_off,
    "rated_unit": lambda one: one.rated,
    "good_unit": lambda one: one.rated and one.row["unit_rating"] >= 4,
}


def members(world: World, scope: Scope, name: str) -> Counter[Any]:
    """What belongs to a set: whistle and unit of each summons, or each whistle."""
    found = blown(world, scope)
    if name in OF_SUMMONS:
        every = [pair for one in found for pair in one.called]
        return Counter((one.whistle.code, one.unit) for one in every if OF_SUMMONS[name](one))
    if name == "spots":
        return Counter(one.code for some in spots(world, scope).values() if len(some) >= 3 for one in some)
    if name.startswith("spot_"):
        return Counter(one.code for one in spots(world, scope).get(name.removeprefix("spot_"), []))
    return Counter(one.code for one in found if OF_WHISTLES[name](one))


SUMMED = ("k", "n", "lead_k", "lead_n", "unconfirmed", "closed", "good", "rated")


def by_unit(world: World, scope: Scope) -> dict[str, Row]:
    """The figures of each unit in the period, of those that have any."""
    found: dict[str, Row] = {}
    for pair in (pair for one in blown(world, scope) for pair in one.called):
        row = found.setdefault(
            pair.unit,
            {**dict.fromkeys(SUMMED, 0), "stays": []},
        )
        kept, counts = pair.due and pair.verdict == "kept", pair.due and pair.verdict in ("kept", "late")
        row["k"], row["n"] = row["k"] + kept, row["n"] + counts
        row["lead_k"], row["lead_n"] = (
            row["lead_k"] + (kept and pair.lead),
            row["lead_n"] + (counts and pair.lead),
        )
        row["unconfirmed"] += pair.due and pair.verdict == "unconfirmed"
        row["closed"] += pair.closed
        row["rated"] += pair.rated
        row["good"] += pair.rated and pair.row["town_rating"] >= 4
        whistle, arrived, left = pair.whistle, pair.row["arrived_at"], pair.row["left_at"]
        if pair.closed and arrived and whistle.had(left) and left >= arrived:
            row["stays"].append((left - arrived).total_seconds() / 60)
    known = {unit: row for unit, row in found.items() if row["n"] or row["unconfirmed"] or row["closed"]}
    return {
        unit: {**row, "stay": median(row["stays"]) if row["stays"] else None} for unit, row in known.items()
    }


def hidden(world: World, whistle: Row) -> bool:
    """Its case is not for every eye, or nobody can find it."""
    if not whistle["case_id"]:
        return False
    found = [case for case in world.cases if case["case_id"] == whistle["case_id"]]
    return not found or found[0]["confidentiality"] != "open"
