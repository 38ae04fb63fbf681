"""What the league compares: the words of its measures and tiers, and the finding that titles a picture."""

from dataclasses import dataclass

import pandas as pd

from components.labels import letters
from components.terms import term
from components.unit_measures import NAMES
from components.words import N_, _, ngettext

RANKED = ("better", "same", "worse")
LONG = 9.5  # letters of a unit's name that stand in large type


@dataclass(frozen=True)
class Measure:
    """A measure's words, as message ids: its name; the headings of its rate, its base and of k/n."""

    name: str
    rate: str
    base: str
    part: str
    is_bad_high: bool


HEADS = {
    "satisfaction": (N_("Satis-\nfied %"), N_("Rated"), N_("satisfied/rated")),
    "on_time": (N_("On\ntime %"), N_("Due"), N_("on time/due")),
    "response": (N_("Response\n%"), N_("To\nanswer"), N_("answered/due")),
    "resolution": (N_("Solved\n%"), N_("Asked"), N_("resolved/asked")),
    "sent_back": (N_("Sent\nback %"), N_("Done"), N_("sent back/done")),
    "participation": (N_("Took\npart %"), N_("Reached"), N_("rated/reached")),
}
"""Over the columns of a measure: its rate, its base, and k/n. Line breaks are the heading's."""

BAD_HIGH = ("closed_late", "sent_back", "repeats", "returns", "returns_refused")
SIDE = ("on_time", "response", "resolution", "sent_back", "participation")


def measure_of(measure: str) -> Measure:
    """The words of a measure; one that has no headings of its own is called by its name."""
    name = NAMES.get(measure, measure)
    heads = HEADS.get(measure, (name, N_("Cases"), N_("hits/cases")))
    return Measure(name, *heads, is_bad_high=measure in BAD_HIGH)


def is_worse(move: str, measure: Measure) -> bool:
    """Whether a supported change ("up", "down") is one for the worse."""
    return move == ("up" if measure.is_bad_high else "down")


def yardstick(rows: pd.DataFrame) -> tuple[float | None, bool]:
    """The mean that most of the ranked rows were judged by, and whether it is that of 30 days."""
    ranked = rows[rows["tier"] != "few"]
    known = (ranked if len(ranked) else rows).dropna(subset=["mean"])
    if known.empty:
        return None, False
    longer = known["rolling"].astype(bool)
    is_rolling = bool(2 * longer.sum() > len(longer))
    return float(known.loc[longer == is_rolling, "mean"].iloc[0]), is_rolling


def aside(rows: pd.DataFrame, mean: float | None) -> pd.Series:
    """Which rows were judged by another mean than this one."""
    return rows["mean"].notna() & (rows["mean"] != mean)


def mean_label(rate: str, is_rolling: bool) -> str:
    """The name of a line: which mean it is."""
    return _("30 d mean {rate}").format(rate=rate) if is_rolling else _("mean {rate}").format(rate=rate)


def has_before(rows: pd.DataFrame) -> bool:
    """Whether any unit has a case in the period before, to compare with."""
    return bool(rows["before_n"].fillna(0).sum())


def named(group: str, measure: str) -> str:
    """A group and what is compared in it."""
    return _("{group}, {measure}").format(group=term(group), measure=_(measure_of(measure).name).lower())


def finding(rows: pd.DataFrame, group: str, measure: str, whole: bool = True) -> str:
    """Which group, and how many units stand in each tier; ``whole`` also counts those not told apart."""
    subject = term(group) if measure == "satisfaction" and whole else named(group, measure)
    return _("{subject}: {found}").format(subject=subject, found=_found(rows, whole))


def _found(rows: pd.DataFrame, whole: bool) -> str:
    better, same, worse = ((rows["tier"] == tier).sum() for tier in RANKED)
    if not better + same + worse:
        return _("samples too small to rank") if len(rows) else _("nothing to compare")
    said = []
    if better:
        said.append(ngettext("{n} clearly better", "{n} clearly better", better).format(n=better))
    if worse:
        said.append(ngettext("{n} clearly behind", "{n} clearly behind", worse).format(n=worse))
    if same and (whole or not said):
        said.append(ngettext("{n} not told apart", "{n} not told apart", same).format(n=same))
    return listed(said)


def listed(parts: list[str]) -> str:
    """Clauses one after the other."""
    said = parts[0]
    for part in parts[1:]:
        said = _("{before}, {next}").format(before=said, next=part)
    return said


def some(names: list[str], most: int = 3) -> str:
    """Names in a row; beyond ``most``, how many there are in all."""
    shown = _(", ").join(names[:most])
    if len(names) <= most:
        return shown
    return _("{names} and {n} more").format(names=shown, n=len(names) - most)


def is_long(name: str) -> bool:
    """Whether a name needs smaller type, or is shortened where there is little room."""
    return letters(name) > LONG


def shortened(name: str) -> str:
    """A name, its end left off where there is room for a short one only."""
    while is_long(name):
        name = name.removesuffix("…")[:-1] + "…"
    return name


def name_class(name: str) -> str:
    """The classes of a unit's name in a row."""
    return "name cut long" if is_long(name) else "name cut"
