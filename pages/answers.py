"""Answers of callbacks: made light, kept as bytes for all who ask the same, and when one fails."""

import logging
from collections.abc import Callable

import dash
import orjson
from flask import Flask, Response, g, request

from components import frame, words
from components.written import written
from queries import cache, database
from queries.arguments import BadArgument

log = logging.getLogger("board")

DISPATCH = "/_dash-update-component"

RECORDS = "record-"
"""Ids of what shows or changes the board's own database begin so: it changes between two moments."""


class NotKept(Exception):
    """An answer that must reach its browser but must not be remembered."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def keep(server: Flask, seconds: int) -> None:
    """Put the memory before Dash: a callback is a pure function of its body and its reader."""
    dispatch: Callable[[], Response] = server.view_functions[DISPATCH]  # type: ignore[assignment]

    def answer() -> Response:
        if passes(request.get_json()["output"]):
            return _light(dispatch())
        key = f"answer|{database.source()}|{words.viewer()}|{request.get_data(as_text=True)}"
        try:
            body = cache.once(key, lambda: _good(dispatch), seconds)
        except NotKept as passing:
            return passing.answer
        return Response(body, content_type="application/json")

    server.view_functions[DISPATCH] = answer


def passes(output: str) -> bool:
    """Whether the callback of these outputs (as Dash names them) asks the clock or the records."""
    named = output.removeprefix("..").removesuffix("..").split("...")
    return any(one.startswith((frame.VIEW, RECORDS)) for one in named)


def _good(dispatch: Callable) -> bytes:
    """The body of an answer worth keeping; any other goes out as it is and is asked for again next time."""
    answer = _light(dispatch())
    if answer.status_code == 200 and not g.get("failed"):
        return answer.get_data()
    raise NotKept(answer)


def _light(answer: Response) -> Response:
    """The same, with HTML wherever a browser can do without Dash."""
    if answer.status_code == 200 and answer.is_json:
        answer.set_data(orjson.dumps(written(orjson.loads(answer.get_data()))))
    return answer


def sorry(problem: Exception) -> None:
    """The one error handler: the last picture stays, a sentence says what is wrong, the log has the rest."""
    g.failed = True
    if isinstance(problem, database.DatabaseDown | BadArgument):
        log.error("%s", problem)
    else:
        log.error("a figure could not be drawn", exc_info=problem)
    dash.set_props(frame.PROBLEM, {"children": frame.sentence(problem)})
