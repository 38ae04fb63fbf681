"""Figures as a paper prints them: whole numbers plain, rates without idle noughts, days by name."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd

NONE = "—"
"""Nothing to say: no denominator, nothing recorded."""

NO_SAMPLE = "—（无样本）"


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, their values by the names of its columns."""
    yield from table.itertuples()


def whole(value: Any) -> str:
    """A count; a dash where it is not known."""
    return NONE if pd.isna(value) else f"{round(float(value))}"


def percent(part: Any, base: Any, decimals: int = 2) -> str:
    """A rate in per cent, without idle noughts; a dash where there is no denominator."""
    if pd.isna(part) or pd.isna(base) or not base:
        return NO_SAMPLE
    return plain(100 * part / base, decimals) + "%"


def plain(value: float, decimals: int = 2) -> str:
    """A decimal number without idle noughts."""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate(value: Any) -> str:
    """A fraction as a rate of a table: one decimal; a dash where there is none."""
    return NONE if pd.isna(value) else f"{100 * value:.1f}%"


def day(moment: date | datetime | None) -> str:
    """``11月26日``."""
    return NONE if moment is None or pd.isna(moment) else f"{moment.month}月{moment.day}日"


def short(moment: date | datetime | None) -> str:
    """``11-26``, in the narrow cells of a table."""
    return NONE if moment is None or pd.isna(moment) else f"{moment:%m-%d}"


def limit(moment: datetime | None) -> datetime | None:
    """A limit as one says it: one of 00:00 is the end of the day before, and is said of that day."""
    if moment is None or pd.isna(moment) or moment.time() != time():
        return moment
    return moment - timedelta(days=1)


def full_day(moment: date | datetime) -> str:
    """``2026年11月26日``."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def at(moment: datetime) -> str:
    """``2026年11月25日10时30分``; midnight is the end of the day before: ``2026年11月25日24时``."""
    if moment.time() == time():
        return f"{full_day(moment - timedelta(days=1))}24时"
    return f"{full_day(moment)}{moment.hour}时{moment.minute:02d}分"


def listed(names: list[str]) -> str:
    """Names one after the other; a dash where there are none."""
    return "、".join(names) or NONE
