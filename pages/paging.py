"""The part of a long list that its grid asks for. No page."""

from dataclasses import replace
from typing import Any

import dash

from queries.arguments import Scope


def block(request: dict[str, Any] | None, view: dict | None) -> tuple[Scope, Scope]:
    """What the page is about, and the same with the rows asked for; nothing is drawn until both are known."""
    if not request or not view:
        raise dash.exceptions.PreventUpdate
    asked, first = Scope.of(view), request["startRow"]
    return asked, replace(asked, offset=first, limit=request["endRow"] - first)
