"""How healthy the data are, and what the centre has agreed: tables of the definitions page."""

from datetime import datetime
from typing import Any

import pandas as pd
from dash import html

from components import words
from components.panels import empty, panel
from components.records import each
from components.signs import sign
from components.tables import Column, plain
from components.words import N_, _

TABLES = {
    "cases": N_("case records"),
    "assignments": N_("assignments"),
    "contacts": N_("contacts"),
    "callbacks": N_("callbacks"),
    "escalations": N_("supervision"),
    "visits": N_("visits"),
    "whistles": N_("whistles"),
    "summons": N_("units called"),
    "meeting_items": N_("meeting items"),
    "evidence": N_("evidence"),
    "case_events": N_("case events"),
    "exclusions": N_("exclusions"),
    "seats": N_("sittings"),
}

BASES = {"law": N_("law"), "local": N_("practice of others"), "centre": N_("decided by the centre")}

UNITS = {
    "minute": N_("minutes"),
    "hour": N_("hours"),
    "day": N_("days"),
    "workday": N_("working days"),
    "share": N_("share"),
    "count": N_("times"),
    "time": N_("o'clock"),
}


def problems(found: pd.DataFrame) -> html.Section:
    """Of health.problems: zh, en, table, rows, examples; those with nothing found are only counted."""
    broken = found[found["rows"].fillna(0) > 0]
    checked = _("{n} checks").format(n=len(found))
    if broken.empty:
        return panel(
            _("The data are in order"), empty(_("No check found anything.")), checked, "data_health", "three"
        )
    title = words.ngettext("{n} check found something", "{n} checks found something", len(broken))
    listed = [_problem(item) for item in each(broken)]
    rest = html.Ul(listed, className="problems")
    return panel(title.format(n=len(broken)), rest, checked, "data_health", "three")


def _problem(item: Any) -> html.Li:
    said = item.zh if words.language() == "zh" else item.en
    examples = _("such as {examples}").format(examples=item.examples)
    return html.Li(
        [
            html.B(words.number(item.rows), className="n"),
            html.Span(said),
            html.Span(examples, className="note cut"),
        ]
    )


def newest(found: pd.DataFrame, as_of: datetime) -> html.Section:
    """Of health.newest: table, newest; how old the newest record of each table is."""
    known = found[found["newest"].notna()]
    if known.empty:
        return panel(_("Newest records"), empty(_("no record yet")), None, "newest_record", "three")
    listed = [
        html.Li(
            [
                html.Span(_(TABLES.get(item.table, item.table))),
                html.Span(words.full(item.newest), className="q"),
                html.Span(words.ago(as_of - item.newest), className="r"),
            ]
        )
        for item in each(known.sort_values("newest", ascending=False))
    ]
    none = len(found) - len(known)
    foot = _("{n} tables without a record").format(n=none) if none else None
    return panel(
        _("Newest records"), html.Ul(listed, className="newest"), None, "newest_record", "three", foot
    )


def years(following: pd.DataFrame) -> html.P | None:
    """A year whose working days nobody has entered, said aloud; nothing when all are known."""
    unknown = following["unknown_year"].dropna()
    if unknown.empty:
        return None
    said = _("The working days of {year} are not known yet: enter them in calendar_days; nothing is guessed.")
    return html.P([sign("soon", "soon"), " ", said.format(year=int(unknown.iloc[0]))], className="all")


def rules(version: str, rows: list[dict[str, Any]]) -> html.Section:
    """The rulebook: name, value, unit, what it rests on and its source."""
    name = "name_zh" if words.language() == "zh" else "name_en"
    table = pd.DataFrame(rows)
    table = table.assign(
        name=table[name],
        value=table["value"].astype(str),
        unit=[_(UNITS.get(unit, unit)) for unit in table["unit"]],
        basis=[_(BASES.get(basis, basis)) for basis in table["basis"]],
    )
    shown = [
        Column("name", _("Rule")),
        Column("value", _("Value")),
        Column("unit", _("Unit of it")),
        Column("basis", _("Rests on")),
        Column("source", _("Source")),
        Column("key", _("Key")),
    ]
    note = _("version {version}").format(version=version)
    return panel(_("The rulebook"), plain(table, shown), note, "rulebook", "all")
