"""The mapping file (TOML): which column of a file feeds which field of the contract. See docs/import.md."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ISO_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")
"""Always understood, after the map's own formats: ISO text is what a true date in Excel is read as."""


class BadMap(Exception):
    """The mapping is wrong; the message is one sentence naming the key."""


@dataclass(frozen=True)
class Condition:
    """True where the cell of ``column`` is one of ``any_of``, or is a number greater than ``above``."""

    column: str
    any_of: tuple[str, ...] = ()
    above: float | None = None


@dataclass(frozen=True)
class Rule:
    """How one field is filled: from columns (one, several joined, or levels) or with a constant."""

    columns: tuple[str, ...] = ()
    is_levels: bool = False
    constant: Any = None
    values: Mapping[str, Any] | None = None
    patterns: tuple[tuple[re.Pattern[str], Any], ...] = ()
    missing: tuple[str, ...] = ()
    date: str = ""
    not_before: str = ""
    when: tuple[Condition, ...] = ()
    is_hashed: bool = False

    def needs(self) -> Iterator[str]:
        """The columns of the file that this rule reads."""
        yield from self.columns
        if self.date:
            yield self.date
        for condition in self.when:
            yield condition.column


@dataclass(frozen=True)
class Map:
    """A mapping file, parsed: rules by table and field, and what holds for every column."""

    name: str
    missing: tuple[str, ...]
    clean: tuple[str, ...]
    times: tuple[str, ...]
    zone: str
    reject: tuple[tuple[Condition, str], ...]
    tables: Mapping[str, Mapping[str, Rule]]
    names: Mapping[str, Mapping[str, Rule]]

    def needs(self) -> Iterator[tuple[str, str]]:
        """Every column of the file that is read, with what needs it."""
        for condition, _ in self.reject:
            yield condition.column, "[[reject]]"
        for table, rules in self.tables.items():
            for field, rule in rules.items():
                for column in rule.needs():
                    yield column, f"[{table}] {field}"


FEEDS = ("column", "join", "levels", "constant")
RULE_KEYS = frozenset((*FEEDS, "values", "patterns", "missing", "date", "not_before", "when", "hash"))
PLAIN_KEYS = frozenset(("name", "missing", "clean", "times", "zone", "reject", "names"))


def read(path: Path) -> dict[str, Any]:
    """The TOML of a mapping file, unchecked."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadMap(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(f"{path} is not a TOML file: {error}.") from error


def parse(raw: Mapping[str, Any]) -> Map:
    """The map behind the TOML; BadMap where a key or a value has the wrong form."""
    names = raw.get("names", {})
    sections = {key: value for key, value in raw.items() if key not in PLAIN_KEYS}
    for key, value in {**sections, "names": names}.items():
        if not isinstance(value, Mapping):
            raise BadMap(f"{key} is not a key of a map; did you mean a table, [{key}]?")
    return Map(
        name=str(raw.get("name", "")),
        missing=("", *_texts(raw, "missing", "missing")),
        clean=_texts(raw, "clean", "clean"),
        times=(*_texts(raw, "times", "times"), *ISO_TIMES),
        zone=str(raw.get("zone", "Asia/Shanghai")),
        reject=tuple(_reject(entry) for entry in raw.get("reject", [])),
        tables={name: _rules(name, section) for name, section in sections.items()},
        names={name: _rules(f"names.{name}", section) for name, section in names.items()},
    )


def _rules(section: str, fields: Mapping[str, Any]) -> dict[str, Rule]:
    return {field: _rule(f"[{section}] {field}", raw) for field, raw in fields.items()}


def _rule(where: str, raw: Any) -> Rule:
    if isinstance(raw, str):
        return Rule(columns=(raw,))
    if not isinstance(raw, Mapping):
        raise BadMap(f"{where}: write the name of a column, or {{ constant = … }} for a fixed value.")
    unknown = sorted(set(raw) - RULE_KEYS)
    if unknown:
        raise BadMap(f"{where}: unknown key {unknown[0]}; there are {', '.join(sorted(RULE_KEYS))}.")
    feeds = [key for key in FEEDS if key in raw]
    if len(feeds) != 1 and not where.startswith("[names."):
        raise BadMap(f"{where}: give exactly one of {', '.join(FEEDS)}.")
    joined = (str(raw["column"]),) if "column" in raw else ()
    return Rule(
        columns=joined or _texts(raw, "join", where) or _texts(raw, "levels", where),
        is_levels="levels" in raw,
        constant=raw.get("constant"),
        values=raw.get("values"),
        patterns=tuple(_pattern(where, entry) for entry in raw.get("patterns", [])),
        missing=_texts(raw, "missing", where),
        date=str(raw.get("date", "")),
        not_before=str(raw.get("not_before", "")),
        when=_conditions(where, raw.get("when", [])),
        is_hashed=bool(raw.get("hash", False)),
    )


def _texts(raw: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise BadMap(f"{where}: {key} is a text or a list of texts.")
    return tuple(entries)


def _pattern(where: str, entry: Any) -> tuple[re.Pattern[str], Any]:
    if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str):
        raise BadMap(f"{where}: a pattern is a pair, [regular expression, value].")
    try:
        return re.compile(entry[0]), entry[1]
    except re.error as error:
        raise BadMap(f"{where}: {entry[0]} is not a regular expression ({error}).") from error


def _conditions(where: str, raw: Any) -> tuple[Condition, ...]:
    entries = raw if isinstance(raw, list) else [raw]
    return tuple(_condition(where, entry) for entry in entries)


def _condition(where: str, raw: Any) -> Condition:
    if not isinstance(raw, Mapping) or "column" not in raw or ("is" in raw) == ("above" in raw):
        raise BadMap(f"{where}: a condition names a column and either is = [texts] or above = number.")
    above = raw.get("above")
    if above is not None and not isinstance(above, int | float):
        raise BadMap(f"{where}: above is a number.")
    return Condition(str(raw["column"]), _texts(raw, "is", where), above)


def _reject(raw: Any) -> tuple[Condition, str]:
    condition = _condition("[[reject]]", raw)
    if not raw.get("reason"):
        raise BadMap("[[reject]]: say the reason, in one phrase.")
    return condition, str(raw["reason"])
