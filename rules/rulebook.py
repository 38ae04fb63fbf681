"""What the centre has agreed: the values of rulebook.toml, checked when they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

HERE = Path(__file__).with_name("rulebook.toml")

BASES = ("law", "local", "centre")
LIMIT_UNITS = ("minute", "hour", "day", "workday")
"""Units of a limit in section ``sla``: ``day`` is a natural day."""

CHANGEABLE = ("value", "unit", "basis", "source")

Value = int | float | str | time | tuple[int, ...]


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


class Rulebook:
    """All rules; a value is read as ``book.load.busy``, the whole rule as ``book.rule("load.busy")``."""

    def __init__(self, version: str, rules: Mapping[str, Rule]) -> None:
        self.version = version
        self._rules = MappingProxyType(dict(rules))
        self._sections: dict[str, SimpleNamespace] = {}
        for key, rule in rules.items():
            section, name = key.split(".")
            setattr(self._sections.setdefault(section, SimpleNamespace()), name, rule.value)

    def __getattr__(self, section: str) -> Any:
        try:
            return self.__dict__["_sections"][section]
        except KeyError:
            raise AttributeError(f"The rulebook has no section {section}.") from None

    def rule(self, key: str) -> Rule:
        """One rule by its key, such as ``sla.help``. Raises BadRule."""
        try:
            return self._rules[key]
        except KeyError:
            raise BadRule(f"The rulebook has no rule {key}.") from None

    def rows(self) -> list[dict[str, Any]]:
        """Every rule for a table: key, value, unit, basis, source, name_zh, name_en."""
        return [{**vars(rule), "value": _printed(rule.value)} for rule in self._rules.values()]


def load(path: Path | str | None = None) -> Rulebook:
    """The rulebook in force, or the standard one with what the file at ``path`` changes. Raises BadRule."""
    if path is not None:
        return _read(Path(path))
    return _in_force.get("book") or _read(None)


def use(path: Path | str | None) -> Rulebook:
    """Put the centre's own file in force for the whole process, once, at start. Raises BadRule."""
    _in_force["book"] = _read(None if path is None else Path(path))
    return _in_force["book"]


_in_force: dict[str, Rulebook] = {}


@cache
def _read(path: Path | None) -> Rulebook:
    version, rules = _standard()
    if path is not None:
        own = _parsed(path)
        version = _own_version(own, path)
        rules = {**rules, **_changed(own, rules)}
    _check_order(rules)
    return Rulebook(version, rules)


def _standard() -> tuple[str, dict[str, Rule]]:
    tables = _parsed(HERE)
    rules = {
        f"{section}.{name}": Rule(key=f"{section}.{name}", **fields)
        for section, entries in tables.items()
        if section != "version"
        for name, fields in entries.items()
    }
    return tables["version"], {key: _checked(rule, rule) for key, rule in rules.items()}


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadRule(f"The rulebook {path} cannot be opened: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(f"The rulebook {path} is not valid TOML: {error}.") from error


def _own_version(own: Mapping[str, Any], path: Path | str) -> str:
    if not isinstance(own.get("version"), str):
        raise BadRule(
            f'The rulebook {path} names no version: begin it with a line such as version = "2026-11".'
        )
    return own["version"]


def _changed(own: Mapping[str, Any], standard: Mapping[str, Rule]) -> dict[str, Rule]:
    changed = {}
    for section, entries in own.items():
        if section == "version":
            continue
        for name, fields in _table(section, entries).items():
            key = f"{section}.{name}"
            if key not in standard:
                raise BadRule(f"{key}: the board knows no such rule.")
            unknown = set(_table(key, fields)) - set(CHANGEABLE)
            if unknown:
                raise BadRule(f"{key}: {sorted(unknown)[0]} cannot be set; only {', '.join(CHANGEABLE)} can.")
            changed[key] = _checked(replace(standard[key], **fields), standard[key])
    return changed


def _table(key: str, entries: Any) -> dict[str, Any]:
    if not isinstance(entries, dict):
        raise BadRule(f"{key} = {entries!r}: must be a table with a value, such as [sla.help] value = 3.")
    return entries


def _checked(rule: Rule, standard: Rule) -> Rule:
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


RISING = (
    ("load.busy", "load.near", "load.over"),
    ("wait.good", "wait.long"),
    ("whistle.rural", "whistle.rural_last"),
    ("ladder.urge", "ladder.warn"),
    ("opening.start", "opening.end"),
    ("usual.low", "usual.high"),
    ("usual.least", "usual.weekdays"),
)
"""Values that make sense only in this order."""


def _check_order(rules: Mapping[str, Rule]) -> None:
    for keys in RISING:
        for low, high in pairwise(keys):
            lower, upper = rules[low].value, rules[high].value
            if not lower < upper:  # type: ignore[operator]
                raise BadRule(f"{low} = {_printed(lower)} must be less than {high} = {_printed(upper)}.")


def _printed(value: Value) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
