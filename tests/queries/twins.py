"""The slow, obvious twin of every set: one case at a time, in plain Python, straight from the words."""

from datetime import datetime, timedelta
from typing import Any

from queries.overdue_sets import SUPERVISED
from tests.queries.worlds import CHANNELS, Row, World

SMS = ("短信",)
"""Channels of text messages."""


class Seen:
    """One case as it was at the moment."""

    def __init__(self, world: World, case: Row) -> None:
        self.world, self.case, self.as_of = world, case, world.as_of
        self.valid = case["is_valid"] and case["merged_into"] is None
        self.assignments = [row for row in world.assignments if row["case_id"] == case["case_id"]]
        calls = [row for row in world.callbacks if row["case_id"] == case["case_id"]]
        self.calls = [row for row in calls if row["at"] <= self.as_of and row["source"] != "unit"]
        self.held = self._held()

    def had(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.as_of

    def _held(self) -> Row | None:
        leads = [row for row in self.assignments if row["role"] == "lead"]
        sent = [row for row in leads if row["dispatched_at"] is None or self.had(row["dispatched_at"])]
        if not sent:
            return None
        last = max(sent, key=lambda row: row["seq"])
        return None if self.had(last["returned_at"]) or self.had(last["sent_back_at"]) else last

    @property
    def due(self) -> datetime | None:
        """The limit in force; while its citizen is heard it stands still, until it is answered in time."""
        limit, begun = self.limit, None
        if limit is None or (self.had(self.held["closed_at"]) and self.held["closed_at"] <= limit):
            return limit
        start = self.held["dispatched_at"] or datetime.min
        steps = [
            row for row in getattr(self.world, "case_events", []) if row["case_id"] == self.case["case_id"]
        ]
        order = {"hearing_to": 0, "hearing_from": 1}
        taken = [row for row in steps if row["event"] in order and row["at"] <= self.as_of]
        taken.sort(key=lambda row: (row["at"], order[row["event"]]))
        for row in [*taken, {"event": "hearing_to", "at": self.as_of}]:
            if row["event"] == "hearing_from":
                begun = begun or row["at"]
            elif begun:
                if begun <= limit:
                    limit += max(row["at"] - max(begun, start), timedelta(0))
                begun = None
        return limit

    @property
    def limit(self) -> datetime | None:
        """The limit without hearings, with what an extension granted."""
        held = self.held
        if held is None or held["due_at"] is None:
            return None
        asked, longer = held["extension_asked_at"], held["extended_to"]
        in_time = asked is not None and asked <= held["due_at"]
        if (
            in_time
            and self.had(held["extension_approved_at"])
            and longer is not None
            and longer > held["due_at"]
        ):
            return longer
        return held["due_at"]

    @property
    def matter_is_open(self) -> bool:
        if self.case["closed_at"] is None:
            return self.valid and not self.case["stated_closed"]
        return self.valid and self.case["closed_at"] > self.as_of

    @property
    def open(self) -> bool:
        return self.matter_is_open and not (self.held and self.had(self.held["closed_at"]))

    @property
    def answered_at(self) -> datetime | None:
        for moment in (self.held["closed_at"] if self.held else None, self.case["closed_at"]):
            if self.had(moment):
                return moment
        return None

    @property
    def verdict(self) -> str:
        """on_time, late or unknown for an answered case."""
        if self.answered_at is not None and self.due is not None:
            return "on_time" if self.answered_at <= self.due else "late"
        return (self.held or {}).get("stated_verdict") or "unknown"

    @property
    def sent(self) -> bool:
        leads = [row for row in self.assignments if row["role"] == "lead"]
        return self.had(self.case["dispatched_at"]) or any(
            row["dispatched_at"] is None or self.had(row["dispatched_at"]) for row in leads
        )

    @property
    def first_ratings(self) -> list[str]:
        first = [
            row
            for row in self.calls
            if row["reached"] and row["round"] == 1 and row["rated_object"] == "unit"
        ]
        return [row["rating"] for row in first if row["rating"] in ("satisfied", "mostly", "dissatisfied")]


def holds(seen: Seen, set_name: str) -> bool:
    """Whether the case belongs to the set."""
    due, now = seen.due, seen.as_of
    assigned = seen.valid and seen.held is not None
    answered = assigned and not seen.open
    settled = seen.had(seen.case["settled_at"])
    facts: dict[str, Any] = {
        "received": True,
        "calls": CHANNELS.get(seen.case["channel_id"], False),
        "sms": seen.case["channel_id"] in SMS,
        "otherwise": not CHANNELS.get(seen.case["channel_id"], False) and seen.case["channel_id"] not in SMS,
        "valid": seen.valid,
        "invalid": not seen.valid,
        "settled_online": seen.valid and settled,
        "dispatched": seen.valid and not settled and seen.sent,
        "undispatched": seen.valid and not settled and not seen.sent,
        "closed": seen.valid and not seen.matter_is_open,
        "closed_today": seen.valid
        and seen.had(seen.case["closed_at"])
        and seen.case["closed_at"].date() == now.date(),
        "open": seen.open,
        "awaiting_dispatch": seen.matter_is_open and seen.held is None,
        "assigned": assigned,
        "overdue": seen.open and due is not None and due < now,
        "open_overdue": seen.open and due is not None and due < now,
        "due_24h": seen.open and due is not None and now <= due <= now + timedelta(hours=24),
        "due_48h": seen.open and due is not None and now <= due <= now + timedelta(hours=48),
        "open_in_time": seen.open and due is not None and due >= now,
        "closed_on_time": answered and seen.verdict == "on_time",
        "closed_late": answered and seen.verdict == "late",
        "judged": answered and seen.verdict != "unknown",
        "unknown": assigned and (seen.verdict == "unknown" if answered else due is None),
        "answered": seen.valid
        and not settled
        and seen.sent
        and (
            not seen.matter_is_open
            or any(row["role"] == "lead" and seen.had(row["closed_at"]) for row in seen.assignments)
        ),
        "called_back": seen.valid and bool(seen.calls),
        "reached": seen.valid and any(row["reached"] for row in seen.calls),
        "rated": seen.valid and bool(seen.first_ratings),
        "satisfied": seen.valid and bool(seen.first_ratings) and "dissatisfied" not in seen.first_ratings,
        "dissatisfied": seen.valid and "dissatisfied" in seen.first_ratings,
        "sent_back": seen.valid and any(seen.had(row["sent_back_at"]) for row in seen.assignments),
    }
    return bool(facts[set_name])


def known(world: World) -> list[Seen]:
    """Every case that had been received by the moment."""
    return [Seen(world, case) for case in world.cases if case["received_at"] <= world.as_of]


def members(world: World, set_name: str) -> set[str]:
    """The numbers of the cases in the set; those of supervision have a twin of their own."""
    if set_name in {name for name, _, _ in SUPERVISED}:
        from tests.queries.ladder_twins import members as supervised

        return supervised(world, set_name)
    return {seen.case["case_id"] for seen in known(world) if holds(seen, set_name)}
