"""Reading moments that somebody wrote as text: many forms, offsets, bare dates, clock times past midnight."""

from collections import Counter
from datetime import datetime, timedelta

import pandas as pd

from casedb.mapping import ISO_TIMES

Moments = list[datetime | None]

NEXT_DAY_AFTER = timedelta(hours=12)
"""A clock time this much before what it cannot precede belongs to the next day; less is a mistake we keep."""


def moments(
    texts: list[str | None], forms: tuple[str, ...], zone: str, repairs: Counter[str]
) -> tuple[Moments, list[int]]:
    """The moments, to the second, in the centre's zone; and the places whose text is none."""
    waiting = pd.Series(texts, dtype="object").dropna()
    found: Moments = [None] * len(texts)
    own = len(forms) - len(ISO_TIMES)
    for place, form in enumerate(dict.fromkeys(forms)):
        if waiting.empty:
            break
        read = pd.to_datetime(waiting, format=form, errors="coerce", utc="%z" in form).dropna()
        for index, moment in zip(read.index, _local(read, zone), strict=True):
            found[index] = moment
        _count(repairs, form, len(read), is_own=place < own or not own)
        waiting = waiting.drop(read.index)
    return found, [int(index) for index in waiting.index]


def roll_past_midnight(values: Moments, bases: Moments, repairs: Counter[str]) -> Moments:
    """Clock times far before their base are those of the next day."""
    rolled = [_rolled(value, base) for value, base in zip(values, bases, strict=True)]
    moved = sum(before != after for before, after in zip(values, rolled, strict=True))
    if moved:
        repairs["clock times past midnight put on the next day"] += moved
    return rolled


def _rolled(value: datetime | None, base: datetime | None) -> datetime | None:
    if value and base and value < base - NEXT_DAY_AFTER:
        return value + timedelta(days=1)
    return value


def _local(read: pd.Series, zone: str) -> list[datetime]:
    """Moments to the second, those with an offset as the clocks of the zone showed them."""
    there = pd.DatetimeIndex(read)
    there = there.tz_convert(zone).tz_localize(None) if there.tz is not None else there
    return list(there.floor("s").to_pydatetime())


def _count(repairs: Counter[str], form: str, number: int, is_own: bool) -> None:
    """What had to be read generously is counted: another form than the map's, a bare date, an offset."""
    if number and not is_own:
        repairs["moments in ISO form where the map names another"] += number
    if number and "%H" not in form and "%I" not in form:
        repairs["bare dates read as 00:00"] += number
    if number and "%z" in form:
        repairs["moments with an offset brought to local time"] += number
