"""The slow, obvious twin of every figure of the look-back (M16): one item at a time."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from tests.builders import DAY
from tests.queries.meeting_worlds import Row, World

DAYS_OF_NO_MEETING = timedelta(days=10)

TICK = timedelta(microseconds=1)


def held(world: World) -> list[Row]:
    """Meetings that take place, in order."""
    kept = [row for row in world.meetings if row["state"] in ("held", "planned")]
    return sorted(kept, key=lambda row: (row["actual_date"], row["nominal_date"]))


def closes(meeting: Row) -> datetime:
    return datetime.combine(meeting["actual_date"], time())


def previous(world: World, meeting: Row) -> Row | None:
    """The meeting held before one."""
    earlier = [row for row in held(world) if row["actual_date"] < meeting["actual_date"]]
    return earlier[-1] if earlier else None


class Item:
    """One item as it was at the moment."""

    def __init__(self, world: World, row: Row) -> None:
        self.world, self.row, self.as_of = world, row, world.as_of
        self.code = row["item_id"]
        self.lead = row["lead_unit_id"] or ""
        self.first = row["first_due_at"] or row["due_at"]
        self.case = self.found(row["case_id"])
        self.batch = self._batch()

    def found(self, code: str | None) -> Row | None:
        return next((case for case in self.world.cases if code and case["case_id"] == code), None)

    def _batch(self) -> Row | None:
        """Its meeting, or the one that went into."""
        known = {row["meeting_id"]: row for row in self.world.meetings}
        own = known.get(self.row["meeting_id"])
        return known[own["merged_into"]] if own and own["state"] == "merged" else own

    def had(self, name: str) -> datetime | None:
        moment = self.row[name]
        return moment if moment is not None and moment <= self.as_of else None

    @property
    def is_assigned(self) -> bool:
        return self.had("assigned_at") is not None

    @property
    def day(self) -> date:
        return self.batch["actual_date"] if self.batch else self.row["assigned_at"].date()

    @property
    def number(self) -> int | None:
        """Of the meeting merged into, else its own."""
        own = next((m for m in self.world.meetings if m["meeting_id"] == self.row["meeting_id"]), None)
        if self.batch and self.batch["number"] is not None:
            return self.batch["number"]
        return own["number"] if own else None

    @property
    def hidden(self) -> bool:
        if not self.row["case_id"]:
            return False
        return self.case is None or self.case["confidentiality"] != "open"

    @property
    def done(self) -> datetime | None:
        return self.had("signoff_applied_at") or self.had("closed_at") or self.had("signed_off_at")

    @property
    def slip(self) -> int | None:
        """The midnights between the promise and its keeping; late is one at least."""
        if self.first is None:
            return None
        midnight, found = datetime.combine(min(self.first, self.ends), time()) - DAY, set()
        while midnight < max(self.first, self.ends) + DAY:
            midnight += DAY
            found.add(midnight)
        if self.late or (self.done and self.done > self.first):
            return max(1, sum(self.first <= one < self.ends + (not self.done) * TICK for one in found))
        return -sum(self.ends + (not self.done) * TICK <= one < self.first for one in found)

    @property
    def ends(self) -> datetime:
        return self.done or self.as_of

    @property
    def promised(self) -> bool:
        return self.first is not None and self.first <= self.as_of

    @property
    def kept(self) -> bool:
        return self.promised and self.done is not None and self.done <= self.first

    @property
    def late(self) -> bool:
        return self.promised and self.done is None

    @property
    def signed(self) -> bool:
        return self.had("signed_off_at") is not None

    @property
    def step(self) -> str:
        for name, moment in (
            ("signed_off", "signed_off_at"),
            ("verified", "verified_at"),
            ("applied", "signoff_applied_at"),
            ("handling", "closed_at"),
        ):
            if self.had(moment):
                return name
        pledged = self.had("pledged_at")
        if pledged is None:
            return "assigned"
        return "pledged" if pledged.date() == self.as_of.date() else "handling"

    @property
    def faults(self) -> list[str]:
        closed, signed = self.had("closed_at"), self.had("signed_off_at")
        known = {unit["unit_id"] for unit in self.world.units}
        found = {
            "no_lead": not self.lead,
            "unknown_lead": bool(self.lead) and self.lead not in known,
            "no_promise": self.first is None,
            "early_promise": self.first is not None and self.first < self.row["assigned_at"],
            "early_signoff": signed is not None and (closed is None or closed > signed),
            "open_case": signed is not None and self.is_case_open,
        }
        return [name for name, holds in found.items() if holds]

    @property
    def is_case_open(self) -> bool:
        if self.case is None or not self.case["is_valid"]:
            return False
        closed = self.case["closed_at"]
        return self.case["stated_closed"] is False if closed is None else closed > self.as_of

    @property
    def helping(self) -> list[str]:
        codes = [code.strip() for code in (self.row["assist_unit_ids"] or "").split(",")]
        return [code for code in codes if code]

    @property
    def assisting(self) -> str:
        names = {unit["unit_id"]: unit["name"] for unit in self.world.units}
        return "、".join(names.get(code, code) for code in self.helping)

    @property
    def rating(self) -> tuple[str, datetime | None]:
        heard = [
            call
            for call in self.world.callbacks
            if self.row["case_id"]
            and call["case_id"] == self.row["case_id"]
            and call["at"] <= self.as_of
            and call["reached"]
            and call["rating"]
            and call["source"] != "unit"
            and call["rated_object"] == "unit"
        ]
        last = max(heard, key=lambda call: (call["at"], call["callback_id"]), default=None)
        return (last["rating"], last["at"]) if last else ("", None)

    def _is_same(self, other: Row) -> bool:
        """The same person and matter, or the same event."""
        mine = self.case
        if mine is None or other["case_id"] == mine["case_id"]:
            return False
        chain = [code for code in (mine["case_id"], mine["first_case_id"]) if code]
        event = mine["cluster_id"] and other["cluster_id"] == mine["cluster_id"]
        return other["first_case_id"] in chain or bool(event)

    @cached_property
    def again(self) -> Row | None:
        """The first request after sign-off that still is open, or came since the last meeting."""
        signed = self.had("signed_off_at")
        closings = [closes(row) for row in held(self.world) if closes(row) < self.as_of]
        since = max(closings, default=self.as_of - DAYS_OF_NO_MEETING)

        def counts(case: Row) -> bool:
            is_over = case["closed_at"] <= self.as_of if case["closed_at"] else bool(case["stated_closed"])
            came = signed is not None and signed < case["received_at"] <= self.as_of
            return came and case["is_valid"] and (case["received_at"] >= since or not is_over)

        found = [case for case in self.world.cases if self._is_same(case) and counts(case)]
        return min(found, key=lambda case: (case["received_at"], case["case_id"]), default=None)

    @property
    def facts(self) -> tuple[Any, ...]:
        """What a row of a list says of it."""
        again, rating = self.again, self.rating
        names = {unit["unit_id"]: unit["name"] for unit in self.world.units}
        return (
            *(self.code, "" if self.hidden else self.row["case_id"] or "", self.number, self.hidden),
            *(self.batch["actual_date"] if self.batch else None, self.lead, names.get(self.lead, self.lead)),
            *(
                ",".join(self.helping),
                self.assisting,
                self.promised,
                self.kept,
                self.first,
                self.step,
                self.row["refused_count"] or 0,
                self.late,
            ),
            *(self.had("closed_at"), self.had("signed_off_at"), *rating, again is not None),
            "" if again is None or again["confidentiality"] != "open" else again["case_id"],
            *(again["received_at"] if again else None, ",".join(self.faults)),
        )


def items(world: World) -> list[Item]:
    """Every item assigned by the moment."""
    found = [Item(world, row) for row in world.meeting_items]
    return [one for one in found if one.is_assigned]


OF_ITEMS: dict[str, Callable[[Item], bool]] = {
    "all": lambda one: True,
    "closed": lambda one: one.had("closed_at") is not None,
    "signed_off": lambda one: one.signed,
    "open": lambda one: not one.signed,
    "unsettled": lambda one: not one.signed or one.again is not None,
    "awaiting": lambda one: one.done is not None and not one.signed,
    "late": lambda one: one.late,
    "promised": lambda one: one.promised,
    "kept": lambda one: one.kept,
    "broken": lambda one: one.promised and not one.kept,
    "unpromised": lambda one: one.first is None,
    "reopened": lambda one: one.again is not None,
    "faulty": lambda one: bool(one.faults),
}

KEYS: dict[str, Callable[[Item], Any]] = {
    "all": lambda one: "",
    "batch": lambda one: one.day.isoformat(),
    "unit": lambda one: one.lead,
    "chair": lambda one: (one.batch["chair_role"] or "") if one.batch else "",
    "owner": lambda one: one.row["owner_post"] or "",
}


def look_back(world: World, last: Row, meeting: Row) -> list[str]:
    """The codes in the order of the look-back: the batch, then all older ones that are not settled."""

    def settled(one: Item) -> bool:
        return one.signed and one.again is None

    found = [one for one in items(world) if one.day < meeting["actual_date"]]
    mine = [one for one in found if last["actual_date"] <= one.day]
    others = [one for one in found if one not in mine]
    mine.sort(key=lambda one: (settled(one), *_worst(one), *_order(one)))
    others.sort(key=_order)
    return [one.code for one in mine] + [one.code for one in others if not settled(one)]


def _worst(one: Item) -> tuple[bool, float]:
    return one.slip is None, -(one.slip or 0)


def _place(one: Item) -> tuple[Any, ...]:
    position = one.row["position"]
    return (position is None, position or 0, one.code)


def _order(one: Item) -> tuple[Any, ...]:
    return (one.day, *_place(one))
