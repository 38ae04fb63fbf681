"""The slow, obvious twin of every measure: one event at a time, in plain Python, from the words of M01–M18.

Nothing here is shared with the queries: working days are walked one by one, limits are written out.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import chinese_calendar

from queries.arguments import MISSING, Scope
from tests.queries.worlds import GROUPS, Row, World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

RESPONSE, RESPONSE_URGENT = 24 * HOUR, 30 * MINUTE
CORRECTION, MATURE = 24 * HOUR, 10 * DAY
REPEAT, REPEAT_OF_PETITION = 30 * DAY, 90 * DAY
SIGN_DAYS, CALLBACK_DAYS = 1, 3

PETITIONS, APART = ("信访事项",), ("行政调解", "执法办案")
"""Legal routes that are watched longer for repeats (M18), and whose ratings are shown apart (M01)."""

PARTLY = 0.5
"""What a partly resolved answer weighs in the base (M04)."""


@dataclass(frozen=True)
class One:
    """An event of a set: its case, and the unit it speaks of."""

    case: Row
    unit: str
    row: Row

    @property
    def event(self) -> str:
        """The event that several cases report, else the case it was merged into, else it is one by itself."""
        return self.case["cluster_id"] or self.case["merged_into"] or self.case["case_id"]


def after_workdays(start: datetime, count: int) -> datetime:
    """24:00 of the count-th working day after the day of the start."""
    day = start.date()
    while count:
        day += DAY
        count -= chinese_calendar.is_workday(day)
    return datetime.combine(day + DAY, time())


def _by_case(rows: list[Row]) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    return found


def _last_lead(rows: list[Row]) -> Row | None:
    leads = [row for row in rows if row["role"] == "lead"]
    return max(leads, key=lambda row: row["seq"]) if leads else None


class Board:
    """A city as one scope sees it."""

    def __init__(self, world: World, scope: Scope) -> None:
        self.world, self.scope, self.now = world, scope, scope.as_of
        self.off = set((scope.without or "").split(","))
        self.cases = {case["case_id"]: case for case in world.cases}
        self.assignments, self.contacts = _by_case(world.assignments), _by_case(world.contacts)
        self.callbacks, self.exclusions = _by_case(world.callbacks), _by_case(world.exclusions)

    # ── moments ──────────────────────────────────────────────────────────────────────────────────────────

    def had(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.now

    def inside(self, moment: datetime | None) -> bool:
        """The event happened in [start, end), and has happened."""
        start, end = self.scope.start, self.scope.end
        if moment is None or moment > self.now:
            return False
        return (start is None or moment >= start) and (end is None or moment < end)

    def ended(self, limit: datetime | None) -> bool:
        """The limit lies in [start, end), and has passed: at the very limit there is still time."""
        return self.inside(limit) and limit != self.now

    # ── cases and assignments ────────────────────────────────────────────────────────────────────────────

    def counts(self, case: Row) -> bool:
        return case["is_valid"] and case["merged_into"] is None

    def led(self) -> list[One]:
        """Lead assignments of valid cases."""
        return [
            One(self.cases[row["case_id"]], row["unit_id"] or "", row)
            for row in self.world.assignments
            if row["role"] == "lead" and self.counts(self.cases[row["case_id"]])
        ]

    def standing(self) -> list[One]:
        """Those not returned and accepted."""
        return [one for one in self.led() if not self.had(one.row["returned_at"])]

    def limit(self, row: Row) -> datetime | None:
        """The limit in force: an extension counts if asked for by the old limit, and approved."""
        first, asked, longer = row["due_at"], row["extension_asked_at"], row["extended_to"]
        if first is None or asked is None or longer is None or not self.had(row["extension_approved_at"]):
            return first
        return max(first, longer) if asked <= first else first

    def closed(self, one: One) -> datetime | None:
        """When the unit closed it; where the source says so only of the case, that."""
        known = [one.row["closed_at"], one.case["closed_at"]]
        return next((moment for moment in known if self.had(moment)), None)

    # ── M03, M05 ─────────────────────────────────────────────────────────────────────────────────────────

    def response_limit(self, one: One) -> datetime | None:
        sent = one.row["dispatched_at"]
        return sent and sent + (RESPONSE if one.case["urgency"] == "normal" else RESPONSE_URGENT)

    def response_due(self) -> list[One]:
        return [one for one in self.standing() if self.ended(self.response_limit(one))]

    def responded(self, one: One) -> bool:
        sent, limit, signed = one.row["dispatched_at"], self.response_limit(one), one.row["signed_at"]
        talks = [
            contact
            for contact in self.contacts[one.case["case_id"]]
            if contact["unit_id"] in (None, one.row["unit_id"])
            and is_talk(contact)
            and sent <= contact["at"] <= limit
        ]
        return signed is not None and signed <= limit and bool(talks)

    def sign_due(self) -> list[One]:
        sent = [one for one in self.standing() if one.row["dispatched_at"] is not None]
        return [one for one in sent if self.ended(after_workdays(one.row["dispatched_at"], SIGN_DAYS))]

    def signed(self, one: One) -> bool:
        limit = after_workdays(one.row["dispatched_at"], SIGN_DAYS)
        acts = (one.row["signed_at"], one.row["return_asked_at"])
        return any(act is not None and act <= limit for act in acts)

    # ── M06, M07, M08 ────────────────────────────────────────────────────────────────────────────────────

    def due(self) -> list[One]:
        def is_due(one: One) -> bool:
            if one.row["due_at"] is None and one.row["stated_verdict"]:
                return self.inside(one.case["received_at"])
            return self.ended(self.limit(one.row))

        return [one for one in self.standing() if is_due(one)]

    def kept(self, one: One) -> bool:
        limit, closed = self.limit(one.row), self.closed(one)
        if limit is None:
            return one.row["stated_verdict"] == "on_time"
        return closed is not None and closed <= limit

    def rework_due(self) -> list[One]:
        return [one for one in self.due() if one.row["round"] > 1]

    def first_due(self) -> list[One]:
        return [one for one in self.standing() if self.ended(one.row["due_at"])]

    def first_kept(self, one: One) -> bool:
        closed = self.closed(one)
        return closed is not None and closed <= one.row["due_at"]

    def reported(self) -> list[One]:
        return [one for one in self.standing() if self.inside(one.row["closed_at"])]

    def reported_late(self, one: One) -> bool:
        limit = self.limit(one.row)
        return limit is not None and one.row["closed_at"] > limit

    def in_hand(self) -> list[One]:
        """Open when the period began, or sent in it: with the unit by its end, and not done before it."""
        start, end = self.scope.start, self.scope.end

        def came(one: One) -> bool:
            # Where the source does not say when it was sent, the unit has had it since it was received.
            sent = one.row["dispatched_at"] or one.case["received_at"]
            return self.had(sent) and (end is None or sent < end)

        def was_open(one: One) -> bool:
            return start is None or one.row["closed_at"] is None or one.row["closed_at"] >= start

        return [one for one in self.standing() if came(one) and was_open(one)]

    def done_in_hand(self, one: One) -> bool:
        return self.inside(one.row["closed_at"])

    # ── M17, M18, M02 by assignment ──────────────────────────────────────────────────────────────────────

    def matured(self) -> list[One]:
        closed = [one for one in self.standing() if one.row["closed_at"] is not None]
        return [one for one in closed if self.inside(one.row["closed_at"] + MATURE)]

    def sent_back_after(self, one: One) -> bool:
        return self.had(one.row["sent_back_at"]) and one.row["send_back_reason"] != "中心差错"

    def watch(self, one: One) -> timedelta:
        """How long a repeat of the case counts: three months after a petition."""
        return REPEAT_OF_PETITION if one.case["legal_route"] in PETITIONS else REPEAT

    def watched(self) -> list[One]:
        closed = [one for one in self.standing() if one.row["closed_at"] is not None]
        final = [one for one in closed if not self.had(one.row["sent_back_at"])]
        return [one for one in final if self.ended(one.row["closed_at"] + self.watch(one))]

    def repeated(self, one: One) -> bool:
        """A valid case of the same person and matter came within those days after the closing."""
        closed, matter = one.row["closed_at"], one.case["first_case_id"] or one.case["case_id"]
        return any(
            case["first_case_id"] == matter and closed < case["received_at"] <= closed + self.watch(one)
            for case in self.world.cases
            if case is not one.case and self.counts(case)
        )

    def sent_in(self) -> list[One]:
        return [one for one in self.led() if self.inside(one.row["dispatched_at"])]

    def returned(self, one: One) -> bool:
        """Asked to be returned, whether or not that was accepted; where that is not recorded, returned."""
        return self.had(one.row["return_asked_at"] or one.row["returned_at"])

    def returns_ruled(self) -> list[One]:
        """Returns asked for and ruled on; one that is accepted was ruled on when it was."""
        asked = [one for one in self.sent_in() if self.returned(one) and one.row["return_ruling"]]
        return [one for one in asked if one.row["returned_at"] is None or self.had(one.row["returned_at"])]

    def return_refused(self, one: One) -> bool:
        return one.row["return_ruling"] == "refused"

    def callback_due(self) -> list[One]:
        first = [one for one in self.standing() if one.row["round"] == 1 and one.row["closed_at"] is not None]
        return [one for one in first if self.ended(after_workdays(one.row["closed_at"], CALLBACK_DAYS))]

    def callback_kept(self, one: One) -> bool:
        closed = one.row["closed_at"]
        limit = after_workdays(closed, CALLBACK_DAYS)
        calls = self.callbacks[one.case["case_id"]]
        return any(call["source"] != "unit" and closed <= call["at"] <= limit for call in calls)

    # ── work passed from unit to unit ────────────────────────────────────────────────────────────────────

    def beside(self, one: One, step: int) -> Row | None:
        """The lead assignment just after (1) or just before (-1) this one, had it been sent by now."""
        leads = [row for row in self.assignments[one.case["case_id"]] if row["role"] == "lead"]
        place = leads.index(one.row) + step
        near = leads[place] if 0 <= place < len(leads) else None
        if near is None or near["unit_id"] == one.row["unit_id"]:
            return None
        return near if self.scope.other in (None, near["unit_id"] or MISSING) else None

    def passed_on(self) -> list[One]:
        """Returned and accepted in the period, and sent to another unit since."""
        back = [(one, self.beside(one, 1)) for one in self.led() if self.inside(one.row["returned_at"])]
        return [one for one, near in back if near and self.had(near["dispatched_at"] or self.now)]

    def passed_in(self) -> list[One]:
        """Sent in the period, after another unit had returned it."""
        sent = [(one, self.beside(one, -1)) for one in self.sent_in()]
        return [one for one, near in sent if near and self.had(near["returned_at"])]

    # ── M01, M02, M04: calls ─────────────────────────────────────────────────────────────────────────────

    def said(self, case_id: str) -> list[Row]:
        """Calls by whom and about whom the rules of counting want them, of any round, in order."""
        about = "centre" if "unit" in self.off else "unit"
        fit = [
            call
            for call in self.callbacks[case_id]
            if self.had(call["at"])
            and call["rated_object"] == about
            and (call["source"] != "unit" or "centre" in self.off)
        ]
        return sorted(fit, key=lambda call: (call["at"], call["callback_id"]))

    def attempts(self, case_id: str) -> list[Row]:
        """Those of the round that the rules want."""
        return [call for call in self.said(case_id) if call["round"] == 1 or "first" in self.off]

    def voice(self, case_id: str) -> Row | None:
        """The one call that counts of a case: the first answer, corrected within a day; or the last."""
        answers = [call for call in self.attempts(case_id) if call["reached"] and call["rating"] is not None]
        if answers and "first" not in self.off:
            answers = [call for call in answers if call["at"] <= answers[0]["at"] + CORRECTION]
        return answers[-1] if answers else None

    def about(self, call: Row) -> str:
        """The unit a call judges: as it says; of the answer it judges; the last lead of its round; of that
        of the case it was merged into."""
        if call["unit_id"]:
            return call["unit_id"]
        mine = self.assignments[call["case_id"]]
        answer = [row["unit_id"] for row in mine if row["assignment_id"] == call["assignment_id"]]
        if answer and answer[0]:
            return answer[0]
        own, parents = ((row or {}).get("unit_id") for row in self.of_the_round(call))
        return own or parents or ""

    def of_the_round(self, call: Row) -> tuple[Row | None, Row | None]:
        """The last lead assignment of the call's round: of its case, and of the one it was merged into."""
        into = self.cases[call["case_id"]]["merged_into"]
        sides = [self.assignments[call["case_id"]], self.assignments[into] if into else []]
        rounds = [[row for row in rows if row["round"] == call["round"]] for rows in sides]
        return _last_lead(rounds[0]), _last_lead(rounds[1])

    def _calls(self, chosen: Callable[[str], Row | None]) -> list[One]:
        """Of requests, also of those merged into another: each was called back for itself."""
        requests = [case for case in self.world.cases if case["is_valid"]]
        pairs = [(case, chosen(case["case_id"])) for case in requests]
        return [One(case, self.about(call), call) for case, call in pairs if call and self.inside(call["at"])]

    def heard(self) -> list[One]:
        return self._calls(self.voice)

    def tried(self) -> list[One]:
        return self._calls(lambda case_id: next(iter(self.attempts(case_id)), None))

    def got_through(self, one: One) -> bool:
        return any(call["reached"] for call in self.attempts(one.case["case_id"]))

    def took_part(self, one: One) -> bool:
        return one.row["rating"] in ("satisfied", "mostly", "dissatisfied")

    def is_excluded(self, one: One) -> bool:
        return any(
            self.had(out["approved_at"])
            for out in self.exclusions[one.case["case_id"]]
            if out["callback_id"] in (None, one.row["callback_id"])
        )

    def left_out(self, one: One) -> bool:
        return self.took_part(one) and self.is_excluded(one)

    def standing_ratings(self) -> list[One]:
        """Ratings that no approved exclusion leaves out."""
        ratings = [one for one in self.heard() if self.took_part(one)]
        return [one for one in ratings if "adjudicated" in self.off or not self.is_excluded(one)]

    def counted(self) -> list[One]:
        return [
            one
            for one in self.standing_ratings()
            if "apart" in self.off or one.case["legal_route"] not in APART
        ]

    def apart(self) -> list[One]:
        return [one for one in self.standing_ratings() if one.case["legal_route"] in APART]

    def counted_good(self, one: One) -> bool:
        return self.is_good(one.row)

    def is_good(self, call: Row) -> bool:
        return call["rating"] == "satisfied" or (call["rating"] == "mostly" and "mostly" not in self.off)

    def to_convert(self) -> list[One]:
        """Not satisfied at first, whatever the rules say of first answers, and sent back for rework since."""
        first = Board(self.world, replace(self.scope, without=",".join(sorted(self.off - {"first"})) or None))
        unhappy = [one for one in first.counted() if not self.is_good(one.row)]
        return [one for one in unhappy if self.is_sent_back_since(one)]

    def is_sent_back_since(self, one: One) -> bool:
        into = one.case["merged_into"]
        answers = [*self.assignments[one.case["case_id"]], *(self.assignments[into] if into else [])]
        leads = [row for row in answers if row["role"] == "lead" and self.had(row["sent_back_at"])]
        return any(row["sent_back_at"] >= one.row["at"] for row in leads)

    def converted(self, one: One) -> bool:
        """A later call about a later round found the person satisfied."""
        return any(
            call["reached"] and self.is_good(call) and call["round"] > 1 and call["at"] > one.row["at"]
            for call in self.said(one.case["case_id"])
        )

    def asked(self) -> list[One]:
        return [one for one in self.heard() if one.row["resolved"] in ("yes", "partly", "no")]

    def claims(self, call: Row) -> bool | None:
        """What the unit says of the answer that a call judges; None: it says nothing, or there is none."""
        if call["assignment_id"]:
            mine = {row["assignment_id"]: row for row in self.assignments[call["case_id"]]}
            return mine[call["assignment_id"]]["claims_resolved"]
        own, parents = self.of_the_round(call)
        return (own or parents or {}).get("claims_resolved")

    def claimed_on(self) -> list[One]:
        return [one for one in self.asked() if self.claims(one.row) is not None]

    def claimed_resolved(self, one: One) -> bool:
        return bool(self.claims(one.row))

    def says(self, answer: str) -> Callable[[One], bool]:
        return lambda one: one.row["resolved"] == answer

    # ── exclusions ───────────────────────────────────────────────────────────────────────────────────────

    def exclusion_asked(self) -> list[One]:
        found = []
        for out in self.world.exclusions:
            case = self.cases[out["case_id"]]
            if case["is_valid"] and self.inside(out["proposed_at"]):
                found.append(One(case, self.rated_unit(out), out))
        return found

    def rated_unit(self, out: Row) -> str:
        """The unit the call judges; of a whole case its last lead unit, or its parent's."""
        calls = self.callbacks[out["case_id"]]
        judged = [self.about(call) for call in calls if call["callback_id"] == out["callback_id"]]
        into = self.cases[out["case_id"]]["merged_into"]
        leads = [_last_lead(self.assignments[case_id]) for case_id in (out["case_id"], into) if case_id]
        units = [*judged, *((row or {}).get("unit_id") for row in leads)]
        return next((unit for unit in units if unit), "")

    def approved(self, one: One) -> bool:
        return self.had(one.row["approved_at"])

    def refused(self, one: One) -> bool:
        return self.had(one.row["rejected_at"]) and not self.approved(one)

    def undecided(self, one: One) -> bool:
        return not self.approved(one) and not self.refused(one)


Holds = Callable[[Board, One], bool]

BASES: dict[str, Callable[[Board], list[One]]] = {
    "response_due": Board.response_due,
    "sign_due": Board.sign_due,
    "due": Board.due,
    "rework_due": Board.rework_due,
    "first_due": Board.first_due,
    "reported": Board.reported,
    "in_hand": Board.in_hand,
    "matured": Board.matured,
    "watched": Board.watched,
    "sent_in": Board.sent_in,
    "returns_ruled": Board.returns_ruled,
    "callback_due": Board.callback_due,
    "tried": Board.tried,
    "heard": Board.heard,
    "counted": Board.counted,
    "apart": Board.apart,
    "to_convert": Board.to_convert,
    "asked": Board.asked,
    "claimed_on": Board.claimed_on,
    "exclusion_asked": Board.exclusion_asked,
    "passed_on": Board.passed_on,
    "passed_in": Board.passed_in,
}


def _says(answer: str) -> Holds:
    return lambda board, one: board.says(answer)(one)


PARTS: dict[str, tuple[str, Holds]] = {
    "responded": ("response_due", Board.responded),
    "signed": ("sign_due", Board.signed),
    "kept": ("due", Board.kept),
    "rework_kept": ("rework_due", Board.kept),
    "first_kept": ("first_due", Board.first_kept),
    "reported_late": ("reported", Board.reported_late),
    "done_in_hand": ("in_hand", Board.done_in_hand),
    "sent_back_after": ("matured", Board.sent_back_after),
    "repeated": ("watched", Board.repeated),
    "returned": ("sent_in", Board.returned),
    "returns_refused": ("returns_ruled", Board.return_refused),
    "callback_kept": ("callback_due", Board.callback_kept),
    "got_through": ("tried", Board.got_through),
    "took_part": ("heard", Board.took_part),
    "counted_good": ("counted", Board.counted_good),
    "apart_good": ("apart", Board.counted_good),
    "converted": ("to_convert", Board.converted),
    "claimed_resolved": ("claimed_on", Board.claimed_resolved),
    "left_out": ("heard", Board.left_out),
    "resolved": ("asked", _says("yes")),
    "partly_resolved": ("asked", _says("partly")),
    "unresolved": ("asked", _says("no")),
    "explained": ("heard", _says("explained")),
    "exclusion_approved": ("exclusion_asked", Board.approved),
    "exclusion_refused": ("exclusion_asked", Board.refused),
    "exclusion_open": ("exclusion_asked", Board.undecided),
}
"""Each part, with the base it is a part of."""

OTHERS = {
    "response_late": "responded",
    "sign_late": "signed",
    "broken": "kept",
    "rework_late": "rework_kept",
    "counted_bad": "counted_good",
}
"""What is left of a base without the part named here."""

MEASURED = {
    "satisfaction": "counted_good",
    "satisfaction_apart": "apart_good",
    "on_time": "kept",
    "on_time_original": "first_kept",
    "response": "responded",
    "signing": "signed",
    "resolution": "resolved",
    "claimed": "claimed_resolved",
    "closure": "done_in_hand",
    "closed_late": "reported_late",
    "sent_back": "sent_back_after",
    "rework_on_time": "rework_kept",
    "converted": "converted",
    "repeats": "repeated",
    "returns": "returned",
    "returns_refused": "returns_refused",
    "participation": "took_part",
    "reach": "got_through",
    "callback": "callback_kept",
}
"""The part that each measure counts."""


Book = tuple[Mapping[str, Callable[[Board], list[One]]], Mapping[str, tuple[str, Holds]], Mapping[str, str]]


def happened(world: World, scope: Scope, set_name: str, more: Book = ({}, {}, {})) -> list[One]:
    """The events of a set within the period and the filters of the scope; ``more`` has sets of others."""
    bases, parts, others = ({**own, **added} for own, added in zip((BASES, PARTS, OTHERS), more, strict=True))
    board = Board(world, scope)
    base, holds = parts.get(others.get(set_name, set_name), (set_name, None))
    found = bases[base](board)
    if holds:
        found = [one for one in found if holds(board, one) == (set_name not in others)]
    return [one for one in found if _fits(board, one)]


def _fits(board: Board, one: One) -> bool:
    scope, case = board.scope, one.case
    asked = ((scope.unit, one.unit), (scope.channel, case["channel_id"]), (scope.issue, case["issue"]))
    asked += ((scope.event, case.get("cluster_id")),)
    named = all(value is None or (has or MISSING) == value for value, has in asked)
    # A call has its own reason; of anything else it is asked whether any call of the case gave it.
    calls = [one.row] if "rating" in one.row else board.callbacks[case["case_id"]]
    reasons = {call["reason"] or MISSING for call in calls}
    return named and scope.group in (None, GROUPS.get(one.unit)) and scope.reason in (None, *reasons)


CLOSINGS = [("assignments", "closed_at"), ("cases", "closed_at")]
VERDICTS = [("assignments", "stated_verdict")]
OWN_CLOSINGS = CLOSINGS[:1]

NEEDS: dict[str, list[list[tuple[str, str]]]] = {
    "on_time": [CLOSINGS + VERDICTS],
    "on_time_original": [CLOSINGS],
    "rework_on_time": [CLOSINGS + VERDICTS],
    "response": [[("assignments", "signed_at")]],
    "signing": [[("assignments", "signed_at")]],
    "closure": [OWN_CLOSINGS],
    "closed_late": [OWN_CLOSINGS, [("assignments", "due_at")]],
    "sent_back": [OWN_CLOSINGS, [("assignments", "sent_back_at")]],
    "repeats": [OWN_CLOSINGS, [("cases", "first_case_id")]],
    "returns": [[("assignments", "return_asked_at"), ("assignments", "returned_at")]],
    "reach": [[("callbacks", "at")]],
    "callback": [[("callbacks", "at")]],
}
"""Of each list at least one column must be recorded somewhere, or nothing is known of the measure."""


def is_talk(contact: Row) -> bool:
    return contact["reached"] and contact["mode"] != "message"


def is_known(world: World, name: str) -> bool:
    if name == "response" and not any(map(is_talk, world.contacts)):
        return False
    return all(
        any(row[column] is not None for table, column in some for row in getattr(world, table))
        for some in NEEDS.get(name, [])
    )


Sums = tuple[float, int, float, int, int]


def sums(world: World, scope: Scope, name: str) -> dict[str, Sums]:
    """Per unit the sums of a measure: worth, events of the base, what they weigh, different events, hits.

    With the standard rulebook each hit is worth one.
    """
    if not is_known(world, name):
        return {}
    midnight = datetime.combine(scope.as_of, time())
    is_over = scope.end is not None and scope.end <= midnight
    settled = replace(scope, unit=None, group=None, as_of=midnight if is_over else scope.as_of)
    base, holds = PARTS[MEASURED[name]]
    by_unit: dict[str, list[One]] = defaultdict(list)
    for one in happened(world, settled, base):
        by_unit[one.unit].append(one)
    board = Board(world, settled)
    return {
        unit: (
            float(sum(holds(board, one) for one in ones)),
            len(ones),
            sum(_weight(one, name) for one in ones),
            len({one.event for one in ones}),
            sum(holds(board, one) for one in ones),
        )
        for unit, ones in by_unit.items()
    }


def _weight(one: One, name: str) -> float:
    return PARTLY if name == "resolution" and one.row["resolved"] == "partly" else 1.0
