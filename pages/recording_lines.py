"""A record in words: its seal, its figures then and now, the objections to them. No page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import meeting_record as drawn
from components import words
from components.records import each
from components.terms import term
from components.words import _
from pages import recording
from papers import differing, gathering, record
from papers import words as headings
from queries import links, names
from queries import meetings_bulletin as bulletin
from queries.meetings_pack import Pack
from records.freezing import Record
from rules import rulebook


@dataclass(frozen=True)
class Reply:
    """An objection with the names of its unit and its figure."""

    number: int
    unit: str
    label: str
    figure: str
    words: str
    filed_by: str
    filed_at: datetime
    answer: str | None
    is_upheld: bool | None
    answered_by: str | None
    answered_at: datetime | None


def replies(kept: recording.Kept) -> list[Reply]:
    """The objections as they are shown."""
    known = units() if kept.objections else {}
    shown = [name for name in Reply.__dataclass_fields__ if name not in ("unit", "label")]
    return [
        Reply(
            unit=known.get(one.unit_id, one.unit_id),
            label=label(one.figure),
            **{name: getattr(one, name) for name in shown},
        )
        for one in kept.objections
    ]


def units() -> dict[str, str]:
    """Units by their code."""
    return dict(names.units()[["code", "name"]].itertuples(index=False, name=None))


def label(figure: str) -> str:
    """A figure of the ten days, or a table, in words."""
    if "/" not in figure:
        return headings.heading(record.TEN_DAYS, figure, words.language())
    question, _dot, group = figure.partition(".")
    said = headings.title(question, words.language())
    return f"{said} · {term(group)}" if group else said


def choices() -> list[dict[str, str]]:
    """What may be objected to: each figure of the ten days, each table."""
    figures = [*bulletin.TALLIED, *bulletin.TICKETS, "issue_count", "on_time_k", "on_time_n", *record.RATED]
    tables = [*gathering.OF_PERIOD, *(f"league/table.{group}" for group in gathering.GROUPS)]
    tables += ["meetings/look_back", "meetings/close_rates", "meetings/candidates", "overdue/units"]
    return [{"value": name, "label": label(name)} for name in [*figures, *tables]]


def above(found: Pack, kept: recording.Kept) -> dict[str, Any]:
    """What the figures rest on: as sealed, or as it would be."""
    version, frozen = rulebook.load().version, kept.record
    told = frozen.facts if frozen else {}
    start, end = (datetime.fromisoformat(one) for one in told["window"]) if frozen else period(found)
    as_of = datetime.fromisoformat(told["as_of"]) if frozen else found.scope.as_of
    said = {
        _("Period counted"): f"{words.full(start)} – {words.full(end)}",
        _("Figures as of"): words.full(as_of),
        _("Rulebook"): _("{then} then, {now} now").format(then=told["rulebook"], now=version)
        if frozen
        else version,
    }
    if frozen is None:
        last = recording.newest(found)
        said |= _aged((found.scope.as_of - last).total_seconds() if last else None, last)
        return {**said, _("Decisions"): _counted(kept)}
    newest = datetime.fromisoformat(told["newest"]) if told["newest"] else None
    said |= {**_aged(told["age_seconds"], newest), _("Decisions"): _counted(kept)}
    return {**said, _("Checksum (SHA-256)"): html.Code(frozen.sha256)}


def _aged(seconds: float | None, newest: datetime | None) -> dict[str, str]:
    said = _("{age} (newest record {at})").format(age=words.age(seconds), at=words.full(newest))
    return {_("Age of the data"): said}


def _counted(kept: recording.Kept) -> str:
    """Only what is decided counts; what is recorded and left open is said beside it."""
    decided = words.number(kept.decided)
    if not kept.begun:
        return decided
    return _("{n}, and {open} recorded but not decided").format(n=decided, open=words.number(kept.begun))


def warning(found: Pack, kept: recording.Kept) -> str:
    """That the data stopped before the figures closed; nothing once the record is frozen."""
    age = None if kept.record else recording.stopped(found)
    if age is None:
        return ""
    said = _("The data stop at {at}, {age} before the figures: what came later is not in them.")
    return said.format(at=words.full(recording.newest(found)), age=words.age(age))


def period(found: Pack) -> tuple[datetime | None, datetime | None]:
    return found.scope.start, found.scope.end


def ahead(found: Pack, at: datetime) -> html.Section:
    """The figures as they stand, before the record is frozen."""
    row = bulletin.ten_days(found.scope).iloc[0].to_dict()
    address = opens(found, at)
    lines = [
        drawn.Line(label(str(name)), shown(str(name), record.plain(figure)), href=address(name, row))
        for name, figure in row.items()
    ]
    tables = [f"meetings/{name}" for name in gathering.OF_MEETING]
    tables += [*gathering.OF_PERIOD, *gathering.OF_MOMENT, "league/table"]
    note = (
        _("figures closed")
        if found.is_closed
        else _("figures close {at}").format(at=words.full(found.scope.end))
    )
    return drawn.ahead(lines, [label(name) for name in tables], note)


def shown(name: str, figure: Any, question: str = record.TEN_DAYS) -> str:
    """A figure in words."""
    return drawn.value(figure, headings.is_share(question, name))


def opens(found: Pack, at: datetime) -> Any:
    """The list behind a figure as it is now; None where it counts no cases."""

    def address(name: str, row: dict[str, Any]) -> str | None:
        scope = record.scope_of(name, found.scope, at)
        try:
            return links.behind(scope, record.TEN_DAYS, name, row) if row[name] else None
        except KeyError:
            return None

    return address


def compared(frozen: Record, differs: pd.DataFrame, told: list[Reply], address: Any) -> list[drawn.Line]:
    """Every figure of the record with what became of it."""
    then = differing.row_of(record.read(frozen.body), record.TEN_DAYS)
    others = {row.figure: row for row in each(differs)}
    today = {**then, **{name: row.now for name, row in others.items()}}
    return [
        drawn.Line(
            label(name),
            shown(name, figure),
            shown(name, today[name]),
            others[name].why if name in others else "",
            others[name].cases if name in others else (),
            [one for one in told if one.figure == name],
            address(name, today),
        )
        for name, figure in then.items()
    ]


def turned(differs: pd.DataFrame) -> dict[str, dict[str, list[tuple[str, str, str]]]]:
    """Rows of tables that differ: table → row → (column, then, now), all in words."""
    found: dict[str, dict[str, list[tuple[str, str, str]]]] = {}
    for row in each(differs[~differs["figure"].isin(drawn.LEFT_OUT)]):
        question, language = row.table.partition(".")[0], words.language()
        column = headings.heading(question, row.figure, language) if row.figure else ""
        then, now = (shown(row.figure, one, question) for one in (row.then, row.now))
        found.setdefault(label(row.table), {}).setdefault(row.row, []).append((column, then, now))
    return found
