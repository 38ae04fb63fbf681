"""A whistle and a unit it called are a pair: by which limit it is due, whether it counts, and was kept (M15).

Conditions over BLOWN (the whistles) and CALLED (the summons), each reading only what was known at the moment.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Integer, and_, case, false, func, or_

from casedb.tables import summons, whistles
from queries.arguments import EARLIEST
from queries.feeds import recorded
from queries.holding import Condition, by, not_by, unindexed
from queries.later import later
from rules.deadlines import arrival
from rules.rulebook import load
from rules.words import AreaKind, ArrivalProof

BLOWN, CALLED = whistles, summons

PAIR = CALLED.join(BLOWN, BLOWN.c.whistle_id == CALLED.c.whistle_id)
"""A summons without its whistle has neither clock nor town: it is counted among the faults of the data."""


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────


def first_limit() -> ColumnElement[datetime]:
    """The limit, which may be soft: as stated, else reckoned; empty where the kind of place is not known."""
    return func.coalesce(CALLED.c.due_at, _reckoned(is_last=False), CALLED.c.last_due_at)


def last_limit() -> ColumnElement[datetime]:
    """The limit beyond which a unit is late: the first one where that is not soft."""
    return func.coalesce(CALLED.c.last_due_at, CALLED.c.due_at, _reckoned(is_last=True))


def _reckoned(is_last: bool) -> ColumnElement[datetime]:
    """From acceptance, by the place of the incident."""
    ends = [(kind.value, later(BLOWN.c.accepted_at, _minutes(kind, is_last))) for kind in AreaKind]
    return case(*((BLOWN.c.area_kind == kind, end) for kind, end in ends))


def _minutes(kind: AreaKind, is_last: bool) -> float:
    soft, last = arrival(EARLIEST, kind)
    return ((last if is_last and last else soft) - EARLIEST) / timedelta(minutes=1)


# ── a whistle ────────────────────────────────────────────────────────────────────────────────────────────


def is_accepted(as_of: datetime) -> Condition:
    """Blown and accepted: the clock runs. Before that nothing is known of a whistle."""
    return and_(BLOWN.c.at <= as_of, BLOWN.c.accepted_at <= as_of)


def is_under_way(as_of: datetime) -> Condition:
    """Accepted, and neither signed off, withdrawn nor ruled unnecessary.

    Found by the index on signing off: nearly all whistles were blown before now, few are not signed off.
    """
    over = (BLOWN.c.closed_at, BLOWN.c.cancelled_at, BLOWN.c.ruled_void_at)
    known = and_(unindexed(BLOWN.c.at, as_of) <= as_of, BLOWN.c.accepted_at <= as_of)
    return and_(known, *(not_by(end, as_of) for end in over))


def is_real(as_of: datetime) -> Condition:
    """Accepted, and neither withdrawn nor ruled unnecessary."""
    off = (BLOWN.c.cancelled_at, BLOWN.c.ruled_void_at)
    return and_(is_accepted(as_of), *(not_by(end, as_of) for end in off))


def is_signed_off(as_of: datetime) -> Condition:
    """Over because the town says so (销哨)."""
    return and_(is_real(as_of), by(BLOWN.c.closed_at, as_of))


# ── a pair ───────────────────────────────────────────────────────────────────────────────────────────────


def tells_arrivals() -> bool:
    """Whether the source ever says that a unit came: where it does not, nobody is known to be late."""
    return recorded(CALLED.c.arrived_at)


def tells_answers() -> bool:
    """Whether the source ever says that a unit answered, set out or came: else nobody is known silent."""
    return any(recorded(CALLED.c[step]) for step in ("answered_at", "departed_at", "arrived_at"))


def is_called(as_of: datetime) -> Condition:
    return CALLED.c.called_at <= as_of


def is_wanted(as_of: datetime) -> Condition:
    """Neither was the whistle void, or withdrawn by the limit, nor is it not the unit's duty."""
    withdrawn_later = BLOWN.c.cancelled_at > last_limit()
    return and_(
        not_by(BLOWN.c.ruled_void_at, as_of),
        not_by(CALLED.c.ruled_out_at, as_of),
        or_(not_by(BLOWN.c.cancelled_at, as_of), withdrawn_later),
    )


def is_there(as_of: datetime) -> Condition:
    return by(CALLED.c.arrived_at, as_of)


def is_proved(as_of: datetime) -> Condition:
    """The arrival rests on more than the unit's own word, which counts once confirmed within its hours.

    Where the source names no proof, nothing says that it is the unit's own word.
    """
    within_hours = CALLED.c.confirmed_at <= later(CALLED.c.arrived_at, load().whistle.confirm * 60)
    return or_(
        CALLED.c.arrival_proof.is_(None),
        CALLED.c.arrival_proof != ArrivalProof.SELF.value,
        and_(CALLED.c.confirmed_at <= as_of, within_hours),
    )


def is_in_time(as_of: datetime) -> Condition:
    """There by the last limit, on whatever proof; at the very limit is on time."""
    return and_(is_there(as_of), CALLED.c.arrived_at <= last_limit())


def is_kept(as_of: datetime) -> Condition:
    """There by the last limit, proved."""
    return and_(is_in_time(as_of), is_proved(as_of))


def is_unconfirmed(as_of: datetime) -> Condition:
    """In time by the unit's own word, which nobody has confirmed: neither kept nor late, however long ago."""
    return and_(is_in_time(as_of), flag(is_proved(as_of)) == 0)


def is_counted(as_of: datetime) -> Condition:
    """Of a pair that fell due: it is beyond doubt whether it was kept or late."""
    return flag(is_unconfirmed(as_of)) == 0 if tells_arrivals() else false()


def is_late(as_of: datetime) -> Condition:
    """Of a pair: its limit has passed, and by then the unit was not there, by its own word either."""
    missed = and_(last_limit() < as_of, flag(is_in_time(as_of)) == 0)
    return missed if tells_arrivals() else false()


def state(as_of: datetime) -> ColumnElement[str]:
    """How it stands with the unit: ruled_out, arrived, late (missing past the last limit), departed, answered
    or called; the first that holds.
    """
    missed = and_(last_limit() < as_of, is_wanted(as_of)) if tells_arrivals() else false()
    return case(
        (by(CALLED.c.ruled_out_at, as_of), "ruled_out"),
        (is_there(as_of), "arrived"),
        (missed, "late"),
        (by(CALLED.c.departed_at, as_of), "departed"),
        (by(CALLED.c.answered_at, as_of), "answered"),
        else_="called",
    )


def flag(condition: Condition) -> ColumnElement[int]:
    """1 where it holds, else 0, also where it cannot be told."""
    return case((condition, 1), else_=0)


def how_many(condition: Condition) -> ColumnElement[int]:
    """Rows of which it holds; 0 without any."""
    return func.coalesce(func.sum(flag(condition)), 0, type_=Integer)
