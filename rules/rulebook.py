"""What the centre has agreed: the values of rulebook.toml, checked when they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

from rules.rulechecks import BadRule, Rule, check_order, checked, printed

__all__ = ["BadRule", "Rule", "Rulebook", "load", "use"]

HERE = Path(__file__).with_name("rulebook.toml")

CHANGEABLE = ("value", "unit", "basis", "source")


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
        return [{**vars(rule), "value": printed(rule.value)} for rule in self._rules.values()]


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
    check_order(rules)
    return Rulebook(version, rules)


def _standard() -> tuple[str, dict[str, Rule]]:
    tables = _parsed(HERE)
    rules = {
        f"{section}.{name}": Rule(key=f"{section}.{name}", **fields)
        for section, entries in tables.items()
        if section != "version"
        for name, fields in entries.items()
    }
    return tables["version"], {key: checked(rule, rule) for key, rule in rules.items()}


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
            changed[key] = checked(replace(standard[key], **fields), standard[key])
    return changed


def _table(key: str, entries: Any) -> dict[str, Any]:
    if not isinstance(entries, dict):
        raise BadRule(f"{key} = {entries!r}: must be a table with a value, such as [sla.help] value = 3.")
    return entries
