"""The data door: each public question as CSV, JSON or Excel, with the page's own arguments."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, request

from components import codes, words
from papers import excel
from queries import door, links
from queries.addresses import arguments
from queries.arguments import BadArgument
from queries.database import DatabaseDown

Moment = Callable[[], datetime]


def make(moment: Moment) -> Blueprint:
    """The routes of the data door; ``moment`` gives the board's own moment."""
    routes = Blueprint("data", __name__)

    @routes.get("/data/<subject>/<question>.<any(csv, json):kind>")
    def data(subject: str, question: str, kind: str) -> Response:
        asked = arguments(request.query_string.decode("utf-8", "replace"))
        body, kind_of_media = door.answer(subject, question, asked, moment(), kind)
        return Response(body, content_type=kind_of_media)

    @routes.get("/data/<subject>/<question>.xlsx")
    def workbook(subject: str, question: str) -> Response:
        asked = arguments(request.query_string.decode("utf-8", "replace"))
        return _workbook(door.answered(subject, question, asked, moment()))

    @routes.get("/data/", defaults={"path": ""})
    @routes.get("/data/<path:path>")
    def elsewhere(path: str) -> Response:
        raise door.NoSuchQuestion(path, ", ".join(door.questions()))

    @routes.errorhandler(BadArgument)
    def bad_argument(problem: BadArgument) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 400

    @routes.errorhandler(excel.TooLarge)
    def too_large(problem: excel.TooLarge) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 400

    @routes.errorhandler(door.NoSuchQuestion)
    def no_such_question(problem: door.NoSuchQuestion) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 404

    @routes.errorhandler(DatabaseDown)
    def cannot_read(problem: DatabaseDown) -> tuple[Response, int]:
        return _both(problem.zh, problem.en), 503

    return routes


def _workbook(answer: door.Answer) -> Response:
    """The answer as an Excel file to keep, in the reader's language, with the address of its moment."""
    reader = excel.Reader(words.language(), words.centre(), codes.word)
    address = request.host_url.rstrip("/") + links.data(answer.scope, answer.question, "xlsx")
    kept = {"Content-Disposition": f'attachment; filename="{excel.name(answer)}"'}
    return Response(excel.workbook(answer, reader, address), headers=kept, content_type=excel.MEDIA)


def _both(zh: str, en: str) -> Response:
    """One sentence in each language, the reader's first."""
    lines = [zh, en] if words.language() == "zh" else [en, zh]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
