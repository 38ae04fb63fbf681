"""The slow, obvious twins of the limits of the field and of extensions (M23, M24): one row at a time.

Limits are written out, working days are walked one by one; nothing here is shared with the queries.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import chinese_calendar

from queries.arguments import Scope
from tests.queries import measure_twins
from tests.queries.measure_twins import DAY, HOUR, MINUTE, PETITIONS, Board, One, after_workdays
from tests.queries.worlds import Row, World

SPOT = {"urban": 30 * MINUTE, "rural": 120 * MINUTE}

MEET, FEEDBACK, FINISH, NOTICE = 3, 7, 21, 15

FACES = ("meeting", "video", "visit")


def after_days(start: datetime, count: int) -> datetime:
    """24:00 of the count-th day; a last day of rest gives way to the next working day."""
    day: date = start.date() + count * DAY
    while not chinese_calendar.is_workday(day):
        day += DAY
    return datetime.combine(day + DAY, time())


def requests(board: Board) -> list[One]:
    """Valid cases, each with the unit that holds it."""
    valid = [case for case in board.world.cases if board.counts(case)]
    return [One(case, holder(board, case), case) for case in valid]


def holder(board: Board, case: Row) -> str:
    """The last lead sent by now, unless it gave the case back or was sent it back."""
    leads = [row for row in board.assignments[case["case_id"]] if row["role"] == "lead"]
    sent = [row for row in leads if row["dispatched_at"] is None or board.had(row["dispatched_at"])]
    last = max(sent, key=lambda row: row["seq"], default=None)
    gone = last is None or board.had(last["returned_at"]) or board.had(last["sent_back_at"])
    return "" if gone or last is None else last["unit_id"] or ""


def within(begin: datetime | None, done: datetime | None, limit: timedelta) -> bool:
    return begin is not None and done is not None and done <= begin + limit


# ── three hours ──────────────────────────────────────────────────────────────────────────────────────────


def record_due(board: Board) -> list[One]:
    def untouched(case: Row) -> bool:
        return not any(board.had(case[name]) for name in ("dispatched_at", "settled_at", "closed_at"))

    return [
        one
        for one in requests(board)
        if board.ended(one.case["received_at"] + HOUR)
        and (one.case["recorded_at"] is not None or untouched(one.case))
    ]


def recorded(_: Board, one: One) -> bool:
    return within(one.case["received_at"], one.case["recorded_at"], HOUR)


def dispatch_due(board: Board) -> list[One]:
    known = [one for one in requests(board) if one.case["recorded_at"] is not None]
    sent = [one for one in known if not board.had(one.case["settled_at"])]
    return [one for one in sent if board.ended(one.case["recorded_at"] + HOUR)]


def dispatched(_: Board, one: One) -> bool:
    return within(one.case["recorded_at"], one.case["dispatched_at"], HOUR)


def section_due(board: Board) -> list[One]:
    sent = [one for one in board.standing() if one.row["dispatched_at"] is not None]
    return [one for one in sent if board.ended(one.row["dispatched_at"] + HOUR)]


def named(_: Board, one: One) -> bool:
    return within(one.row["dispatched_at"], one.row["section_at"], HOUR)


def chain_due(board: Board) -> list[One]:
    first = [one for one in section_due(board) if one.row["seq"] == 1]
    return [one for one in first if one.case["recorded_at"] is not None]


def chained(board: Board, one: One) -> bool:
    return recorded(board, one) and dispatched(board, one) and named(board, one)


# ── on the spot, petitions, promises ─────────────────────────────────────────────────────────────────────


def spot(one: One) -> datetime | None:
    limit = SPOT.get(one.case["area_kind"])
    return one.row["dispatched_at"] + limit if limit and one.row["dispatched_at"] else None


def scene_due(board: Board) -> list[One]:
    critical = [one for one in board.standing() if one.case["urgency"] == "critical"]
    return [one for one in critical if board.ended(spot(one))]


def there(board: Board, one: One) -> bool:
    limit = spot(one)
    return limit is not None and seen(board, one, ("visit",), one.row["dispatched_at"], limit)


def seen(board: Board, one: One, modes: tuple[str, ...], since: datetime, until: datetime) -> bool:
    """The citizen was reached in one of these ways."""
    talks = board.contacts[one.case["case_id"]]
    return any(t["reached"] and t["mode"] in modes and since <= t["at"] <= until for t in talks)


def accepted(one: One) -> datetime:
    received, recorded_at = one.case["received_at"], one.case["recorded_at"]
    near = recorded_at is not None and received <= recorded_at <= received + 7 * DAY
    return recorded_at if near else received


def milestone(days: int) -> Callable[[Board], list[One]]:
    def due(board: Board) -> list[One]:
        first = [one for one in board.standing() if one.case["legal_route"] in PETITIONS]
        mine = [one for one in first if one.case["is_first"] and one.row["round"] == 1]
        return [one for one in mine if board.ended(after_days(accepted(one), days))]

    return due


def met(board: Board, one: One) -> bool:
    return seen(board, one, FACES, one.case["received_at"], after_days(accepted(one), MEET))


def closed_within(days: int) -> Callable[[Board, One], bool]:
    """The unit's own closing; in these cities no step is written down."""

    def kept(_: Board, one: One) -> bool:
        closed = one.row["closed_at"]
        return closed is not None and closed <= after_days(accepted(one), days)

    return kept


def notice_due(board: Board) -> list[One]:
    mine = [one for one in board.standing() if one.case["legal_route"] in PETITIONS]
    first = [one for one in mine if one.row["seq"] == 1]
    return [one for one in first if board.ended(after_days(one.case["received_at"], NOTICE))]


def petition_due(board: Board) -> list[One]:
    return [one for one in board.due() if one.case["legal_route"] in PETITIONS]


def promise_due(board: Board) -> list[One]:
    given = [one for one in requests(board) if one.case["promised_at"] is not None]
    return [one for one in given if board.ended(one.case["promised_due"])]


def answered(board: Board, one: One) -> bool:
    """The first answer since the promise; where there is none, the closing of the case."""
    leads = [row for row in board.assignments[one.case["case_id"]] if row["role"] == "lead"]
    closings = [row["closed_at"] for row in leads if row["closed_at"] is not None]
    since = [at for at in closings if at >= one.case["promised_at"]]
    ended = min(since, default=one.case["closed_at"])
    return ended is not None and ended <= one.case["promised_due"]


# ── extensions ───────────────────────────────────────────────────────────────────────────────────────────


def extension_asked(board: Board) -> list[One]:
    return [one for one in board.led() if board.inside(one.row["extension_asked_at"])]


def at_the_last(_: Board, one: One) -> bool:
    limit, asked = one.row["due_at"], one.row["extension_asked_at"]
    return limit is not None and limit - 24 * HOUR <= asked <= limit


def too_late(_: Board, one: One) -> bool:
    limit = one.row["due_at"]
    return limit is not None and one.row["extension_asked_at"] > limit


def too_often(_: Board, one: One) -> bool:
    return one.row["extension_count"] > 2


def too_long(board: Board, one: One) -> bool:
    limit, longer = one.row["due_at"], one.row["extended_to"]
    if limit is None or longer is None or not board.had(one.row["extension_approved_at"]):
        return False
    before = limit - timedelta(microseconds=1)
    most = after_days(before, 30) if one.row["due_rule"] == "sla.petition" else after_workdays(before, 5)
    return longer > limit and longer > most


# ── tickets: what was carried into the period, done in it, and left ──────────────────────────────────────


def tickets(board: Board) -> list[One]:
    """Valid cases received before the end of the period, not settled by the centre, that a unit was sent."""
    end = board.scope.end
    known = [one for one in requests(board) if board.had(one.case["received_at"])]
    early = [one for one in known if end is None or one.case["received_at"] < end]
    own = [one for one in early if not board.had(one.case["settled_at"])]
    return [one for one in own if was_sent(board, one.case)]


def was_sent(board: Board, case: Row) -> bool:
    leads = [row for row in board.assignments[case["case_id"]] if row["role"] == "lead"]
    moments = [row["dispatched_at"] for row in leads]
    return board.had(case["dispatched_at"]) or any(at is None or board.had(at) for at in moments)


def open_at(board: Board, one: One, moment: datetime | None) -> bool:
    """Not closed before the moment; without one, not closed by now."""
    closed = one.case["closed_at"]
    if closed is None:
        return not one.case["stated_closed"]
    return closed >= moment if moment else closed > board.now


def carried(board: Board) -> list[One]:
    start = board.scope.start
    before = [one for one in tickets(board) if start and one.case["received_at"] < start]
    return [one for one in before if open_at(board, one, start)]


def finished(board: Board) -> list[One]:
    def when(one: One) -> datetime | None:
        is_untimed = one.case["closed_at"] is None and one.case["stated_closed"]
        return one.case["received_at"] if is_untimed else one.case["closed_at"]

    return [one for one in tickets(board) if board.inside(when(one))]


def left(board: Board) -> list[One]:
    end = board.scope.end
    until = end if end and end <= board.now else None
    return [one for one in tickets(board) if open_at(board, one, until)]


BASES: dict[str, Callable[[Board], list[One]]] = {
    "tickets_carried": carried,
    "tickets_done": finished,
    "tickets_left": left,
    "record_due": record_due,
    "dispatch_due": dispatch_due,
    "section_due": section_due,
    "chain_due": chain_due,
    "scene_due": scene_due,
    "meet_due": milestone(MEET),
    "feedback_due": milestone(FEEDBACK),
    "finish_due": milestone(FINISH),
    "notice_due": notice_due,
    "petition_due": petition_due,
    "promise_due": promise_due,
    "extension_asked": extension_asked,
}

KEPT: dict[str, Callable[[Board, One], bool]] = {
    "record": recorded,
    "dispatch": dispatched,
    "section": named,
    "chain": chained,
    "scene": there,
    "meet": met,
    "feedback": closed_within(FEEDBACK),
    "finish": closed_within(FINISH),
    "notice": lambda _board, _one: False,
    "petition": Board.kept,
    "promise": answered,
}

PARTS: dict[str, tuple[str, Callable[[Board, One], bool]]] = {
    **{f"{name}_kept": (f"{name}_due", kept) for name, kept in KEPT.items()},
    "extension_last_hours": ("extension_asked", at_the_last),
    "extension_after_limit": ("extension_asked", too_late),
    "extension_too_many": ("extension_asked", too_often),
    "extension_too_long": ("extension_asked", too_long),
}

OTHERS = {f"{name}_late": f"{name}_kept" for name in KEPT}


def happened(world: World, scope: Scope, set_name: str) -> list[One]:
    """The events of a set of this file, or of `measure_twins`."""
    return measure_twins.happened(world, scope, set_name, (BASES, PARTS, OTHERS))
