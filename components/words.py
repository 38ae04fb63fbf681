"""What the board says, in Chinese and English, and how it says numbers, times and dates.

A message id is the English text; locale/<language>/LC_MESSAGES/board.po holds the translation.
After writing a new ``_("…")`` in pages/ or components/ (not inside an f-string, where babel cannot see it)
run ``python -m components.words`` and fill the empty ``msgstr`` of the Chinese file; a test holds this.

The viewer of this request (set by app.py; the default is Chinese, dark, at the desk):
    use(Viewer(language="zh"|"en", theme="dark"|"light", wall=bool)) · viewer() · language()
    name_centre("宁溪市民声调度中心") once at start · centre()
Messages, always a whole sentence, filled afterwards:
    _("{n} windows overloaded").format(n=3) · ngettext("{n} case", "{n} cases", n).format(n=n)
    N_("…") marks a constant
Phrases (None, NaN and NaT give "—"; a span is a timedelta or seconds):
    number(2193) 2,193 · compact(12345) 1.2万 / 12.3k · percent(.974) 97.4% · points(9.34) 9.3
    sample(143) n=143 · no_sample() —（无样本） · between(70, 92) 70—92
    change(-26) −26 · change_share(.41) +41%
    age(span) 40秒, 46分, 3小时20分, 57天11小时 / 40 s, 46 min, 3 h 20 min, 57 d 11 h · ago(span) 40秒前
    days(31) 31天 / 31 d · minutes(46) 46分 / 46 min · hour(9) 9时 / 9:00
    clock(moment) 09:42 · weekday(on) 周三 / Wed · date(on) 11月25日 / 25 Nov
    day(on) 11月25日 周三 / Wed 25 Nov · moment(at) 11月25日 周三 09:42
    (these three with year=True: 2026年11月25日 / 25 Nov 2026)
    stamp(at) 11-25 09:42 · full(at) 2026-11-25 09:42
"""

from datetime import date as Date  # noqa: N812  (the name `date` is a phrase here)
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from components import catalogues
from components.messages import N_, Viewer, _, centre, language, name_centre, ngettext, use, viewer

__all__ = ["N_", "Viewer", "_", "centre", "language", "name_centre", "ngettext", "use", "viewer"]

NOTHING = "—"  # no value, no denominator: never 0 and never 100 %
MINUS = "−"
SECOND = timedelta(seconds=1)


def absent(value: Any) -> bool:
    """True for None, NaN and NaT."""
    return bool(value is None or pd.isna(value))


def number(value: float | None) -> str:
    return NOTHING if absent(value) else f"{round(value):,}".replace("-", MINUS)  # type: ignore[arg-type]


def points(value: float | None) -> str:
    """One decimal."""
    return NOTHING if absent(value) else f"{value:,.1f}".replace("-", MINUS)


def compact(value: float | None) -> str:
    """A count that may be large: 1.2万 or 12.3k from ten thousand on."""
    if absent(value) or abs(value) < 10_000:  # type: ignore[arg-type]
        return number(value)
    return f"{value / 10_000:.1f}万" if language() == "zh" else f"{value / 1000:,.1f}k"  # type: ignore[operator]


def percent(share: float | None) -> str:
    return NOTHING if absent(share) else f"{100 * share:.1f}%"  # type: ignore[operator]


def sample(n: float | None) -> str:
    return f"n={number(n)}"


def no_sample() -> str:
    """Instead of a rate without denominator."""
    return _("— (no sample)")


def change(value: float | None) -> str:
    """A signed difference with the true minus."""
    return NOTHING if absent(value) else f"{'+' if value > 0 else ''}{number(value)}"  # type: ignore[operator]


def change_share(share: float | None) -> str:
    """A signed whole per cent."""
    return NOTHING if absent(share) else f"{change(100 * share)}%"  # type: ignore[operator]


def between(low: float | None, high: float | None) -> str:
    """A range of whole numbers: 70—92."""
    dash = _("–")
    return NOTHING if absent(low) or absent(high) else f"{number(low)}{dash}{number(high)}"


def age(span: timedelta | float | None) -> str:
    """How long, in the two largest units that say something."""
    if absent(span):
        return NOTHING
    total = int(span.total_seconds() if isinstance(span, timedelta) else span)  # type: ignore[arg-type]
    if total < 60:
        return _("{n} s").format(n=max(total, 0))
    if total < 3600:
        return minutes(total // 60)
    if total < 86400:
        return _two(_("{n} h").format(n=total // 3600), minutes(total % 3600 // 60), total % 3600 // 60)
    return _two(days(total // 86400), _("{n} h").format(n=total % 86400 // 3600), total % 86400 // 3600)


def _two(large: str, small: str, amount: int) -> str:
    """Join two units; a small unit of zero is not said."""
    return large + ("" if language() == "zh" else " ") + small if amount else large


def ago(span: timedelta | float | None) -> str:
    return NOTHING if absent(span) else _("{age} ago").format(age=age(span))


def days(n: float | None) -> str:
    return NOTHING if absent(n) else _("{n} d").format(n=number(n))


def minutes(n: float | None) -> str:
    return NOTHING if absent(n) else _("{n} min").format(n=number(n))


def hour(h: int) -> str:
    return _("{h}:00").format(h=h)


def clock(at: datetime | None) -> str:
    return NOTHING if absent(at) else f"{at:%H:%M}"


WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weekday(on: Date | None) -> str:
    return NOTHING if absent(on) else _(WEEKDAYS[on.weekday()])  # type: ignore[union-attr]


def date(on: Date | None, year: bool = False) -> str:
    if absent(on):
        return NOTHING
    assert on is not None
    if language() == "zh":
        return (f"{on.year}年" if year else "") + f"{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1]}" + (f" {on.year}" if year else "")


def day(on: Date | None, year: bool = False) -> str:
    if absent(on):
        return NOTHING
    said = date(on, year)
    return f"{said} {weekday(on)}" if language() == "zh" else f"{weekday(on)} {said}"


def moment(at: datetime | None, year: bool = False) -> str:
    return NOTHING if absent(at) else f"{day(at, year)} {clock(at)}"


def stamp(at: datetime | None) -> str:
    return NOTHING if absent(at) else f"{at:%m-%d %H:%M}"


def full(at: datetime | None) -> str:
    return NOTHING if absent(at) else f"{at:%Y-%m-%d %H:%M}"


if __name__ == "__main__":
    catalogues.update()
