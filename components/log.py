"""One case in words: every step under each other, and in whose hands it was how long."""

from typing import Any

import pandas as pd
from dash import html

from components import limits, steps, words
from components.panels import empty, panel
from components.records import each
from components.rows import width
from components.signs import late, sign
from components.words import _

MINOR = (
    *("recorded", "signed", "section_named", "progress", "evidence", "urged", "called_to_window"),
    *("extension_asked", "return_asked", "promised"),
)
"""Steps that are folded away, unless their limit was missed or nothing would be left of their group."""

FEW = 16
"""A log no longer than this is shown whole: there is nothing to be gained by folding."""


def log(found: pd.DataFrame, holders: pd.DataFrame) -> html.Section:
    """Every step, oldest first, grouped by round: columns of cases.timeline and cases.holders."""
    if found.empty:
        return panel(_("Steps"), empty(_("No step is recorded.")), None, "case_clocks", "four")
    ordered = phased(found).sort_values("at", kind="stable")
    runs = (ordered["phase"] != ordered["phase"].shift()).cumsum()
    held = {item.end: item.seconds for item in each(holders) if item.ended}
    groups = [_group(group, held) for _run, group in ordered.groupby(runs, sort=False)]
    table = html.Table(groups, className="tbl log")
    folded = int(ordered["minor"].sum())
    return panel(_("Steps"), table, _count(len(ordered), folded), "case_clocks", "four")


def phased(found: pd.DataFrame) -> pd.DataFrame:
    """The steps with their phase (0 receipt, n round, -1 before a meeting) and whether they may be folded."""
    turn = found["round"].astype(float).fillna(0)
    met = (found["event"] == "item_assigned").groupby(turn).cummax()
    phase = turn.mask(met, -1)
    missed = found["kept"].astype("boolean").eq(False).fillna(False)
    unheard = found["event"].isin(["contact", "callback"]) & (found["detail"] == "missed")
    minor = (found["event"].isin(MINOR) | unheard) & ~missed
    starts = phase != phase.shift()
    return found.assign(phase=phase, minor=minor & ~starts & (len(found) > FEW))


def _count(steps_: int, folded: int) -> list[Any]:
    """How many there are, how many are seen, and what opens the rest."""
    if not folded:
        return [_("{n} steps, only ever added to").format(n=steps_)]
    said = _("{n} steps, only ever added to; here {shown}").format(n=steps_, shown=steps_ - folded)
    return [said, html.Details(html.Summary(_("all")), className="unfold")]


def by(actor: str | None) -> str:
    """Who acted; without a name it was the centre."""
    return _("Centre") if words.absent(actor) or not actor else str(actor)


BY_CITIZEN = ("received", "urged", "visited")
SENT = ("dispatched", "summoned")  # their unit is the one that receives


def _actor(item: Any) -> str:
    return _("Citizen") if item.event in BY_CITIZEN else _("Centre") if item.event in SENT else by(item.actor)


def _to(item: Any) -> list[Any]:
    return [f" {by(item.actor)}"] if item.event in SENT and item.actor else []


def _note(item: Any) -> list[Any]:
    """What was said of the step, masked."""
    return [] if words.absent(item.note) or not item.note else [html.Span(f"　{item.note}", className="q")]


def _group(group: pd.DataFrame, held: dict[Any, int]) -> html.Tbody:
    """The steps of one phase; its name stands beside the first."""
    return html.Tbody([_step(item, n, len(group), held) for n, item in enumerate(each(group))])


def _phase(item: Any) -> str:
    if item.phase < 0:
        return _("At the meeting")
    return _("Receipt") if not item.phase else _("Round {n}").format(n=int(item.phase))


def _step(item: Any, n: int, many: int, held: dict[Any, int]) -> html.Tr:
    head = [html.Td(_phase(item), className="g nb", rowSpan=many)] if n == 0 else []
    what = steps.name(item.event, item.detail)
    cells = [
        html.Td(words.stamp(item.at), className="at"),
        html.Td(_actor(item), className="nb who"),
        html.Td([*steps.before(item.event, item.detail), what, *_to(item), *_note(item)]),
        html.Td(_clock(item, held), className="r nb"),
    ]
    return html.Tr([*head, *cells], className="minor" if item.minor else None)


def _clock(item: Any, held: dict[Any, int]) -> Any:
    """The clock of the step: its limit, kept or missed by how long; and how long the unit had it."""
    mine = held.get(item.at) if item.event in ("answered", "returned") else None
    had = "" if mine is None else _("had it {age}").format(age=words.age(mine))
    limit = "" if words.absent(item.due_at) else _("limit {at}").format(at=limits.at(item.due_at))
    if words.absent(item.kept):
        return had or limit
    if item.kept:
        said = had or (limit if limit else _("in time"))
        return html.Span([sign("done", "kept"), " ", said])
    over = words.age(item.at - item.due_at) if limit else ""
    return late(_("{age} late").format(age=over) if over else _("late"))


def holding(holders: pd.DataFrame) -> html.Section:
    """In whose hands it was how long: holder, seconds, kind; the sum is the citizen's clock."""
    total = holders["seconds"].sum()
    if not total:
        return panel(_("In whose hands"), empty(_("Nobody has held it yet.")), None, "holders", "")
    summed: Any = holders.groupby(["holder", "kind"], as_index=False)["seconds"].sum()
    rows = []
    for item in each(summed.sort_values("seconds", ascending=False)):
        bar = html.Div(
            html.I(style={"width": width(item.seconds / total)}),
            className="bar" if item.kind == "unit" else "bar hub",
        )
        rows.append(
            html.Li(
                [
                    html.Span(by(item.holder), className="cut"),
                    html.Span(words.age(item.seconds), className="r"),
                    bar,
                ]
            )
        )
    note = _("{span} in all").format(span=words.age(total))
    return panel(_("In whose hands"), html.Ul(rows, className="hold"), note, "holders", "")
