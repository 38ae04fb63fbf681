"""The slow, obvious twin of who will be late: one card a limit of a past assignment, compared one by one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from tests.queries.twins import Seen
from tests.queries.worlds import Row, World

LEAST, DAYS = 30, 180

HOUR, MONDAY = timedelta(hours=1), datetime(2018, 1, 1)

Group = tuple[str, str]


@dataclass(frozen=True)
class Card:
    """A limit: until the answer or the last look (waited), until it was over one way or another (ran)."""

    unit: str
    kind: str
    waited: float
    answered: bool
    ran: float
    over: bool


@dataclass(frozen=True)
class Foretold:
    """What is said of an open case."""

    unit: str
    due_at: datetime
    chance: float | None
    meeting: float | None
    n: int
    basis: str


class Past:
    """What a patient clerk knew at the midnight before a moment."""

    def __init__(self, world: World, as_of: datetime) -> None:
        self.at, self.world = datetime.combine(as_of, time()), world
        self.cases = {case["case_id"]: case for case in world.cases}
        self.leads: dict[str, list[Row]] = {}
        for row in world.assignments:
            if row["role"] == "lead":
                self.leads.setdefault(row["case_id"], []).append(row)
        sent = [row["dispatched_at"] for row in world.assignments if row["dispatched_at"]]
        self.is_sent_told = any(at < self.at for at in sent)
        rows = [row for row in world.assignments if self._counts(row)]
        self.answered = Counter(week_hour(end) for end, answered in map(self.end, rows) if answered)
        self.hours = [0.0]
        self.cards = [card for row in rows for card in self._cards(row)]
        self.of = cache(self._of)
        self.steps = cache(self._steps)

    def had(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.at

    def counted(self, at: datetime) -> float:
        """Hours since a Monday, each worth what was answered in that hour of the week, and a little more."""
        while MONDAY + HOUR * (len(self.hours) - 1) <= at:
            hour = week_hour(MONDAY + HOUR * (len(self.hours) - 1))
            self.hours.append(self.hours[-1] + self.answered[hour] + LEAST / 7)
        whole, rest = divmod(at - MONDAY, HOUR)
        return self.hours[whole] + (self.hours[whole + 1] - self.hours[whole]) * (rest / HOUR)

    def gone(self, begun: datetime, at: datetime, due: datetime) -> float:
        """How much of the time from begin to limit is over, as hours count."""
        first = self.counted(begun)
        return round((self.counted(at) - first) / (self.counted(due) - first), 9)

    def _counts(self, row: Row) -> bool:
        case = self.cases[row["case_id"]]
        sent = row["dispatched_at"] if self.is_sent_told else case["received_at"]
        recent = sent is not None and self.at - timedelta(days=DAYS) <= sent < self.at
        recent = recent and self.had(case["received_at"])
        return bool(recent and row["role"] == "lead" and row["due_at"] and is_valid(case))

    def _cards(self, row: Row) -> Iterator[Card]:
        begun, unit, what = begin(row, self.cases), row["unit_id"] or "-", kind(row, self.cases)
        end, answered = self.end(row)
        last = limit(row, self.at)
        longer = row["extension_approved_at"] if last > row["due_at"] else None
        if row["due_at"] > begun and end >= begun:
            extended = longer is not None and longer <= end
            ran = min(longer, row["due_at"]) if longer and extended else end
            waited, ran_share = (self.gone(begun, at, row["due_at"]) for at in (end, ran))
            yield Card(unit, what, waited, answered, ran_share, answered or extended)
        if longer and last > begun and end >= begun:
            waited = self.gone(begun, end, last)
            yield Card(unit, f"{what} +", waited, answered, waited, answered)

    def end(self, row: Row) -> tuple[datetime, bool]:
        """When the unit was done with it, or it was last seen; and whether by an answer."""
        answers = [at for at in (row["closed_at"], self.cases[row["case_id"]]["closed_at"]) if self.had(at)]
        lefts = [row["returned_at"]] if self.had(row["returned_at"]) else []
        if not lefts and not self.had(row["closed_at"]):
            later = [other for other in self.leads[row["case_id"]] if other["seq"] > row["seq"]]
            after = [other["dispatched_at"] for other in later if self.had(other["dispatched_at"])]
            lefts = [row["sent_back_at"]] if self.had(row["sent_back_at"]) else after
        end = min([*answers[:1], *lefts, self.at])
        return end, bool(answers) and answers[0] <= end

    def _of(self, group: Group) -> list[Card]:
        unit, what = group
        return [card for card in self.cards if unit in ("", card.unit) and what in ("", card.kind)]

    def answers(self, group: Group) -> int:
        return sum(card.answered for card in self.of(group))

    def _steps(self, group: Group, missing: bool) -> list[tuple[float, float]]:
        """Lengths, and the share not over after each: of those at risk then, the part that was not over."""
        ends = [(card.ran, card.over) if missing else (card.waited, card.answered) for card in self.of(group)]
        left, steps = 1.0, [(0.0, 1.0)]
        for at in sorted({length for length, is_over in ends if is_over}):
            left *= 1 - ends.count((at, True)) / sum(length >= at for length, _ in ends)
            steps.append((at, left))
        return steps

    def left(self, group: Group, after: float, missing: bool) -> float:
        return [left for at, left in self.steps(group, missing) if at <= after][-1]

    def groups(self, unit: str, what: str) -> dict[str, Group]:
        """The groups a case is compared with, the widest first."""
        narrow = {"kind": ("", what), "unit": (unit, what)}
        return {"all": ("", "")} | {b: group for b, group in narrow.items() if self.answers(group) >= LEAST}

    def chance(self, groups: list[Group], now: float, then: float, missing: bool) -> float | None:
        found = None
        for group in groups:
            seen = sum((card.ran if missing else card.waited) > now for card in self.of(group))
            own = self.left(group, then, missing) / self.left(group, now, missing) if seen else 0.0
            if group == ("", ""):
                found = own if seen else None
            elif found is not None:
                found = (own * seen + LEAST * found) / (seen + LEAST)
        return found

    def foretold(self, row: Row, as_of: datetime, cutoff: datetime | None) -> Foretold:
        """What is said at the moment of a case this assignment holds."""
        begun, due, unit = begin(row, self.cases), limit(row, as_of), row["unit_id"] or "-"
        if due <= begun:
            return Foretold(unit, due, None, None, 0, "")
        named = self.groups(unit, kind(row, self.cases) + " +" * (due > row["due_at"]))
        groups, now = list(named.values()), self.gone(begun, as_of, due)
        chance, n = self.chance(groups, now, 1.0, missing=True), self.answers(groups[-1])
        if chance is None or not n:
            return Foretold(unit, due, None, None, 0, "")
        then = max(now, self.gone(begun, cutoff, due)) if cutoff else None
        meeting = None if then is None else self.chance(groups, now, then, missing=False)
        return Foretold(unit, due, None if due < as_of else chance, meeting, n, list(named)[-1])


def foretold(past: Past, as_of: datetime, cutoff: datetime | None) -> dict[str, Foretold]:
    """What is said at the moment of every open case with a limit, by its number."""
    held = {case: seen(past, case, as_of) for case in past.cases}
    of = {case: one.held for case, one in held.items() if one.had(one.case["received_at"]) and one.open}
    return {case: past.foretold(row, as_of, cutoff) for case, row in of.items() if row and row["due_at"]}


def seen(past: Past, case: str, as_of: datetime) -> Seen:
    """One case as it was at the moment."""
    rows = past.leads.get(case, [])
    return Seen(World(as_of, cases=[past.cases[case]], assignments=rows), past.cases[case])


def became(later: Past, case: str, as_of: datetime) -> bool | None:
    """Whether a case missed the limit it had at the moment, as known later; None: undecided."""
    row = seen(later, case, as_of).held
    assert row is not None
    due, (end, is_answered) = limit(row, as_of), later.end(row)
    if due >= later.at:
        return None
    if limit(row, later.at) > due:
        return False
    return True if end > due else False if is_answered else None


def week_hour(at: datetime) -> int:
    return at.weekday() * 24 + at.hour


def begin(row: Row, cases: dict[str, Row]) -> datetime:
    return row["dispatched_at"] or cases[row["case_id"]]["received_at"]


def kind(row: Row, cases: dict[str, Row]) -> str:
    case = cases[row["case_id"]]
    return row["due_rule"] or f"{case['nature'] or ''} {case['urgency']}"


def limit(row: Row, as_of: datetime) -> datetime:
    """The limit in force: the extension, if asked for in time and approved by now."""
    asked, approved, longer = (row[n] for n in ("extension_asked_at", "extension_approved_at", "extended_to"))
    counts = asked and asked <= row["due_at"] and approved and approved <= as_of
    return longer if counts and longer and longer > row["due_at"] else row["due_at"]


def is_valid(case: Row) -> bool:
    return bool(case["is_valid"]) and case["merged_into"] is None
