"""The whole ladder at the desk: which step was due and not taken, and every rung with its rules and cases."""

from typing import Any

import pandas as pd
from dash import html

from components import words
from components.headlines import some
from components.overdue_words import CHAIR, HUMAN, Ladder, dated, following, lateness, unit
from components.panels import empty, linked, panel
from components.records import each
from components.signs import steps
from components.unit_lists import titled
from components.words import N_, _, ngettext

SHOWN = 5
"""Rows of a rung, and of the steps not taken; the counts open all."""

HEADS = (
    N_("Unit"), N_("Matter"), N_("Rule, since"), N_("by rule"), N_("by citizen's clock"), N_("Severity"),
    N_("Last act"), N_("Next rung"),
)  # fmt: skip


def missed(found: pd.DataFrame, counts: pd.DataFrame, ladder: Ladder, note: Any) -> html.Section:
    """Steps due and not taken: of overdue.ladder those that are missed, counted by overdue.missed."""
    total = int(counts["cases"].sum()) if len(counts) else 0
    if not total and counts["cases"].isna().any():
        return panel(_("Steps not taken"), empty(_why_unknown(found, counts)), note, "ladder", "all")
    if not total:
        said = _("Every case on a rung of supervision has had its step, or is still within the grace.")
        return panel(_("No step was missed"), empty(said), note, "ladder", "all")
    rows = found[found["is_missed"].astype(bool)]
    rows = rows.sort_values(["level", "hours_late"], ascending=False, kind="stable").head(SHOWN)
    body = [_row(row, ladder, leading=f"D{int(row.level)}") for row in each(rows)]
    text = ngettext(
        "{n} case due for supervision has had none", "{n} cases due for supervision have had none", total
    )
    parts = [
        html.Span([f"D{int(row.level)} ", linked(words.number(row.cases), ladder.behind("missed", row), "n")])
        for row in reversed(list(each(counts[counts["cases"].fillna(0) > 0].sort_values("level"))))
    ]
    title = text.format(n=words.number(total))
    return panel(title, _table(body, lead=_("Rung")), [*parts, note], "ladder", "all")


def _why_unknown(found: pd.DataFrame, counts: pd.DataFrame) -> str:
    """Of a rung that has cases only the acts can be unknown; of others the cases are."""
    blank = counts.loc[counts["cases"].isna(), "level"]
    if found["level"].isin(blank).any():
        return _("The source records no act of supervision.")
    return _("The source gives no limits.")


def whole(
    found: pd.DataFrame, rungs: pd.DataFrame, rules: pd.DataFrame, ladder: Ladder, note: Any
) -> html.Section:
    """Every rung, the highest first: its count, its rules as chips, what takes a case off it, its cases."""
    if rungs.loc[rungs["level"] < HUMAN, "cases"].isna().all():
        return panel(
            _("Ladder of supervision"), empty(_("The source gives no limits.")), note, "ladder", "all"
        )
    body: list[html.Tr] = []
    for rung in each(rungs.sort_values("level", ascending=False)):
        body.append(_rung(rung, rules[rules["level"] == rung.level], ladder))
        if rung.level < HUMAN:
            mine = found[found["level"] == rung.level].head(SHOWN)
            body += [_row(row, ladder) for row in each(mine)]
    return panel(_title(rungs), _table(body), note, "ladder", "all")


def _title(rungs: pd.DataFrame) -> str:
    """How many stand on any rung, and how many of them before the chair."""
    at = dict(zip(rungs["level"], rungs["cases"], strict=True))
    total = sum(count for level, count in at.items() if level < HUMAN and some(count))
    if not total:
        return _("The ladder is empty")
    said = ngettext("{n} case on the ladder", "{n} cases on the ladder", total).format(n=words.number(total))
    chair = int(at[CHAIR]) if some(at.get(CHAIR)) else 0
    return said + (
        _(", {n} before the chair").format(n=words.number(chair)) if chair else _(", none before the chair")
    )


def _table(body: list[html.Tr], lead: str = "") -> html.Table:
    names = [lead] if lead else []
    right = (HEADS[3], HEADS[4], HEADS[5])
    heads = [html.Th(name) for name in names]
    heads += [html.Th(_(name), className="r" if name in right else "") for name in HEADS]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="tbl odtable")


def _rung(rung: Any, rules: pd.DataFrame, ladder: Ladder) -> html.Tr:
    """The heading of a rung: its chips open exactly their cases."""
    name = html.B([_steps(rung.level), f"D{int(rung.level)} {ladder.rung(rung.level)}"])
    count = html.Span(
        [
            linked(words.number(rung.cases), ladder.behind("rungs", rung) if some(rung.cases) else None, "n"),
            " ",
            _("cases"),
        ]
    )
    chips = [_chip(row, ladder) for row in each(rules)]
    who = _("{who}: {action}").format(
        who=ladder.rung(rung.level, "who"), action=ladder.rung(rung.level, "action")
    )
    cure = _("off it by: {cure}").format(cure=ladder.rung(rung.level, "cure"))
    said = html.Span([html.Span(who), html.Span(cure)], className="note apart cut")
    line = html.Div([name, count, html.Span(chips, className="chips"), said], className="odrung")
    return html.Tr(html.Th(line, colSpan=len(HEADS)), className="rungrow")


def _chip(row: Any, ladder: Ladder) -> html.Span:
    count = linked(words.number(row.cases), ladder.behind("rung_rules", row), "n")
    return html.Span([ladder.rule(row.rule), " ", count], className="chip")


def _steps(level: int) -> Any:
    return steps(int(level)) if level < HUMAN else None


def _row(row: Any, ladder: Ladder, leading: Any = None) -> html.Tr:
    """A case: late by both clocks, how grave, what was done last, and when time alone raises it."""
    cells = [
        html.Td(unit(row)),
        html.Td(linked(titled(row), ladder.case(row))),
        html.Td(dated(row.since, ladder.rule(row.rule), ladder.as_of), className="q"),
        lateness(row.hours_late, ladder.soon),
        lateness(row.citizen_hours_late, ladder.soon),
        html.Td(words.number(row.severity) if row.severity else words.NOTHING, className="r"),
        html.Td(_acted(row)),
        html.Td(following(row, ladder.as_of) or words.NOTHING, className="q"),
    ]
    first = [] if leading is None else [html.Td(leading)]
    return html.Tr([*first, *cells])


def _acted(row: Any) -> Any:
    """The highest act recorded and its day; a step that is due and was not taken stands out."""
    done = ""
    if not words.absent(row.acted_level):
        done = f"D{int(row.acted_level)}"
        done += "" if words.absent(row.acted_at) else f" {row.acted_at:%m-%d}"
    if row.is_missed:
        said = html.B(_("D{level} not done").format(level=int(row.level)))
        return [said, f" {done}"] if done else said
    return done or words.NOTHING
