"""The slow, obvious twin of the ladder: one case at a time, in plain Python, from its words (2.5, M09)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from math import exp
from typing import Any

from rules import deadlines, ladder
from rules.deadlines import after_workdays
from rules.rulebook import load
from rules.workdays import UnknownYear, WorkCalendar
from tests.queries.twins import Seen, known
from tests.queries.worlds import Row, World

CALENDAR = WorkCalendar()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FACES = ("visit", "meeting", "video")
INSTANT = timedelta(microseconds=1)

AFTER = ("unsigned", "milestone", "overdue", "whistle_late", "over_limit", "over_workdays", "group")

Moment = datetime | None


def or_none(reckon: Callable[[], datetime]) -> Moment:
    """None where the working days are not known."""
    try:
        return reckon()
    except UnknownYear:
        return None


def cutoffs() -> list[datetime]:
    """00:00 of every meeting of the rule, up to the last known year: 逢6, or the next working day."""
    days = [date(2026, 1, 1) + n * DAY for n in range(365)]
    nominal = [day for day in days if day.day in (6, 16, 26)]
    actual = [CALENDAR.next_workday(day) for day in nominal if day <= date(2026, 12, 26)]
    return sorted(datetime.combine(day, datetime.min.time()) for day in actual)


def _reckoned(whistle: Row) -> Moment:
    """The last limit to arrive where none is stated: from acceptance, by the place."""
    minutes = {"urban": 30, "rural": 120}.get(whistle["area_kind"])
    return None if minutes is None else whistle["accepted_at"] + timedelta(minutes=minutes)


class Stood(Seen):
    """An open case on the ladder."""

    def __init__(self, world: World, case: Row) -> None:
        super().__init__(world, case)
        self.leads = self._leads()
        self.start = (self.held or {}).get("dispatched_at") or case["received_at"]

    def rows(self, name: str) -> list[Row]:
        return [row for row in getattr(self.world, name, []) if row["case_id"] == self.case["case_id"]]

    def _leads(self) -> list[Row]:
        leads = [row for row in self.assignments if row["role"] == "lead"]
        sent = [row for row in leads if row["dispatched_at"] is None or self.had(row["dispatched_at"])]
        return sorted(sent, key=lambda row: row["seq"])

    def past(self, moments: list[Moment]) -> list[datetime]:
        return sorted(at for at in moments if at is not None and at <= self.as_of)

    # ── what is recorded ─────────────────────────────────────────────────────────────────────────────────

    @property
    def sent_back(self) -> list[datetime]:
        return self.past([lead["sent_back_at"] for lead in self.leads])

    @property
    def given_back(self) -> list[datetime]:
        return self.past([lead["returned_at"] for lead in self.leads])

    @property
    def units(self) -> list[datetime]:
        """When each unit first got it."""
        first: dict[str, datetime] = {}
        for lead in self.leads:
            at = lead["dispatched_at"] or self.case["received_at"]
            if lead["unit_id"]:
                first[lead["unit_id"]] = min(first.get(lead["unit_id"], at), at)
        return sorted(first.values())

    @property
    def opened(self) -> datetime:
        return max([self.case["received_at"], *self.sent_back])

    @cached_property
    def again(self) -> list[datetime]:
        root = self.case.get("first_case_id") or self.case["case_id"]
        others = [row for row in self.world.cases if (row.get("first_case_id") or row["case_id"]) == root]
        mine = [row for row in others if row["case_id"] != self.case["case_id"] and row["is_valid"]]
        return self.past([row["received_at"] for row in mine])

    def many_repeats(self, moment: datetime) -> bool:
        """So many others within the days before the moment."""
        days = timedelta(days=load().repeat.hotline)
        return sum(moment - days < at <= moment for at in self.again) >= load().ladder.raise_repeats

    @property
    def repeated_since(self) -> Moment:
        """The start of the unbroken stretch up to now; it can only begin at an arrival."""
        begin = None
        for at in self.again:
            later = [moment for moment in self.again if moment >= at]
            ends = [moment + timedelta(days=load().repeat.hotline) for moment in self.again]
            tried = [*later, self.as_of, *(end for end in ends if at <= end <= self.as_of)]
            if begin is None and all(self.many_repeats(moment) for moment in tried):
                begin = at
        return begin

    @property
    def crowded_at(self) -> Moment:
        if self.case["cluster_id"] is None:
            return None
        same = [row for row in self.world.cases if row["cluster_id"] == self.case["cluster_id"]]
        told = [row for row in same if row["is_valid"] and self.had(row["received_at"])]
        people, persons = 0, set()
        for row in sorted(told, key=lambda row: (row["received_at"], row["case_id"])):
            person = row.get("petitioner_id") or row["case_id"]
            people += 0 if person in persons else row.get("petitioner_count", 1)
            persons.add(person)
            if people >= load().ladder.raise_cluster:
                return row["received_at"]
        return None

    @property
    def listed_at(self) -> Moment:
        open_items = [row for row in self.rows("meeting_items") if not self.had(row["signed_off_at"])]
        put = [row[name] for row in open_items for name in ("prepared_at", "assigned_at")]
        return min(self.past(put), default=None)

    @property
    def missing_until(self) -> Moment:
        limits = []
        if not any(one["arrived_at"] for one in getattr(self.world, "summons", [])):
            return None
        for whistle in self.rows("whistles"):
            over = any(self.had(whistle[name]) for name in ("closed_at", "cancelled_at", "ruled_void_at"))
            if not self.had(whistle["accepted_at"]) or over:
                continue
            for one in self.world.summons:
                there = self.had(one["arrived_at"]) or self.had(one["ruled_out_at"])
                if one["whistle_id"] == whistle["whistle_id"] and self.had(one["called_at"]) and not there:
                    limits.append(one["last_due_at"] or one["due_at"] or _reckoned(whistle))
        return min((limit for limit in limits if limit), default=None)

    @property
    def sign_until(self) -> Moment:
        told = any(row["signed_at"] for row in self.world.assignments)
        if (
            not told
            or self.held is None
            or self.held["dispatched_at"] is None
            or self.had(self.held["signed_at"])
        ):
            return None
        limit = or_none(lambda: deadlines.due("sign", self.held["dispatched_at"], CALENDAR))
        asked = self.held["return_asked_at"]
        return None if self.had(asked) and (limit is None or asked <= limit) else limit

    @property
    def milestone_until(self) -> Moment:
        case, world = self.case, self.world
        if not case.get("is_first") or case.get("legal_route") != "信访事项" or self.sent_back:
            return None
        steps = [row for row in self.rows("case_events") if self.had(row["at"])]
        received, recorded = case["received_at"], case.get("recorded_at")
        is_near = recorded is not None and received <= recorded <= received + 7 * DAY
        accepted = recorded if is_near else received
        talks = [
            row
            for row in self.rows("contacts")
            if row["reached"] and row["mode"] in FACES and case["received_at"] <= row["at"]
        ]
        met = any(self.had(row["at"]) for row in talks)
        met = met or sum(row["event"] == "meeting_refused" for row in steps) >= 2
        told = any(row["event"] == "feedback" for row in steps)
        is_told = any(row["event"] == "feedback" for row in getattr(world, "case_events", []))
        limits = []
        if not met and any(row["reached"] and row["mode"] in FACES for row in world.contacts):
            limits.append(or_none(lambda: deadlines.due("meet", accepted, CALENDAR)))
        if not told and is_told:
            limits.append(or_none(lambda: deadlines.due("feedback", accepted, CALENDAR)))
        return min((limit for limit in limits if limit), default=None)

    @property
    def acts(self) -> list[Row]:
        return sorted(
            (row for row in self.rows("escalations") if self.had(row["at"])),
            key=lambda row: (row["level"], row["at"]),
        )

    # ── the ladder ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def begins(self) -> dict[str, Moment]:
        """When each condition begins to hold; None: never by what is known now."""
        due, start, book = self.due, self.start, load().ladder
        length = due - start if due and due > start else None
        late_days = due and or_none(lambda: after_workdays(due - INSTANT, book.raise_workdays, CALENDAR))
        nth = lambda moments, number: moments[number - 1] if len(moments) >= number else None  # noqa: E731
        found = {
            "soon_48": due and max(due - book.warn * HOUR, start),
            "soon_share": due and length and due - book.warn_share * length,
            "soon_24": due and max(due - book.urge * HOUR, start),
            "unsigned": self.sign_until,
            "milestone": self.milestone_until,
            "overdue": due,
            "first_rework": nth(self.sent_back, 1),
            "whistle_late": self.missing_until,
            "over_limit": due and length and due + book.raise_limits * length,
            "over_workdays": late_days,
            "reworks": nth(self.sent_back, book.raise_reworks),
            "transfers": nth(self.units, book.raise_transfers),
            "returns": nth(self.given_back, book.raise_returns),
            "repeats": self.repeated_since,
            "cluster": self.crowded_at,
            "listed": self.listed_at,
            "group": due if self.case.get("is_group") else None,
            "proposed": next((row["at"] for row in self.acts if row["level"] == 5), None),
        }
        return {**found, "uncured": self._uncured(found)}

    def _uncured(self, begins: dict[str, Moment]) -> Moment:
        raised = [one.id for one in ladder.conditions() if one.level == 3]
        holding = [max(begins[name], self.opened) for name in raised if self.holds(name, begins)]
        return next((at for at in cutoffs() if at > min(holding)), None) if holding else None

    def holds(self, name: str, begins: dict[str, Moment]) -> bool:
        begin = begins[name]
        if begin is None or (name.startswith("soon") and self.due < self.as_of):
            return False
        return begin < self.as_of if name in AFTER else begin <= self.as_of

    @cached_property
    def standing(self) -> dict[str, Any]:
        begins, order = self.begins, list(ladder.conditions())
        here = [one for one in order if self.holds(one.id, begins)]
        level = max((one.level for one in here), default=None)
        mine = [one for one in here if one.level == level]
        rule = min(mine, key=lambda one: max(begins[one.id], self.opened), default=None)
        ahead = [one for one in order if begins[one.id] and begins[one.id] >= self.as_of and one not in here]
        higher = [one for one in ahead if one.level > (-1 if level is None else level)]
        following = min(higher[::-1], key=lambda one: begins[one.id], default=None)
        since = rule and max(begins[rule.id], self.opened)
        act = self._last_act(level, since)
        answered = act is not None and level is not None and act["level"] >= level
        waited = since is not None and self._waited_enough(level, since)
        return {
            "level": level,
            "rule": rule.id if rule else "",
            "since": since,
            "next_level": following.level if following else None,
            "next_rule": following.id if following else "",
            "next_at": begins[following.id] if following else None,
            "acted_level": act and act["level"],
            "acted_at": act and act["at"],
            "is_missed": level is not None
            and level >= 2
            and waited
            and not answered
            and self._is_written(level),
            "given_back": len(self.given_back),
            "units": len(self.units),
            "severity": self.severity,
            "citizen_due": self.citizen_due,
        }

    def _is_written(self, level: int) -> bool:
        """Whether the source knows of any act of the kind at all."""
        items, acts = (getattr(self.world, name, []) for name in ("meeting_items", "escalations"))
        assigned = any(row["assigned_at"] for row in items)
        return any(row["at"] for row in acts) or (level == 4 and assigned)

    def _last_act(self, level: int | None, since: Moment) -> Row | None:
        """The highest act, then the latest; before the chair, to be assigned by a meeting is one too."""
        items = [row["assigned_at"] for row in self.rows("meeting_items")]
        asked = [{"level": 4, "at": at} for at in self.past(items) if level == 4 and at >= since]
        acts = [*self.acts, *asked]
        return max(acts, key=lambda row: (row["level"], row["at"]), default=None)

    def _waited_enough(self, level: int | None, since: datetime) -> bool:
        """Before the chair: the day of the next meeting is over whose figures closed with it on the rung."""
        if level != 4:
            return since < self.as_of - load().ladder.grace * HOUR
        meeting = next((at for at in cutoffs() if at >= since), None)
        return meeting is not None and meeting + DAY <= self.as_of

    # ── how late ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def citizen_due(self) -> Moment:
        first = next((lead for lead in self.leads if lead["due_at"]), None)
        if first is None:
            return None
        received, rule = self.case["received_at"], first.get("due_rule") or ""
        if rule.startswith("sla."):
            return or_none(lambda: deadlines.due(rule.removeprefix("sla."), received, CALENDAR))
        return (
            received + (first["due_at"] - first["dispatched_at"])
            if first["dispatched_at"]
            else first["due_at"]
        )

    @property
    def severity(self) -> float:
        if self.due is None or self.due >= self.as_of:
            return 0.0
        limit = (self.due - self.start) / HOUR
        base = 100 * (1 - exp(-((self.as_of - self.due) / HOUR) / limit)) if limit > 0 else 100.0
        recent = [at for at in self.again if at > self.as_of - timedelta(days=load().repeat.hotline)]
        promised = self.case.get("promised_due")
        broken = self.had(self.case.get("promised_at")) and promised is not None and promised < self.as_of
        marks = (
            0.5 * (self.case["urgency"] == "urgent")
            + 1.0 * (self.case["urgency"] == "critical")
            + 0.3 * bool(self.case.get("is_group"))
            + 0.3 * (self.listed_at is not None)
            + 0.2 * min(self.held["round"] - 1, 3)
            + 0.2 * min(len(recent), 3)
            + 0.2 * broken
        )
        return min(100.0, base * (1 + marks))


def stood(world: World) -> dict[str, Stood]:
    """Every open case, by its number."""
    cases = [Stood(world, seen.case) for seen in known(world)]
    return {one.case["case_id"]: one for one in cases if one.open}


def members(world: World, set_name: str) -> set[str]:
    """The numbers of the open cases in a set of supervision."""
    return {code for code, one in stood(world).items() if is_in(one, set_name)}


def is_in(one: Stood, set_name: str) -> bool:
    """Whether an open case belongs to the set."""
    word, _, rest = set_name.partition("_")
    stands, due, now, book = one.standing, one.due, one.as_of, load()
    if word in ("rung", "rule"):
        return stands["level"] == int(rest) if word == "rung" else stands["rule"] == rest
    if word == "missed":
        return stands["is_missed"] and rest in ("", str(stands["level"]))
    if word == "age":
        return due is not None and due < now and _band((now - due) / DAY) == rest
    own = stands["citizen_due"]
    midnight = datetime.combine(now.date() + DAY, datetime.min.time())
    coming = next((at for at in cutoffs() if at.date() > now.date()), None)
    facts = {
        "citizen_overdue": own is not None and own < now,
        "bounced": len(one.given_back) >= book.ladder.raise_returns
        or len(one.units) >= book.ladder.raise_transfers,
        "extended": one.held is not None and one.limit != one.held["due_at"],
        "paused": _is_heard(one),
        "due_tonight": due is not None and now <= due <= midnight,
        "due_by_cutoff": due is not None and coming is not None and now <= due <= coming,
    }
    return facts[set_name]


def _band(days: float) -> str:
    """The number of the first edge that is not passed."""
    return next((str(n) for n, edge in enumerate(load().overdue.edges, 1) if days <= edge), "more")


def _is_heard(one: Stood) -> bool:
    """The last step of a hearing was its beginning; one that ends the moment it begins was none."""
    order = {"hearing_to": 0, "hearing_from": 1}
    steps = [row for row in one.rows("case_events") if row["event"] in order and one.had(row["at"])]
    last = max(steps, key=lambda row: (row["at"], order[row["event"]]), default=None)
    return last is not None and last["event"] == "hearing_from"
