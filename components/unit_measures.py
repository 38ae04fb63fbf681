"""What a measure of a unit is called, and how its k of n is said."""

from typing import Any

from components import words
from components.words import N_, _

NAMES = {
    "satisfaction": N_("Satisfaction"),
    "on_time": N_("On-time rate"),
    "on_time_original": N_("On-time rate, first limit"),
    "response": N_("Response rate"),
    "resolution": N_("Resolution rate"),
    "signing": N_("Signed in time"),
    "closure": N_("Closure rate"),
    "closed_late": N_("Closed late"),
    "sent_back": N_("Rework rate"),
    "repeats": N_("Repeat rate"),
    "returns": N_("Return rate"),
    "participation": N_("Participation"),
    "reach": N_("Reach rate"),
    "callback": N_("Callback rate"),
    "whistles": N_("Arrived in time"),
    "claimed": N_("Resolution rate, unit's word"),
    "returns_refused": N_("Returns refused"),
    "rework_on_time": N_("Rework in time"),
    "converted": N_("Conversion rate"),
    "satisfaction_apart": N_("Satisfaction, kinds apart"),
}


def name(measure: str) -> str:
    """What a measure is called; one we do not know is shown by its code."""
    return _(NAMES[measure]) if measure in NAMES else measure


def count(hits: float) -> str:
    """A count; half a hit (partly resolved) keeps its half."""
    return words.number(hits) if float(hits).is_integer() else words.points(hits)


def fraction(row: Any) -> str:
    """k of the base: where a part weighs half, what the cases weigh, so that the fraction is the rate."""
    return f"{count(row.k)}/{count(getattr(row, 'base', row.n))}"


def is_weighed(row: Any) -> bool:
    """Whether some of the n weigh less than one."""
    return bool(getattr(row, "base", row.n) != row.n)


def unit_of_count(row: Any) -> str:
    """The measure word behind k/n."""
    if row.unit_of_count != "case":
        return _("summons")
    return _("weighed") if is_weighed(row) else _("cases")
