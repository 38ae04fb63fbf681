"""What a rule may say: each value is proved usable before the board starts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise
from typing import Any

BASES = ("law", "local", "centre")
LIMIT_UNITS = ("minute", "hour", "day", "workday")
"""Units of a limit in section ``sla``: ``day`` is a natural day."""

Value = int | float | str | time | tuple[int, ...] | tuple[str, ...]


class BadRule(ValueError):
    """A rulebook names a value that cannot be used."""


@dataclass(frozen=True)
class Rule:
    """One value, its unit, what it rests on, and its name in both languages."""

    key: str
    value: Value
    unit: str
    basis: str
    source: str
    name_zh: str
    name_en: str


def checked(rule: Rule, standard: Rule) -> Rule:
    """The rule with its value proved usable; its kind is that of the standard value."""
    for field in ("unit", "basis", "source"):
        if not isinstance(getattr(rule, field), str) or not getattr(rule, field):
            raise BadRule(f"{rule.key}: {field} = {getattr(rule, field)!r} must be a word or a sentence.")
    if rule.basis not in BASES:
        raise BadRule(f"{rule.key}: basis = {rule.basis!r} must be one of {', '.join(BASES)}.")
    if rule.key.startswith("sla.") and rule.unit not in LIMIT_UNITS:
        raise BadRule(f"{rule.key}: unit = {rule.unit!r} must be one of {', '.join(LIMIT_UNITS)}.")
    if not rule.key.startswith("sla.") and rule.unit != standard.unit:
        raise BadRule(f"{rule.key}: unit = {rule.unit!r} must stay {standard.unit!r}.")
    return replace(rule, value=_usable(rule, standard.value))


def _usable(rule: Rule, standard: Value) -> Value:
    value: Any = rule.value
    if rule.unit == "time of day":
        return _time(rule.key, value)
    if rule.unit == "routes":
        return _names(rule.key, value)
    if isinstance(standard, list | tuple):
        return _series(rule.key, value, 28 if rule.unit == "day of month" else None)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0 or value == float("inf"):
        raise BadRule(f"{rule.key} = {value!r}: must be a number above 0 ({rule.unit}).")
    if isinstance(standard, int) and not isinstance(value, int):
        raise BadRule(f"{rule.key} = {value!r}: must be a whole number ({rule.unit}).")
    if rule.unit == "share" and not rule.key.startswith("load.") and value > 1:
        raise BadRule(f"{rule.key} = {value!r}: must be a share between 0 and 1.")
    return value


def _time(key: str, value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadRule(f'{key} = {value!r}: must be a time of day such as "08:30".') from None


def _series(key: str, value: Any, most: int | None) -> tuple[int, ...]:
    numbers = value if isinstance(value, list) else []
    if not numbers or any(type(number) is not int or number < 1 for number in numbers):
        raise BadRule(f"{key} = {value!r}: must be a list of whole numbers from 1.")
    if sorted(set(numbers)) != numbers or (most and numbers[-1] > most):
        upto = f" up to {most}" if most else ""
        raise BadRule(f"{key} = {value!r}: must rise{upto}, without repeats.")
    return tuple(numbers)


def _names(key: str, value: Any) -> tuple[str, ...]:
    """Names as the source writes them; none at all is a choice too."""
    names = value if isinstance(value, list) else [None]
    if any(not isinstance(name, str) or not name.strip() for name in names) or len(set(names)) < len(names):
        raise BadRule(f'{key} = {value!r}: must be a list of names such as ["信访事项"], without repeats.')
    return tuple(names)


RISING = (
    ("load.busy", "load.near", "load.over"),
    ("wait.good", "wait.long"),
    ("whistle.rural", "whistle.rural_last"),
    ("ladder.urge", "ladder.warn"),
    ("opening.start", "opening.end"),
    ("usual.low", "usual.high"),
    ("usual.least", "usual.weekdays"),
    ("ranking.rho_low", "ranking.rho_high"),
)
"""Values that make sense only in this order."""


def check_order(rules: Mapping[str, Rule]) -> None:
    for keys in RISING:
        for low, high in pairwise(keys):
            lower, upper = rules[low].value, rules[high].value
            if not lower < upper:  # type: ignore[operator]
                raise BadRule(f"{low} = {printed(lower)} must be less than {high} = {printed(upper)}.")


def printed(value: Value) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
