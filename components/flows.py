"""Where the cases of a period went, as a Sankey: each split with its numbers beside it."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from dash import html

from components import charts, words
from components.panels import empty, linked, panel
from components.records import each
from components.words import N_, _

NAMES = {
    "received": N_("Received"),
    "valid": N_("Valid"),
    "invalid": N_("Not valid"),
    "settled_online": N_("Settled by the centre"),
    "dispatched": N_("Dispatched"),
    "with_centre": N_("Still with the centre"),
    "closed": N_("Closed"),
    "not_done": N_("Not done yet"),
    "called_back": N_("Called back"),
    "not_called": N_("Not called back yet"),
    "reached": N_("Reached"),
    "not_reached": N_("Not reached"),
    "rated": N_("Rated"),
    "not_rated": N_("Did not rate"),
    "satisfied": N_("Satisfied"),
    "dissatisfied": N_("Not satisfied"),
}
REACHED = (
    *("received", "valid", "settled_online", "dispatched", "closed"),
    *("called_back", "reached", "rated", "satisfied"),
)
STAGES = {"calls": N_("Calls"), **{name: NAMES[name] for name in NAMES if name in REACHED}}
QUIET = {"invalid", "with_centre", "not_done", "not_called", "not_reached", "not_rated"}
CHAIN = (
    ("closed", "called_back", "not_called"),
    ("called_back", "reached", "not_reached"),
    ("reached", "rated", "not_rated"),
    ("rated", "satisfied", "dissatisfied"),
)

Link = tuple[str, str, int]


def flow(stages: pd.DataFrame) -> html.Section:
    """Cases received in a period and what became of them: stage, cases (of intake.funnel)."""
    cases = {row.stage: int(row.cases) for row in each(stages) if not words.absent(row.cases)}
    if not cases.get("received"):
        return panel(
            _("Nothing received"), empty(_("No case was received in this period.")), None, "funnel", "all"
        )
    text = _("{received} received, {dispatched} dispatched, {closed} closed")
    title = text.format(
        **{name: words.number(cases.get(name, 0)) for name in ("received", "dispatched", "closed")}
    )
    return panel(title, sankey(links(cases)), _("cases"), "funnel", "all")


def stages(found: pd.DataFrame, href: Callable[[Any], str]) -> html.P:
    """The stages as figures that open their cases: stage, cases (of intake.funnel)."""
    drawn = [
        html.Span([_(STAGES[row.stage]), " ", linked(words.number(row.cases), href(row), "n")])
        for row in each(found)
        if row.stage in STAGES
    ]
    return html.P(drawn, className="stages all")


def links(cases: Mapping[str, int]) -> list[Link]:
    """From where to where how many went; what stayed behind is named too, so that sums hold."""
    have = {name: cases.get(name, 0) for name in NAMES}
    online, sent = have["settled_online"], have["dispatched"]
    done = min(sent, max(have["closed"] - online, 0))
    straight = max(have["closed"] - online - done, 0)
    drawn = [
        ("received", "valid", have["valid"]),
        ("received", "invalid", have["received"] - have["valid"]),
        ("valid", "settled_online", online),
        ("valid", "dispatched", sent),
        ("valid", "closed", straight),
        ("valid", "with_centre", have["valid"] - online - sent - straight),
        ("settled_online", "closed", min(online, have["closed"])),
        ("dispatched", "closed", done),
        ("dispatched", "not_done", sent - done),
    ]
    for start, onward, rest in CHAIN:
        if have[onward]:
            drawn += [(start, onward, have[onward]), (start, rest, have[start] - have[onward])]
    return [link for link in drawn if link[2] > 0]


def sankey(drawn: list[Link]) -> Any:
    """The picture; a stage nothing reached is left out."""
    names = list(dict.fromkeys(name for link in drawn for name in link[:2]))
    amounts = {name: _through(name, drawn) for name in names}
    node = {
        "label": [" ".join((_(NAMES[name]), words.number(amounts[name]))) for name in names],
        "color": [charts.colour(_role(name)) for name in names],
        "pad": 24, "thickness": 12, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip
    link = {
        "source": [names.index(start) for start, _to, _cases in drawn],
        "target": [names.index(to) for _from, to, _cases in drawn],
        "value": [cases for _from, _to, cases in drawn],
        "color": charts.colour("band"), "hoverinfo": "skip",
    }  # fmt: skip
    trace = {"type": "sankey", "node": node, "link": link, "arrangement": "snap"}
    return charts.graph([trace], "22rem", margin={"l": 4, "r": 4, "t": 16, "b": 16})


def _through(name: str, drawn: list[Link]) -> int:
    """How many came to a stage; the first has only what leaves it."""
    came = sum(cases for _from, to, cases in drawn if to == name)
    return came or sum(cases for start, _to, cases in drawn if start == name)


def _role(name: str) -> str:
    if name == "satisfied":
        return "kept"
    return "line-strong" if name in QUIET else "plain-dim"
