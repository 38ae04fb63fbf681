"""Which matters go before a dispatch meeting, why, in which group and in which order (P6, 逢6交办).

A reason is a code with its numbers: ``("overdue_days", 31)``. The values beside the codes are rulebook rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from rules.comparison import is_real
from rules.rulebook import load
from rules.words import ItemGroup

Reason = tuple[Any, ...]

STRENGTH = (
    *("item_late", "item_late_before", "overdue_days", "uncured", "group_visit", "promise_missed"),
    *("times_at_meeting", "rounds", "conflict", "passed", "people", "repeats", "whistles", "severity"),
)
"""Reasons, the strongest first: a promise to a meeting broken, a limit, many at the door, then numbers."""

SUPPORTING = frozenset({"overdue_days", "times_at_meeting", "passed"})
"""Reasons that speak for a matter but alone put none before the meeting."""

AT_MEETING = 4
"""The rung of the ladder that is the meeting itself."""

SHOWN = 2
"""Reasons said of a matter in a list."""

GROUPS = tuple(group.value for group in (ItemGroup.SUPERVISION, ItemGroup.ASSIGNMENT, ItemGroup.CONSULTATION))
"""Groups in the order of the meeting: 督办、交办、会商."""

BROKEN = frozenset({"item_late", "item_late_before", "promise_missed", "severity"})
"""Reasons with which somebody has the matter already and is late: it is supervised, not assigned."""


class Found(NamedTuple):
    """What is known of a matter, as its reasons ask it; ``None`` or nought: nothing of the kind.

    ``item_late``: days past the first promise of the last batch's item, ``item_late_before`` of an older one
    (with its number); ``group_visit``: people who came together; ``promise_missed``, ``overdue_days``: whole
    days past; ``uncured``: on D4 since its cutoff; ``meetings``: how often it was assigned; ``rounds``: the
    round it is in; ``channels`` it came by and ``answers`` (units that answered); ``sent`` to so many units
    and ``returned``; ``people``, ``repeats``, ``whistles`` counted; ``severity`` 0 to 100.
    """

    item_late: int | None = None
    item_late_before: int | None = None
    batch: int | None = None
    group_visit: int = 0
    promise_missed: int | None = None
    uncured: bool = False
    overdue_days: int | None = None
    meetings: int = 0
    rounds: int = 0
    channels: int = 0
    answers: int = 0
    sent: int = 0
    returned: int = 0
    people: int = 0
    repeats: int = 0
    whistles: int = 0
    severity: float = 0.0


def reasons(found: Found) -> list[Reason]:
    """Every reason that holds, the strongest first."""
    book = load()
    holds: dict[str, tuple[bool, Sequence[int | None]]] = {
        "item_late": (found.item_late is not None, (found.item_late,)),
        "item_late_before": (found.item_late_before is not None, (found.item_late_before, found.batch)),
        "overdue_days": (found.overdue_days is not None, (found.overdue_days,)),
        "uncured": (found.uncured, ()),
        "group_visit": (found.group_visit > 0, (found.group_visit,)),
        "promise_missed": (found.promise_missed is not None, (found.promise_missed,)),
        "times_at_meeting": (found.meetings > 0, (found.meetings + 1,)),
        "rounds": (found.rounds >= book.meeting.rounds, (found.rounds,)),
        "conflict": (_conflict(found), (found.channels, found.answers)),
        "passed": (_passed(found), (found.sent, found.returned)),
        "people": (found.people >= book.meeting.people, (found.people,)),
        "repeats": (found.repeats >= book.meeting.repeats, (found.repeats, book.repeat.hotline)),
        "whistles": (found.whistles >= book.whistle.repeats, (found.whistles, book.whistle.repeat_days)),
        "severity": (found.severity >= book.meeting.severity, (int(found.severity),)),
    }
    return [(code, *holds[code][1]) for code in STRENGTH if holds[code][0]]


def _conflict(found: Found) -> bool:
    """It came in by several channels, and several units have answered it."""
    return found.channels >= load().alert.channels and found.answers > 1


def _passed(found: Found) -> bool:
    """Sent to and fro: nobody takes it."""
    return found.returned >= load().ladder.raise_returns or found.sent >= load().ladder.raise_transfers


def with_surge(why: Sequence[Reason], now: int, days: float, before: int, days_before: float) -> list[Reason]:
    """The reasons in order, with a rise of the reports beyond chance: a day now, and in the period before."""
    ordered = sorted(why, key=_place)
    if not is_real(now, days, before, days_before) or now / days <= before / days_before:
        return ordered
    surge = ("surge", round(now / days, 1), round(before / days_before, 1))
    stronger = sum(_place(reason) < STRENGTH.index("people") for reason in ordered)
    return [*ordered[:stronger], surge, *ordered[stronger:]]


def _place(reason: Reason) -> int:
    return STRENGTH.index(reason[0]) if reason[0] in STRENGTH else len(STRENGTH)


def is_candidate(why: Iterable[Reason]) -> bool:
    """Whether one of the reasons alone puts the matter before the meeting."""
    return any(reason[0] not in SUPPORTING for reason in why)


def group(why: Iterable[Reason]) -> str:
    """督办 where somebody has it and is late, 会商 where nobody takes it, else 交办."""
    codes = {reason[0] for reason in why}
    if codes & BROKEN or {"uncured", "overdue_days"} <= codes:
        return ItemGroup.SUPERVISION.value
    if "passed" in codes:
        return ItemGroup.CONSULTATION.value
    return ItemGroup.SUPERVISION.value if "uncured" in codes else ItemGroup.ASSIGNMENT.value


def rank(why: Sequence[Reason]) -> tuple[int, int, float]:
    """The lower, the earlier: by the strongest reason, then by how many there are, then by how much."""
    strongest = why[0] if why else ("", 0)
    place = STRENGTH.index(strongest[0]) if why else len(STRENGTH)
    amount = next((float(value) for value in strongest[1:] if value is not None), 0.0)
    return place, -len(why), -amount


def matters(ties: Iterable[tuple[str, str | None, str | None]]) -> dict[str, str]:
    """Which matter each case belongs to, of cases with their first case and their event; a case may recur.

    Cases of one chain (同人同事) and of one event (同事异人) are the same matter, however they hang together.
    It is named after its event, else after the first case of the chain; of several after the first by name.
    """
    rows = [(f"case {case}", f"case {first or case}", f"event {event}") for case, first, event in ties]
    names = sorted({name for row in rows for name in row if name != "event None"})
    place = {name: number for number, name in enumerate(names)}
    pairs = [(place[a], place[b]) for a, *others in rows for b in others if b in place]
    found = _joined(pairs, len(names))
    called: dict[int, str] = {}
    roots = {row[1] for row in rows}
    for name in sorted(names, key=lambda name: (not name.startswith("event "), name not in roots, name)):
        called.setdefault(found[place[name]], name.split(" ", 1)[1])
    return {row[0].removeprefix("case "): called[found[place[row[0]]]] for row in rows}


def _joined(pairs: Sequence[tuple[int, int]], size: int) -> Mapping[int, int] | Sequence[int]:
    if not pairs:
        return range(size)
    first, second = zip(*pairs, strict=True)
    ties = coo_array(([1] * len(pairs), (first, second)), shape=(size, size))
    labels: Sequence[int] = connected_components(ties, directed=False)[1].tolist()
    return labels
