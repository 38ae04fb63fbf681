"""The slow, obvious twin of the candidates: one case at a time, in plain Python, from the words of P6."""

from datetime import datetime, time, timedelta
from typing import Any

from tests.queries.candidate_worlds import DAYS
from tests.queries.ladder_twins import Stood, stood
from tests.queries.ladder_worlds import Supervised
from tests.queries.worlds import Row

DAY = timedelta(days=1)
HELD = [
    *DAYS.values(),
    datetime(2026, 12, 7).date(),
    datetime(2026, 12, 16).date(),
    datetime(2026, 12, 28).date(),
]
ORDER = [
    *("item_late", "item_late_before", "overdue_days", "uncured", "group_visit", "promise_missed"),
    *("times_at_meeting", "rounds", "conflict", "passed", "people", "repeats", "whistles", "severity"),
]
Twin = tuple[str, str, str, list[tuple[Any, ...]]]
"""case, item (empty: proposed), group, reasons."""


def ties(case: Row) -> set[str]:
    """The names of all that a case is tied by."""
    whole = {case.get("first_case_id"), case["merged_into"]} - {None}
    event = {f"event {case['cluster_id']}"} if case["cluster_id"] else set()
    return {f"case {code}" for code in {case["case_id"], *whole}} | event


def _groups(cases: list[Row]) -> dict[str, set[str]]:
    """Of each case all that its matter is tied by, however it hangs together."""
    groups: list[set[str]] = []
    for case in cases:
        mine = ties(case)
        joined = [group for group in groups if group & mine]
        groups = [group for group in groups if group not in joined]
        groups.append(mine.union(*joined))
    return {
        case["case_id"]: next(one for one in groups if f"case {case['case_id']}" in one) for case in cases
    }


class Before:
    """All that the next meeting has before it."""

    def __init__(self, world: Supervised) -> None:
        self.world, self.as_of = world, world.as_of
        self.open = stood(world)
        self.rows = {case["case_id"]: case for case in world.cases}
        self.following = next((day for day in HELD if day > self.as_of.date()), None)
        past = [day for day in HELD if day < (self.following or datetime.max.date())]
        self.last = past[-1] if past else None
        self.near = _groups(self.related())
        wholes = [self.whole(item) for item in self.known_items()]
        self.group = _groups([*self.related(), *(one for one in wholes if one)])

    def had(self, at: datetime | None) -> bool:
        return at is not None and at <= self.as_of

    # ── the same matter ──────────────────────────────────────────────────────────────────────────────────

    def related(self) -> list[Row]:
        """Requests that hang together with an open case, with nothing between them."""
        opened = [self.rows[code] for code in self.open]
        codes = {case["case_id"] for case in opened}
        firsts = {case.get("first_case_id") for case in opened} - {None}
        events = {case["cluster_id"] for case in opened} - {None}
        return [
            case
            for case in self.world.cases
            if case["is_valid"]
            and self.had(case["received_at"])
            and (
                case["case_id"] in codes | firsts
                or case.get("first_case_id") in codes | firsts
                or case["cluster_id"] in events
                or case["merged_into"] in codes
            )
        ]

    def whole(self, item: Row) -> Row | None:
        """The case behind an item; of a merged one the whole."""
        case = self.rows.get(item["case_id"])
        return case and self.rows.get(case["merged_into"] or case["case_id"])

    def matter(self, code: str) -> frozenset[str]:
        return frozenset(self.group[code])

    # ── items ────────────────────────────────────────────────────────────────────────────────────────────

    def known_items(self) -> list[Row]:
        return [one for one in self.world.meeting_items if self.had(one["assigned_at"]) or self._waits(one)]

    def _waits(self, item: Row) -> bool:
        ended = self.had(item["assigned_at"]) or self.had(item["signed_off_at"])
        mine = DAYS[item["meeting_id"]] == self.following
        return not ended and (self.had(item["prepared_at"]) or (mine and item["prepared_at"] is None))

    def of_item(self, item: Row) -> frozenset[str]:
        case = self.whole(item)
        return self.matter(case["case_id"]) if case else frozenset({f"item {item['item_id']}"})

    @property
    def assigned(self) -> list[Row]:
        """Oldest batch first, in the order of its meeting."""
        mine = [one for one in self.world.meeting_items if self.had(one["assigned_at"])]
        place = lambda one: 99 if one["position"] is None else one["position"]  # noqa: E731
        return sorted(mine, key=lambda one: (DAYS[one["meeting_id"]], place(one), one["item_id"]))

    def unsigned(self, item: Row) -> bool:
        return not self.had(item["signed_off_at"])

    def late(self, item: Row) -> bool:
        ends = (item["closed_at"], item["signoff_applied_at"], item["signed_off_at"])
        due = item["first_due_at"]
        return self.had(due) and not any(self.had(end) for end in ends)

    def late_items(self) -> dict[frozenset[str], Row]:
        """The newest late item of each matter."""
        return {self.of_item(one): one for one in self.assigned if self.unsigned(one) and self.late(one)}

    def prepared(self) -> list[Row]:
        mine = [one for one in self.world.meeting_items if self._waits(one)]
        here = [one for one in mine if DAYS[one["meeting_id"]] == self.following]
        place = lambda one: 99 if one["position"] is None else one["position"]  # noqa: E731
        return sorted(here, key=lambda one: (place(one), one["item_id"]))

    def busy(self) -> set[frozenset[str]]:
        """Under way, or put before another meeting."""
        elsewhere = [
            one
            for one in self.world.meeting_items
            if self._waits(one) and DAYS[one["meeting_id"]] != self.following
        ]
        running = [one for one in self.assigned if self.unsigned(one)]
        return {self.of_item(one) for one in [*running, *elsewhere, *self.settled()]} - {*self.late_items()}

    def settled(self) -> list[Row]:
        """The last item signed off of each matter, where its case is open and nobody brought it again."""
        signed = [one for one in self.assigned if not self.unsigned(one)]
        signed.sort(key=lambda one: (one["signed_off_at"], one["item_id"]))
        last = {self.of_item(one): one for one in signed}
        return [one for one in last.values() if self.is_case_open(one) and not self.is_reopened(one)]

    def is_case_open(self, item: Row) -> bool:
        case = self.whole(item)
        return case is not None and self._open(case) and case["merged_into"] is None

    def _open(self, case: Row) -> bool:
        is_over = self.had(case["closed_at"]) if case["closed_at"] else case["stated_closed"]
        return case["is_valid"] and not is_over

    def is_reopened(self, item: Row) -> bool:
        """Somebody came after the sign-off, and still waits or came since the last meeting."""
        mine = self.rows.get(item["case_id"])
        if mine is None:
            return False
        cutoffs = [datetime.combine(day, time()) for day in HELD]
        since = max(at for at in cutoffs if at < self.as_of)
        chain = {mine["case_id"], mine.get("first_case_id")} - {None}
        return any(
            case is not mine
            and case["is_valid"]
            and item["signed_off_at"] < case["received_at"] <= self.as_of
            and (case["received_at"] >= since or self._open(case))
            and (
                case.get("first_case_id") in chain
                or (mine["cluster_id"] is not None and case["cluster_id"] == mine["cluster_id"])
            )
            for case in self.world.cases
        )

    # ── reasons ──────────────────────────────────────────────────────────────────────────────────────────

    def of_late(self, item: Row) -> tuple[Any, ...]:
        last = (item["first_due_at"] - timedelta(microseconds=1)).date()
        days = max(1, (self.as_of.date() - last).days)
        if DAYS[item["meeting_id"]] == self.last:
            return "item_late", days
        return "item_late_before", days, int(item["meeting_id"][2:])

    def meetings(self, matter: frozenset[str]) -> int:
        return len({one["meeting_id"] for one in self.assigned if self.of_item(one) == matter})

    def reasons(self, one: Stood) -> list[tuple[Any, ...]]:  # noqa: PLR0912 — every reason of the words
        case, stands = one.case, one.standing
        matter = self.matter(case["case_id"])
        near = self.near[case["case_id"]]
        same = [row for row in self.related() if self.near[row["case_id"]] == near]
        found: list[tuple[Any, ...]] = []
        item = self.late_items().get(matter)
        if item:
            found.append(self.of_late(item))
        if case["is_group"] or case["petitioner_count"] > 5:
            found.append(("group_visit", case["petitioner_count"]))
        if self.had(case["promised_at"]) and case["promised_due"] and case["promised_due"] < self.as_of:
            found.append(("promise_missed", (self.as_of - case["promised_due"]).days))
        if one.due is not None and one.due < self.as_of:
            found.append(("overdue_days", (self.as_of - one.due).days))
        if stands["level"] is not None and stands["level"] >= 4 and stands["rule"] != "listed":
            found.append(("uncured",))
        if self.meetings(matter):
            found.append(("times_at_meeting", self.meetings(matter) + 1))
        turn = max((lead["round"] for lead in one.leads), default=1)
        if turn >= 3:
            found.append(("rounds", turn))
        channels = {row["channel_id"] for row in same} - {None}
        if len(channels) >= 2 and len(self.answers(same)) >= 2:
            found.append(("conflict", len(channels), len(self.answers(same))))
        if stands["given_back"] >= 2 or stands["units"] >= 3:
            found.append(("passed", stands["units"], stands["given_back"]))
        if self.people(same) >= 10:
            found.append(("people", self.people(same)))
        again = [at for at in one.again if at > self.as_of - 30 * DAY]
        if len(again) >= 3:
            found.append(("repeats", len(again), 30))
        times = {code: len(blown) for code, blown in self.spots().items()}
        mine = [times[spot] for spot, code in self.behind_spots().items() if code == case["case_id"]]
        if mine:
            found.append(("whistles", max(mine), 30))
        if stands["severity"] >= 60:
            found.append(("severity", int(stands["severity"])))
        return sorted(found, key=lambda reason: ORDER.index(reason[0]))

    def answers(self, same: list[Row]) -> set[str]:
        codes = {row["case_id"] for row in same}
        leads = [row for row in self.world.assignments if row["role"] == "lead" and row["case_id"] in codes]
        return {row["unit_id"] for row in leads if self.had(row["closed_at"])} - {None}

    def people(self, same: list[Row]) -> int:
        told: dict[str, int] = {}
        for row in sorted(same, key=lambda row: (row["received_at"], row["case_id"])):
            told.setdefault(row.get("petitioner_id") or row["case_id"], row["petitioner_count"])
        return sum(told.values())

    def spots(self) -> dict[str, list[Row]]:
        """Spots whistled at three times or more within thirty days."""
        spots: dict[str, list[Row]] = {}
        for row in self.world.whistles:
            off = self.had(row["cancelled_at"]) or self.had(row["ruled_void_at"])
            real = self.had(row["accepted_at"]) and self.had(row["at"]) and not off
            if row["spot_id"] and real and row["at"] > self.as_of - 30 * DAY:
                spots.setdefault(row["spot_id"], []).append(row)
        return {code: blown for code, blown in spots.items() if len(blown) >= 3}

    def behind_spots(self) -> dict[str, str]:
        """The last case behind a whistle at each."""
        found = {}
        for code, blown in self.spots().items():
            known = sorted(
                (row for row in blown if row["case_id"]), key=lambda row: (row["at"], row["whistle_id"])
            )
            found[code] = known[-1]["case_id"] if known else ""
        return found

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────

    def proposed(self) -> list[tuple[Any, frozenset[str], Twin, bool]]:
        """Every open case in order, with its matter, and whether it may stand on the list by itself."""
        found = []
        for code, one in self.open.items():
            why, matter = self.reasons(one), self.matter(code)
            names = {reason[0] for reason in why}
            alone = bool(names - {"overdue_days", "times_at_meeting", "passed"})
            rank = (*_rank(why), -one.standing["severity"], one.case["received_at"], code)
            if why:
                found.append((rank, matter, (code, "", _group(names), why), alone))
        return [*found, *self.left_over({matter for _, matter, _, _ in found})]

    def left_over(self, taken: set[frozenset[str]]) -> list[tuple[Any, frozenset[str], Twin, bool]]:
        """Late items of the last batch without an open case."""
        found = []
        for matter, item in self.late_items().items():
            if DAYS[item["meeting_id"]] == self.last and matter not in taken:
                case = self.whole(item)
                why = [self.of_late(item), ("times_at_meeting", self.meetings(matter) + 1)]
                twin = (case["case_id"] if case else "", "", "supervision", why)
                found.append(((*_rank(why), 0.0, datetime.max, item["item_id"]), matter, twin, True))
        return found

    def candidates(self) -> list[Twin]:
        """Prepared ones in their order, then the others, no matter twice; spots without a case left out."""
        taken: set[frozenset[str]] = set()
        listed: list[Twin] = []
        ranked = sorted(self.proposed(), key=lambda one: one[0])
        best = {matter: twin for _, matter, twin, _ in reversed(ranked)}
        for item in self.prepared():
            matter, case = self.of_item(item), self.whole(item)
            if matter not in taken:
                why = best[matter][3] if matter in best else self.waits(matter)
                listed.append((case["case_id"] if case else "", item["item_id"], item["item_group"], why))
            taken.add(matter)
        for _, matter, twin, alone in ranked:
            if alone and matter not in taken | self.busy():
                listed.append(twin)
                taken.add(matter)
        return listed

    def waits(self, matter: frozenset[str]) -> list[tuple[Any, ...]]:
        first = [one.case["received_at"] for code, one in self.open.items() if self.matter(code) == matter]
        return [("waiting_days", (self.as_of - min(first)).days)] if first else [("by_hand",)]


def _rank(why: list[tuple[Any, ...]]) -> tuple[int, int, float]:
    strongest = why[0] if why else ("severity",)
    return ORDER.index(strongest[0]), -len(why), -float((*strongest[1:], 0)[0])


def _group(names: set[str]) -> str:
    late = names & {"item_late", "item_late_before", "promise_missed", "severity"}
    if late or {"uncured", "overdue_days"} <= names:
        return "supervision"
    if "passed" in names:
        return "consultation"
    return "supervision" if "uncured" in names else "assignment"
