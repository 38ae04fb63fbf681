"""Whistles in progress: who was called to which place, who is there, and how the clock stands."""

from typing import Any

import pandas as pd
from dash import html

from components import records, words
from components.panels import empty, panel
from components.records import each
from components.rows import width
from components.signs import late, sign, soon
from components.words import N_, _

LIMIT_AT = 2 / 3  # the bar runs to one and a half limits, so that every limit stands on one line
SHOWN = 3  # rows of the overview; more are counted
CHIPS = 4  # more than these and those on the spot fold into one

STATES = {
    "arrived": ("done", "kept", N_("there")),
    "answered": ("way", "", N_("coming")),
    "departed": ("way", "", N_("coming")),
    "called": ("open", "", N_("missing")),
    "late": ("late", "late", N_("missing")),
}
ORDER = {"late": 0, "departed": 1, "answered": 1, "called": 2, "arrived": 3}


def active(summons: pd.DataFrame, whistles: int | None = 0) -> html.Section:
    """Open whistles, a row a summons; ``whistles`` is absent where nobody records them.

    Most overdue first. Columns: whistle_id, town, matter, minutes, limit_minutes, last_limit_minutes,
    short_name, role, state, late_minutes.
    """
    called = summons[summons["state"] != "ruled_out"]
    if called.empty:
        unknown = words.absent(whistles)
        body: Any = empty(_("no whistles recorded") if unknown else _("No whistle is open."))
        return panel(
            _("Whistles") if unknown else _("No whistle open"), body, None, "whistles_active", "half whistles"
        )
    groups = [group for _key, group in called.groupby("whistle_id", sort=False)]
    listed = [_whistle(group) for group in groups[:SHOWN]]
    listed += [html.Li(className="blank")] * (SHOWN - len(listed))
    body = html.Ul(listed, className="rows")
    return panel(title(called), body, _counts(called), "whistles_active", "half whistles")


def title(called: pd.DataFrame) -> str:
    """How many places, how many units are late and not there, and how many came late."""
    places, missing = called["whistle_id"].nunique(), int((called["state"] == "late").sum())
    came = int(_came_late(called).sum())
    said = words.ngettext("{n} whistle", "{n} whistles", places).format(n=places)
    if not missing and not came:
        return said + _(", none late")
    if missing:
        said += words.ngettext(", {n} unit late", ", {n} units late", missing).format(n=missing)
    if came:
        said += words.ngettext(", {n} unit came late", ", {n} units came late", came).format(n=came)
    return said


def _came_late(group: pd.DataFrame) -> pd.Series:
    return (group["state"] == "arrived") & (group["late_minutes"] > 0)


def _counts(called: pd.DataFrame) -> list[str]:
    state = called["state"]
    there, way = (state == "arrived").sum(), state.isin(["answered", "departed"]).sum()
    return [
        _("there {n}").format(n=there),
        _("coming {n}").format(n=way),
        _("missing {n}").format(n=len(called) - there - way),
    ]


def _whistle(group: pd.DataFrame) -> html.Li:
    first = records.first(group)
    spent, last = int(first.minutes), int(first.last_limit_minutes)
    limit = int(first.limit_minutes) if spent <= last else last
    head = [
        html.B(first.town, className="cut"),
        html.Span(first.matter, className="cut"),
        html.Span(_("{m} of {limit} min").format(m=spent, limit=limit), className="r q"),
        html.Span(_state(group, spent, limit), className="r state"),
    ]
    return html.Li([html.Div(head, className="head"), chips(group), clock(spent, limit, group)])


def _state(group: pd.DataFrame, spent: int, limit: int) -> Any:
    """All there or not, and how far from the limit: a soft one passed is amber, the last one red."""
    missing = group[group["state"] != "arrived"]
    if missing.empty:
        beyond = int(group["late_minutes"].max())
        if beyond:
            return html.B(late(_("all there, {n} min late").format(n=beyond)))
        return html.Span(
            [sign("done", "kept"), " ", _("all there, {n} min").format(n=spent)], className="kept"
        )
    if (missing["state"] == "late").any():
        return html.B(late(_("{n} min late").format(n=int(missing["late_minutes"].max()))))
    if spent > limit:
        return soon(_("{n} min over").format(n=spent - limit))
    return _("{n} min left").format(n=limit - spent)


def clock(spent: int, limit: int, group: pd.DataFrame) -> html.Div:
    """The clock as a bar to 1.5 limits: blue up to the limit (green once all are there), beyond it red, or
    amber as long as a soft limit is followed by a last one.
    """
    used = LIMIT_AT * spent / limit
    parts = [html.I(style={"width": width(min(used, LIMIT_AT))})]
    if used > LIMIT_AT:
        beyond = {"left": width(LIMIT_AT), "width": width(min(used, 1) - LIMIT_AT)}
        is_late = spent > int(group["last_limit_minutes"].iloc[0])
        parts.append(html.I(className="over" if is_late else "warn", style=beyond))
    there = (group["state"] == "arrived").all()
    return html.Div(
        [*parts, html.U(style={"left": width(LIMIT_AT)})], className="bar done" if there else "bar"
    )


def chips(group: pd.DataFrame) -> html.Div:
    """One chip a unit, the lead first, then the late; many that have arrived in time become one."""
    ordered = group.assign(rank=group["state"].map(ORDER).fillna(9) - _came_late(group) / 2)
    ordered = ordered.assign(rank=ordered["rank"].where(ordered["role"] != "lead", -1)).sort_values(
        "rank", kind="stable"
    )
    in_time = (ordered["state"] == "arrived") & ~_came_late(ordered)
    there = in_time & (ordered["role"] != "lead")
    folded = there.sum() if len(ordered) > CHIPS else 0
    shown = ordered[~there] if folded else ordered
    drawn = [_chip(item) for item in each(shown)]
    if folded:
        drawn.append(html.Span([sign("done"), _("{n} there").format(n=folded)], className="chip kept"))
    return html.Div(drawn, className="chips")


def _chip(item: Any) -> html.Span:
    shape, role, said = STATES[item.state]
    lead = [html.B(_("lead"))] if item.role == "lead" else []
    text: list[Any] = [_(said)]
    if item.state == "arrived" and item.late_minutes > 0:
        behind = html.Span(_("{n} min too late").format(n=int(item.late_minutes)), className="late")
        text = [_("there {late}").split("{late}")[0], behind]
    return html.Span([sign(shape), *lead, f"{item.short_name} ", *text], className=f"chip {role}".strip())
