"""How a whistle speaks: its clock in whole minutes, who is wanted, how far from the limit, where to click."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import html

from components import words
from components.panels import empty, panel
from components.words import N_, _

NAMES = {
    "whistles": N_("In time by unit"),
    "whistles_ratings": N_("Ratings both ways"),
    "whistles_spots": N_("The same spot again"),
    "whistles_towns": N_("Whistles by town"),
}
"""What a panel is called that has nothing to find."""

THERE, LATE = "arrived", "late"


@dataclass(frozen=True)
class Book:
    """The moment, what was agreed of whistles, and where a click leads.

    ``soon`` is the share of a limit left that turns amber, ``least`` the pairs a rate needs to be told,
    ``orders`` those a town needs to be compared, ``days`` those in which a spot is counted. ``listed`` gives
    the list of a set, within filters (unit, other: the town); ``case`` the case behind a whistle, by the
    whistle's code; ``is_told``: the source records whistles at all.
    """

    as_of: datetime
    soon: float
    least: int
    orders: int
    days: int
    listed: Callable[..., str]
    case: Callable[[str], str | None]
    is_told: bool = True


def unrecorded(measure: str, shape: str, note: Any = None) -> html.Section:
    """A panel about whistles where the source records none: that there are none is not known."""
    return panel(_(NAMES[measure]), empty(_("no whistles recorded")), note, measure, shape)


@dataclass(frozen=True)
class Clock:
    """A whistle's clock in minutes: spent (until now, or until the last unit came); limit and last (None: not
    known); late and came: how far beyond the last limit a unit is missing, or came (0: in time); is_told: the
    source says when units arrive.
    """

    spent: float
    limit: float | None
    last: float | None
    late: int
    came: int
    is_whole: bool
    is_told: bool = True

    @property
    def minutes(self) -> int:
        """Spent, as it is said."""
        return int(self.spent)

    @property
    def is_over(self) -> bool:
        """Whether the last limit has passed."""
        return self.is_told and self.last is not None and self.spent > self.last

    @property
    def line(self) -> float | None:
        """The limit that the bar's line stands for: the last one once it has passed; none if untold."""
        if not self.is_told:
            return None
        return self.last if self.is_over else self.limit

    @property
    def past(self) -> int:
        """Minutes past the first limit, the one begun counted; 0 before it."""
        if not self.is_told or self.limit is None or self.spent <= self.limit:
            return 0
        return max(int(self.spent - self.limit), 1)

    @property
    def left(self) -> int:
        return 0 if self.limit is None else max(int(self.limit) - self.minutes, 0)


def wanted(rows: Iterable[Any]) -> list[Any]:
    """The units that still have to come, or came: those ruled out are not waited for."""
    return [row for row in rows if row.state != "ruled_out"]


def clock(rows: Sequence[Any]) -> Clock:
    """The clock of one whistle, from its wanted units: minutes, limit_minutes, last_limit_minutes, state,
    late_minutes, is_told. Of limits that differ the one counts that presses most.
    """
    missing = [row for row in rows if row.state != THERE]
    worst = max(missing or rows, key=_pressing)
    limit, last = known(worst.limit_minutes), known(worst.last_limit_minutes)
    late, came = (
        max((int(row.late_minutes) for row in rows if row.state == state), default=0)
        for state in (LATE, THERE)
    )
    return Clock(float(worst.minutes), limit, last, late, came, not missing, bool(worst.is_told))


def known(minutes: Any) -> float | None:
    return None if words.absent(minutes) else float(minutes)


def _pressing(row: Any) -> tuple[float, float]:
    if words.absent(row.limit_minutes) or not row.limit_minutes:
        return (-1.0, -1.0)
    over = row.minutes - row.last_limit_minutes
    return (max(0.0, 0.0 if words.absent(over) else over), row.minutes / row.limit_minutes)


def is_soon(one: Clock, share: float) -> bool:
    """Nobody is late, and no more than that share of the limit is left, or a soft one has passed."""
    if not one.is_told or one.is_whole or one.late or one.limit is None:
        return False
    return one.limit - one.spent <= share * one.limit


def matter(row: Any) -> str:
    """What it is about, as it may be shown."""
    if getattr(row, "hidden", False):
        return _("(confidential)")
    return words.NOTHING if words.absent(row.matter) or not row.matter else row.matter


def share(part: Any, base: Any) -> float | None:
    """part ÷ base; None where there is nothing to divide by."""
    if words.absent(part) or words.absent(base) or not base:
        return None
    return float(part) / float(base)


def untold() -> str:
    """In place of who is late, where nobody records who came."""
    return _("arrivals not recorded")


def named(names: Sequence[str], most: int = 3) -> str:
    """Names in a row; of more than ``most`` only how many."""
    return _(", ").join(names) if len(names) <= most else ""
