"""The address bar: who reads, for which moment and filters, and what if an address makes no sense."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dash
from dash import Input, Output, State
from flask import Blueprint, Request, Response, redirect, request

from components import frame, words
from queries import cases, known, meetings, units
from queries.addresses import arguments
from queries.arguments import BadArgument, Scope
from queries.database import DatabaseDown

Moment = Callable[[], datetime]


def viewer(asked: Request, default_language: str) -> words.Viewer:
    """Language, theme and wall: by the address (of the page that asks), else as the browser remembers."""
    address = asked.full_path if asked.method == "GET" else asked.referrer or ""
    path, said = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query))
    wall = is_present(path) or (said.get("wall") == "1" and is_wall(path))
    language = said.get("lang") or asked.cookies.get("lang") or default_language
    theme = said.get("theme") or asked.cookies.get("theme") or ("dark" if wall else "light")
    return words.Viewer("en" if language == "en" else "zh", "light" if theme == "light" else "dark", wall)


WALLS = {page.partition("?")[0] for page in frame.WALL_PAGES}
"""Pages that fit a wall, besides a unit's own."""


def is_wall(path: str) -> bool:
    """Whether the page fits a wall; every other is for a desk, whatever its address says."""
    whole = "/" + path.strip("/")
    return whole in WALLS or (subject(path) == "units" and whole.count("/") == 2)


def is_present(path: str) -> bool:
    """Whether the page is a meeting before its room, which is always a wall."""
    return subject(path) == "meeting" and path.rstrip("/").endswith("/present")


def subject(path: str | None) -> str:
    """What a page is about: the first word of its address."""
    return (path or "").strip("/").split("/")[0]


def keep_moment(board: dash.Dash, moment: Moment) -> None:
    """Every refresh step, on waking and on a new address: what the figures are drawn for."""

    @board.callback(
        Output(frame.VIEW, "data"),
        Output(frame.PROBLEM, "children"),
        Input(frame.CLOCK, "n_intervals"),
        Input(frame.WAKE, "data"),
        Input(frame.ADDRESS, "search"),
        State(frame.ADDRESS, "pathname"),
    )
    def view(_steps: int, _wakes: int, search: str, path: str) -> tuple[dict[str, str], str]:
        now, asked = moment(), arguments(search)
        try:
            known.check(Scope.parse(asked, now, latest=now), subject(path))
        except BadArgument as problem:
            return dash.no_update, problem.zh if words.language() == "zh" else problem.en  # type: ignore[return-value]
        except DatabaseDown:  # the figures say so themselves
            pass
        return {"as_of": now.isoformat(), **asked}, ""


WINDOWS = ("", "present", "clerk", "record")
"""What a meeting's address may end with."""


def _meeting(now: datetime, code: str) -> Any:
    """The meeting of a day, alone or with one of its windows."""
    day, _, window = code.partition("/")
    try:
        return meetings.pack(date.fromisoformat(day), now) if window in WINDOWS else None
    except (ValueError, BadArgument):
        return None


ONE: dict[str, Callable[[datetime, str], Any]] = {
    "cases": lambda now, code: cases.one(Scope(as_of=now, case=code)),
    "units": lambda now, code: units.one(Scope(as_of=now, unit=code)),
    "meeting": _meeting,
}
"""Pages about one thing: what finds it, and None where there is no such thing."""


def is_missing(path: str, now: datetime) -> bool:
    """Whether there is no page at the path, or no case or unit of that code; a stopped
    database misses nothing.
    """
    first, _, rest = path.strip("/").partition("/")
    pages = dash.page_registry.values()
    if "/" + path.strip("/") in {page["path"] for page in pages if not page["path_template"]}:
        return False
    if not rest or first not in ONE:
        return True
    try:
        return ONE[first](now, unquote(rest)) is None
    except DatabaseDown:
        return False


def make(moment: Moment) -> Blueprint:
    """Refuses an address that cannot be understood; opens the rotating wall."""
    routes = Blueprint("address", __name__)

    @routes.before_app_request
    def understand() -> Response | None:
        if request.endpoint not in {"/", "/<path:path>"}:
            return None
        try:
            now = moment()
            asked = arguments(request.query_string.decode("utf-8", "replace"))
            known.check(Scope.parse(asked, now, latest=now), subject(request.path))
        except BadArgument as problem:
            said = problem.zh if words.language() == "zh" else problem.en
            return Response(frame.plain_document(said), status=400)
        except Exception:  # the page itself says what is wrong with the database
            return None
        return None

    @routes.after_app_request
    def remember(answer: Response) -> Response:
        for name in ("lang", "theme"):
            if request.method == "GET" and name in request.args:
                answer.set_cookie(name, request.args[name][:5], max_age=31_536_000, samesite="Lax")
        return answer

    @routes.after_app_request
    def say_missing(answer: Response) -> Response:
        if (
            request.endpoint == "/<path:path>"
            and answer.status_code == 200
            and is_missing(request.path, moment())
        ):
            answer.status_code = 404
        return answer

    @routes.get("/wall")
    def wall() -> Response:
        seconds = request.args.get("seconds", 20, type=int)
        return redirect(f"{frame.WALL_PAGES[0]}?wall=1&rotate={max(5, seconds)}")  # type: ignore[return-value]

    return routes
