"""What a question may be asked with: one frozen `Scope`, read from an address or made in code."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from rules.words import CountingRule, UnitGroup

EARLIEST, LATEST = datetime(1970, 1, 1), datetime(2200, 1, 1)
"""Moments outside are slips of the hand; inside, no later arithmetic can overflow."""

LARGEST_LIMIT = 100_000
"""Rows a list may hand out at once: an office program opens no more."""

MISSING = "-"
"""Asks for the cases of which the source names no unit, channel, category, area, issue, event or reason."""

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?")


class BadArgument(ValueError):
    """An argument that cannot be used: which, its value, and what is allowed, in Chinese and English."""

    def __init__(self, name: str, value: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.name, self.value, self.zh, self.en = name, value, zh, en


@dataclass(frozen=True)
class Scope:
    """What is asked: the moment, the period [start, end), the filters, and how a list is cut and ordered.

    ``start`` and ``end`` of None mean all known at ``as_of``; a filter of `MISSING` means "none named".
    ``event`` is one that several people report (cluster_id), ``reason`` a citizen's of dissatisfaction,
    ``other`` the unit that work was passed to or from. ``order`` is a column of the list, with a leading
    minus for the largest first. ``group`` is a group of units, ``measure`` what a league compares,
    ``without`` the rules of counting (口径) that are switched off.
    """

    as_of: datetime
    start: datetime | None = None
    end: datetime | None = None
    unit: str | None = None
    group: str | None = None
    channel: str | None = None
    category: str | None = None
    area: str | None = None
    issue: str | None = None
    event: str | None = None
    reason: str | None = None
    other: str | None = None
    case: str | None = None
    set: str | None = None
    limit: int | None = None
    level: int = 1
    offset: int = 0
    order: str | None = None
    measure: str | None = None
    without: str | None = None

    @classmethod
    def parse(
        cls,
        given: Mapping[str, str],
        default_as_of: datetime,
        defaults: Mapping[str, str] | None = None,
        latest: datetime | None = None,
    ) -> "Scope":
        """Read the arguments of an address; raises `BadArgument` for the first that cannot be used.

        Nothing is known of moments after ``latest``, the board's own.
        """
        texts = {name: text.strip() for name, text in {**(defaults or {}), **given}.items()}
        _refuse_unknown(texts)
        values: dict[str, Any] = {
            name: _READERS.get(name, _text)(name, text) for name, text in texts.items() if text
        }
        scope = cls(**({"as_of": default_as_of} | values))
        _refuse_backwards(scope)
        _refuse_future(scope, latest)
        return scope

    @classmethod
    def of(cls, view: Mapping[str, str]) -> "Scope":
        """The scope of a page's view, which always says its moment."""
        return cls.parse(view, EARLIEST)

    @property
    def off(self) -> frozenset[str]:
        """The rules of counting that are switched off."""
        return frozenset(filter(None, (self.without or "").split(",")))

    def switching_off(self, rules: Iterable[str]) -> "Scope":
        """The same with exactly these rules of counting off."""
        return replace(self, without=",".join(sorted(rules)) or None)

    def turning(self, rule: str) -> "Scope":
        """The same with one rule of counting turned over."""
        return self.switching_off(self.off ^ {rule})


def _refuse_unknown(texts: Mapping[str, str]) -> None:
    names = [field.name for field in fields(Scope)]
    for name, text in texts.items():
        if name not in names:
            allowed = ", ".join(names)
            zh = f"没有名为“{name}”的参数（值为“{text}”）；可用的参数：{allowed}。"
            raise BadArgument(
                name, text, zh, f'There is no argument "{name}" (value "{text}"); known are: {allowed}.'
            )


def _refuse_backwards(scope: Scope) -> None:
    if scope.start and scope.end and scope.start >= scope.end:
        start, end = scope.start.isoformat(), scope.end.isoformat()
        zh = f"参数 end“{end}”必须晚于 start“{start}”。"
        raise BadArgument("end", end, zh, f'The argument end "{end}" must be later than start "{start}".')


def _refuse_future(scope: Scope, latest: datetime | None) -> None:
    if latest and scope.as_of > latest:
        now = f"{latest:%Y-%m-%dT%H:%M:%S}"
        raise refuse(
            "as_of",
            scope.as_of.isoformat(),
            f"此刻是 {now}，以后的事还不知道",
            f"the board's moment is {now}, and nothing later is known",
        )


def refuse(name: str, value: str, zh_allowed: str, en_allowed: str) -> BadArgument:
    """The error for a value that is not allowed: names the argument, the value and what is allowed."""
    zh = f"参数 {name} 的值“{value}”无效：{zh_allowed}。"
    return BadArgument(name, value, zh, f'The argument {name} cannot be "{value}": {en_allowed}.')


def unit_of(scope: "Scope") -> str:
    """The unit asked about; raises `BadArgument` where none is named."""
    if not scope.unit or scope.unit == MISSING:
        raise refuse("unit", scope.unit or "", "须给出单位编号", "give the code of a unit")
    return scope.unit


def _moment(name: str, text: str) -> datetime:
    bad = refuse(
        name,
        text,
        "应为日期或时刻，如 2026-11-25 或 2026-11-25T09:30，年份 1970 至 2199，不带时区",
        "use a date or a moment such as 2026-11-25 or 2026-11-25T09:30, year 1970 to 2199, without an offset",
    )
    if not _MOMENT.fullmatch(text):
        raise bad
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise bad from None
    if not EARLIEST <= moment < LATEST:
        raise bad
    return moment


def _whole(name: str, text: str, smallest: int, largest: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not smallest <= int(text) <= largest:
        zh, en = f"应为 {smallest} 至 {largest} 的整数", f"use a whole number from {smallest} to {largest}"
        raise refuse(name, text, zh, en)
    return int(text)


def _text(name: str, text: str) -> str:
    if len(text) > 64 or not text.isprintable():
        raise refuse(
            name, text[:64], "应为不超过 64 个字的编号或名称", "use a code or name of at most 64 characters"
        )
    return text


def _switched_off(name: str, text: str) -> str | None:
    """Rules of counting, each once and in order, so that one choice has one address."""
    off = sorted({word.strip() for word in text.split(",") if word.strip()})
    if not set(off) <= set(CountingRule):
        allowed = ", ".join(CountingRule)
        raise refuse(
            name, text, f"可用的有：{allowed}，以逗号相连", f"use some of: {allowed}, joined by commas"
        )
    return ",".join(off) or None


def _group(name: str, text: str) -> str:
    if text not in set(UnitGroup):
        allowed = ", ".join(UnitGroup)
        raise refuse(name, text, f"可用的有：{allowed}", f"use one of: {allowed}")
    return text


_READERS = {
    "group": _group,
    "without": _switched_off,
    "as_of": _moment,
    "start": _moment,
    "end": _moment,
    "level": lambda name, text: _whole(name, text, 1, 3),
    "limit": lambda name, text: _whole(name, text, 1, LARGEST_LIMIT),
    "offset": lambda name, text: _whole(name, text, 0, 999_999_999),
}
