"""The data door: each public question as CSV or JSON, with the page's own arguments."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, request

from components import words
from queries import door
from queries.arguments import BadArgument
from queries.database import DatabaseDown

Moment = Callable[[], datetime]


def make(moment: Moment) -> Blueprint:
    """The routes of the data door; ``moment`` gives the board's own moment."""
    routes = Blueprint("data", __name__)

    @routes.get("/data/<subject>/<question>.<any(csv, json):kind>")
    def data(subject: str, question: str, kind: str) -> Response:
        body, mimetype = door.answer(subject, question, request.args.to_dict(), moment(), kind)
        return Response(body, mimetype=mimetype)

    @routes.errorhandler(BadArgument)
    def bad_argument(problem: BadArgument) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 400

    @routes.errorhandler(door.NoSuchQuestion)
    def no_such_question(problem: door.NoSuchQuestion) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 404

    @routes.errorhandler(DatabaseDown)
    def cannot_read(problem: DatabaseDown) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 503

    return routes


def _both(zh: str, en: str) -> Response:
    """One sentence in each language, the reader's first."""
    lines = [zh, en] if words.language() == "zh" else [en, zh]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
