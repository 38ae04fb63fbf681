"""Where every open case stands in supervision: reckoned once a moment, shared by figures and lists."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from casedb.tables import escalations, meeting_items
from queries.cache import cached
from queries.feeds import recorded
from queries.meetings_known import SEEN
from queries.overdue_around import sittings
from queries.overdue_facts import grounds, signs
from queries.overdue_lateness import late, open_cases, start
from queries.overdue_open import Columns
from queries.workdays import workdays
from rules import ladder
from rules.deadlines import Moments
from rules.rulebook import load


@cached
def standing(as_of: datetime) -> pd.DataFrame:
    """Every open case, and where it stands: a row a case.

    Columns: those of `lateness`, level (empty: on no rung), rule, since, next_level, next_rule, next_at
    (`ladder.Standing`), milestone_at, milestone (meet, feedback) and whistle_at (when the next milestone of a
    first petition passes that is still to be kept, which one, and the last limit at a whistle), acted_level
    and acted_at (the highest act recorded, and when it was last; to be assigned at a meeting since it came on
    the chair's rung is an act of that rung), is_missed (on D2 or higher beyond the grace without an act of
    that level: ladder.grace, on the chair's rung until the day of the meeting that follows is over; of none
    where the source records no acts).
    """
    found = open_cases(as_of)
    return _placed({**found, **signs(found, as_of)}, as_of)


def standing_of(as_of: datetime, numbers: tuple[str, ...]) -> pd.DataFrame:
    """`standing` of those of these cases that are open, read for them alone."""
    found = grounds(as_of, numbers)
    return _placed({**found, **signs(found, as_of, numbers)}, as_of)


def levels(as_of: datetime, codes: pd.Series, otherwise: pd.Series | None = None) -> pd.Series:
    """The rung each of these cases stands on, read for them alone; empty: on none.

    ``otherwise`` is for those that are not open: empty too where it is not given.
    """
    level = pd.Series(pd.NA, codes.index, "Int64") if otherwise is None else otherwise.astype("Int64")
    if codes.empty:
        return level
    found = standing_of(as_of, tuple(codes)).set_index("case_id")["level"]
    return level.mask(codes.isin(found.index), codes.map(found).astype("Int64"))


def _placed(found: Columns, as_of: datetime) -> pd.DataFrame:
    """The facts, and where each case stands by them."""
    meetings, now = _sittings(found, as_of), np.datetime64(as_of, "us")
    stands = _stand(found, meetings[0], as_of)
    acted, acted_at = _acts(found, stands)
    placed = {
        "acted_level": _whole(acted),
        "acted_at": acted_at,
        "level": _whole(stands.level),
        "rule": stands.rule,
        "since": stands.since,
        "next_level": _whole(stands.next_level),
        "next_rule": stands.next_rule,
        "next_at": stands.next_at,
        "milestone_at": found["milestone"],
        "milestone": np.where(np.isnat(found["milestone"]), "", found["milestone_kind"]),
        "whistle_at": found["whistle_late"],
        "is_missed": _is_missed(stands, acted, meetings, now),
    }
    return pd.DataFrame({**late(found, as_of), **placed})


def _sittings(found: Columns, as_of: datetime) -> tuple[Moments, Moments]:
    """The meetings any of the cases may come before: when their figures close, and when their day is over."""
    first = found["received_at"].min().item() if len(found["received_at"]) else as_of
    return sittings(first - SEEN, as_of + SEEN)


def _stand(found: Columns, cutoffs: Moments, as_of: datetime) -> ladder.Standing:
    recorded = {name: found[name] for name in ladder.RECORDED}
    begun = ladder.begins(recorded, found["due_at"], start(found), found["is_group"], workdays())
    return ladder.stand(begun, found["opened"], cutoffs, as_of)


def _acts(found: Columns, stands: ladder.Standing) -> tuple[np.ndarray, Moments]:
    """The highest act and when it was last; on the chair's rung a meeting acts that assigns the case."""
    level, at, chair = found["acted_level"], found["acted_at"], ladder.CHAIRED
    chaired = (stands.level == chair) & (found["assigned_at"] >= stands.since) & (level <= chair)
    last = np.where(level == chair, np.fmax(at, found["assigned_at"]), found["assigned_at"])
    return np.where(chaired, chair, level), np.where(chaired, last, at)


def _is_missed(
    stands: ladder.Standing, acted: np.ndarray, meetings: tuple[Moments, Moments], now: np.datetime64
) -> np.ndarray:
    """Supervised for longer than the grace, and nobody has acted on that rung or a higher one.

    Where no act is ever recorded, none was missed for all anybody knows.
    """
    grace = np.timedelta64(timedelta(hours=load().ladder.grace))
    over = _following(stands.since, *meetings) <= now
    waited = np.where(stands.level == ladder.CHAIRED, over, stands.since < now - grace)
    known = np.where(
        stands.level == ladder.CHAIRED, acts_known(ladder.CHAIRED), acts_known(ladder.SUPERVISED)
    )
    return (stands.level >= ladder.SUPERVISED) & (acted < stands.level) & waited & known


def acts_known(level: int) -> bool:
    """Whether the source records at all what is done on a rung; on the chair's a meeting may assign."""
    by_chair = level == ladder.CHAIRED and recorded(meeting_items.c.assigned_at)
    return by_chair or recorded(escalations.c.at)


def _following(since: Moments, cutoffs: Moments, ends: Moments) -> Moments:
    """When the day of the first meeting is over whose figures have what came by then; NaT: none is known."""
    return np.append(ends, ladder.NEVER)[np.searchsorted(cutoffs, since)]


def _whole(levels: np.ndarray) -> pd.arrays.IntegerArray:
    """Levels as whole numbers, empty where there is none."""
    return pd.arrays.IntegerArray(levels.astype("int64"), levels < 0)
