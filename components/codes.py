"""The word for a code in a column of a question: the same the screens say."""

from collections.abc import Callable, Mapping

from components import (
    alerts,
    filters,
    league_filters,
    league_ledger,
    meeting_items,
    overdue_words,
    steps,
    unit_measures,
    whistle_list,
    whistle_towns,
)
from components.terms import term
from components.words import N_, _

Word = Callable[[str], str]

MOVES = {"up": N_("risen"), "down": N_("fallen"), "level": N_("unchanged")}
COLOURS = {"none": N_("none"), "yellow": N_("yellow"), "orange": N_("orange"), "red": N_("red")}
DIRECTIONS = {"in": N_("passed in"), "out": N_("passed out")}


def word(question: str, column: str, code: str) -> str:
    """What the reader is shown for a text: a code of a closed list in words, every other as it is."""
    known = WORDS.get(f"{question}.{column}") or WORDS.get(column)
    return known(code) if known else code


def _of(names: Mapping[str, str]) -> Word:
    """Words of a list of our own; a code that is not in it is shown as it is."""
    return lambda code: _(names[code]) if code in names else code


def _state(code: str) -> str:
    return filters.state_name(code) if code in filters.STATES else term(code)


def _rules(codes: str) -> str:
    """Rules of counting, joined by commas."""
    return _(", ").join(_of(league_filters.RULES)(code) for code in codes.split(","))


def _tiers(codes: str) -> str:
    """Tiers, oldest first; unknown ones are empty."""
    return _(", ").join(term(code) for code in codes.split(","))


def _condition(code: str) -> str:
    """A condition of the ladder: what its set of cases is called."""
    return filters.set_name(f"rule_{code}") if code else code


WORDS: dict[str, Word] = {
    **dict.fromkeys(("overdue/ladder.rule", "overdue/ladder.next_rule"), _condition),
    "overdue/rung_rules.rule": _condition,
    "overdue/ladder.colour": _of(COLOURS),
    "overdue/stages.stage": overdue_words.stage,
    "league/ledger.state": _of(league_ledger.STATES),
    "units/whistles.state": _of(whistle_list.STANDS),
    "whistles/towns.outside": _of(whistle_towns.OUTSIDE),
    "whistles/list.kind": term,
    **dict.fromkeys(("whistles/list.end", "whistles/day.end"), _of(whistle_list.ENDS)),
    **{f"whistles/{name}.role": _of(whistle_list.ROLES) for name in ("active", "day", "list")},
    "meetings/items.set": meeting_items.said,
    "meetings/close_rates.by": _of(meeting_items.WAYS),
    "meetings/close_rates.name": term,
    "faults": meeting_items.faults,
    **dict.fromkeys(("item_group", "step", "chair_role"), term),
    "state": _state,
    **dict.fromkeys(("stage", "base"), filters.set_name),
    "set": whistle_list.named,
    **dict.fromkeys(("tier", "before_tier", "unit_group", "group", "nature", "urgency", "area_kind"), term),
    **dict.fromkeys(("reasonable", "confidentiality", "rating", "role", "detail", "source"), term),
    **dict.fromkeys(("centre_rating", "own_rating", "resolved"), term),
    "alert": alerts.name,
    "alerts/active.measure": _of(alerts.MEASURES),
    "event": steps.name,
    "measure": unit_measures.name,
    "move": _of(MOVES),
    "direction": _of(DIRECTIONS),
    "recent": _tiers,
    **dict.fromkeys(("without", "variant"), _rules),
}
"""Columns (or arguments) that hold codes of a closed list, some only in one question."""
