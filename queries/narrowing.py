"""What narrows a list of cases now, with the names of the codes and the address without each."""

from dataclasses import replace
from typing import Any

from queries import links, names
from queries.arguments import MISSING, Scope

SETS_SHOWN = (
    *("received", "valid", "settled_online", "dispatched", "open", "awaiting_dispatch", "overdue", "due_48h"),
    *("closed", "closed_on_time", "closed_late", "sent_back", "rated", "dissatisfied"),
)
"""Sets one may step to from a list."""

TABLES = {"unit": "units", "other": "units", "channel": "channels", "category": "categories", "area": "areas"}


def of(scope: Scope) -> list[tuple[str, str, str]]:
    """Filters of the scope: the argument, the name of its value, and the address of the list without it."""
    found = [
        (name, _name(name, getattr(scope, name)), _without(scope, name))
        for name in TABLES
        if getattr(scope, name)
    ]
    for name in ("issue", "event", "reason"):
        if getattr(scope, name):
            found.append((name, getattr(scope, name), _without(scope, name)))
    if scope.start:
        found.append(("start", f"{scope.start:%Y-%m-%d %H:%M}", _without(scope, "start")))
    if scope.end:
        found.append(("end", f"{scope.end:%Y-%m-%d %H:%M}", _without(scope, "end")))
    return found


def _name(argument: str, code: str) -> str:
    if code == MISSING:
        return ""
    known = names.names(TABLES[argument]).set_index("code")["name"]
    return str(known.get(code, code))


def _without(scope: Scope, argument: str) -> str:
    free: dict[str, Any] = {argument: None}
    return links.cases(replace(scope, **free), scope.set or "received")
