"""The demo's dispatch meetings: the calendar with its slides, skips and merges, and who chaired."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from casedb.bulk import Columns
from casedb.demo_plan import Plan
from rules.calendar import CLOSE, Meeting, seed
from rules.words import ChairRole, MeetingState

AHEAD = timedelta(days=32)
"""How far the demo plans meetings beyond its last moment."""

NEXT_NUMBER = 36
"""Number of the first meeting after the demo's last moment."""

POSTPONED = {date(2026, 11, 16): (date(2026, 11, 17), "16日市委全会，顺延一天")}
NOT_HELD = {
    date(2019, 2, 6): "春节假期，停开一次",
    date(2019, 8, 16): "全市防汛，停开一次",
    date(2019, 8, 26): "全市防汛，停开一次",
    date(2026, 5, 6): "市里换届会期，停开一次",
}
BEFORE_THE_FIRST = "调度会尚未开始"
SLIDE = "逢6为休息日，顺延至下一个工作日"


@dataclass(frozen=True)
class Held:
    """A meeting of the demo with its code and its chair."""

    code: str
    number: int | None
    nominal: date
    actual: date
    state: MeetingState
    reason: str | None
    merged_into: str | None
    chair: ChairRole | None


def meetings(plan: Plan, rng: np.random.Generator) -> list[Held]:
    """Every meeting from the plan's first day to a month after its last, in order of the nominal date."""
    listed = seed(plan.start, (plan.until + AHEAD).date(), plan.calendar)
    listed = [_moved(meeting) for meeting in listed]
    takes_place = [m for m in listed if _is_held(plan, m)]
    numbers = _numbers(plan, takes_place)
    chairs = _chairs(plan, [m for m in takes_place if numbers[m.nominal] > 0], rng)
    return [_held(plan, meeting, numbers, chairs) for meeting in listed]


def last_before(plan: Plan) -> date | None:
    """Day of the last meeting before the last moment: from then on some kinds of issue run higher."""
    held = [h.actual for h in meetings(plan, plan.generator(7)) if h.state == MeetingState.HELD]
    return max(held, default=None)


def rows(listed: list[Held]) -> Columns:
    """Rows of the meetings table, a meeting before the one merged into it."""
    ordered = sorted(listed, key=lambda held: (held.merged_into is not None, held.nominal))
    columns = {
        "meeting_id": [held.code for held in ordered],
        "number": [held.number for held in ordered],
        "nominal_date": [held.nominal.isoformat() for held in ordered],
        "actual_date": [held.actual.isoformat() for held in ordered],
        "state": [held.state.value for held in ordered],
        "reason": [held.reason for held in ordered],
        "merged_into": [held.merged_into for held in ordered],
        "chair_role": [held.chair.value if held.chair else None for held in ordered],
    }
    return {name: np.array(values, dtype=object) for name, values in columns.items()}


def _moved(meeting: Meeting) -> Meeting:
    if meeting.nominal not in POSTPONED:
        return meeting
    actual, reason = POSTPONED[meeting.nominal]
    return Meeting(None, meeting.nominal, actual, reason=reason)


def _is_held(plan: Plan, meeting: Meeting) -> bool:
    too_close = meeting.reason == CLOSE and plan.totals is None
    return meeting.nominal not in NOT_HELD and not too_close


def _numbers(plan: Plan, held: list[Meeting]) -> dict[date, int]:
    """The first meeting to come is the 36th; in the published year the last one held is the 30th."""
    past = sum(1 for meeting in held if meeting.actual <= plan.until.date())
    last = plan.totals.meetings if plan.totals else NEXT_NUMBER - 1
    return {meeting.nominal: last - past + place + 1 for place, meeting in enumerate(held)}


def _chairs(plan: Plan, held: list[Meeting], rng: np.random.Generator) -> dict[date, ChairRole]:
    """The secretary chairs nearly half of them; of those to come nobody knows yet."""
    past = [meeting.nominal for meeting in held if meeting.actual <= plan.until.date()]
    by_secretary = plan.totals.by_secretary if plan.totals else round(len(past) * 14 / 30)
    chosen = (
        set(rng.choice(len(past), min(by_secretary, len(past)), replace=False).tolist()) if past else set()
    )
    others = (ChairRole.MAYOR, ChairRole.DEPUTY, ChairRole.MAYOR, ChairRole.DIRECTOR)
    return {
        day: ChairRole.SECRETARY if place in chosen else others[place % len(others)]
        for place, day in enumerate(past)
    }


def _held(plan: Plan, meeting: Meeting, numbers: dict[date, int], chairs: dict[date, ChairRole]) -> Held:
    number = numbers.get(meeting.nominal, 0)
    state, reason, into = MeetingState.PLANNED, meeting.reason or None, None
    if meeting.actual != meeting.nominal and meeting.nominal not in POSTPONED:
        reason = SLIDE
    if meeting.nominal in NOT_HELD:
        state, reason = MeetingState.SKIPPED, NOT_HELD[meeting.nominal]
    elif meeting.nominal not in numbers:
        state, reason, into = MeetingState.MERGED, "与下一次间隔不足5天，并入", _code(meeting.merged_into)
    elif number < 1:
        state, reason = MeetingState.SKIPPED, BEFORE_THE_FIRST
    elif meeting.actual <= plan.until.date():
        state = MeetingState.HELD
    return Held(
        _code(meeting.nominal) or "",
        number if state in (MeetingState.HELD, MeetingState.PLANNED) else None,
        meeting.nominal,
        meeting.actual,
        state,
        reason,
        into,
        chairs.get(meeting.nominal) if state == MeetingState.HELD else None,
    )


def _code(nominal: date | None) -> str | None:
    return f"M{nominal:%Y%m%d}" if nominal else None


def begins(held: Held) -> datetime:
    """Meetings begin at nine."""
    return datetime.combine(held.actual, datetime.min.time()) + timedelta(hours=9)
