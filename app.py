"""The front door: settings in, a served board out."""

import logging
import sys
from collections.abc import Callable
from datetime import datetime

import dash
import waitress
from flask import Flask, Response, g, request

from casedb import stage
from components import frame, words
from pages import address, data, pulse
from queries import cache, database
from rules import rulebook
from rules.clock import BadClock, Clock
from settings import Settings

TITLE = "民声调度台"

log = logging.getLogger("board")


class Board(dash.Dash):
    """Dash, with the reader's language, theme and view written on the document itself."""

    step = 10

    def interpolate_index(self, **parts: str) -> str:
        return frame.document(self.step, **parts)


def make_board(chosen: Settings, clock: Clock) -> Board:
    """A board on these settings, ready to be served."""
    server = Flask("board")
    cache.cache.init_app(server, config=cache.settings(chosen.cache_url))
    database.connect(chosen.case_database_url)
    server.config["CENTRE"] = chosen.board_name

    def moment() -> datetime:
        return clock.moment(chosen.refresh_seconds)

    server.before_request(lambda: words.use(address.viewer(request, chosen.board_language)))
    for routes in (
        data.make(moment),
        pulse.make(moment, clock.begin is None or clock.is_demo),
        address.make(moment),
    ):
        server.register_blueprint(routes)
    board = Board(
        "board",
        server=server,
        use_pages=True,
        on_error=sorry,
        title=chosen.board_name or "民声调度台",
        update_title="",
    )
    board.step = chosen.refresh_seconds
    board.layout = frame.layout(dash.page_container, chosen.refresh_seconds)
    address.keep_moment(board, moment)
    dispatch = "/_dash-update-component"
    server.view_functions[dispatch] = remembered(server.view_functions[dispatch], 3 * chosen.refresh_seconds)
    return board


def remembered(dispatch: Callable[[], Response], seconds: int) -> Callable[[], Response]:
    """Answers kept as bytes: a page's callback is a pure function of its request's body and its reader."""

    def answer() -> Response:
        if frame.VIEW in request.get_json()["output"]:  # asks the clock
            return dispatch()
        key = f"answer|{database.source()}|{words.viewer()}|{request.get_data(as_text=True)}"
        return Response(cache.once(key, lambda: good(dispatch()), seconds), content_type="application/json")

    return answer


def good(answer: Response) -> bytes:
    """The body of an answer worth keeping; any other is sent as it is and asked for again next time."""
    if answer.status_code != 200 or g.get("failed"):
        raise address.NotKept(answer)
    return answer.get_data()


def sorry(problem: Exception) -> None:
    """The one error handler: the last picture stays, a sentence says what is wrong, the log has the rest."""
    g.failed = True
    log.error("a figure could not be drawn", exc_info=problem)
    dash.set_props(frame.PROBLEM, {"children": frame.sentence(problem)})


def serve(chosen: Settings, clock: Clock) -> None:
    """Answer requests until stopped."""
    board = make_board(chosen, clock)
    log.info("the board is at http://%s:%s", chosen.host, chosen.port)
    waitress.serve(board.server, host=chosen.host, port=chosen.port, threads=chosen.threads)


def play(chosen: Settings) -> None:
    """Serve the invented city while its simulator plays it."""
    with stage.playing(chosen.board_clock) as (url, clock):
        serve(chosen.model_copy(update={"case_database_url": url}), clock)


def main(arguments: list[str]) -> int:
    """``python app.py`` serves; ``python app.py --demo`` plays the invented city as well."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        chosen = Settings()
        rulebook.use(chosen.rulebook or None)
        if "--demo" in arguments:
            play(chosen)
        else:
            serve(chosen, Clock.parse(chosen.board_clock, chosen.board_zone))
    except (BadClock, rulebook.BadRule, database.DatabaseDown, OSError, ValueError) as problem:
        log.error("%s", problem)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
