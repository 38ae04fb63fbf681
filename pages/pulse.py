"""The pulse a screen listens to: the board's moment, the age of its data, and what to say when one fails."""

from datetime import datetime
from typing import Any

import orjson
from flask import Blueprint, Response, request

from components import notices, words
from pages.data import Moment
from queries import health
from queries.arguments import Scope
from queries.database import DatabaseDown
from rules import freshness


def make(moment: Moment, runs: bool) -> Blueprint:
    """The route of the pulse; ``runs`` is false where the clock stands still and data cannot grow old."""
    routes = Blueprint("pulse", __name__)

    @routes.get("/pulse")
    def pulse() -> Response:
        live = runs and "as_of" not in request.args
        return Response(orjson.dumps(beat(moment(), live)), mimetype="application/json")

    return routes


def beat(now: datetime, live: bool) -> dict[str, Any]:
    """State of the board at ``now``: ok, stale or db, with its notice, and the notice of a lost screen."""
    try:
        newest = health.newest(Scope(as_of=now))
    except DatabaseDown as problem:
        return _said("db", now, notices.db(problem.zh if words.language() == "zh" else problem.en), {})
    last = newest["newest"].max()
    if live and freshness.is_stale(last, now):
        return _said("stale", now, notices.stale(), notices.stale_facts(last, now))
    return _said("ok", now, None, {})


def _said(state: str, now: datetime, said: dict | None, facts: dict[str, str]) -> dict[str, Any]:
    return {"state": state, "moment": words.clock(now), "words": said, "facts": facts, "lost": notices.lost()}
