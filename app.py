"""The front door: settings in, a served board out."""

import gc
import logging
import sys
from datetime import datetime

import dash
import waitress
from flask import Flask, request

import records
from casedb import stage
from components import frame, words
from pages import address, answers, data, handout, pulse
from pages import frame as _frame  # noqa: F401 (its callbacks draw menu and strip)
from queries import cache, database
from rules import rulebook
from rules.clock import BadClock, Clock
from settings import Settings

log = logging.getLogger("board")


class Board(dash.Dash):
    """Dash, with the reader's language, theme and view written on the document itself."""

    step = 10

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        return frame.document(self.step, **parts)


def make_board(chosen: Settings, clock: Clock) -> Board:
    """A board on these settings, ready to be served."""
    server = Flask("board")
    cache.cache.init_app(server, config=cache.settings(chosen.cache_url))
    database.connect(chosen.case_database_url)
    records.connect(chosen.board_database_url or records.default_url(chosen.case_database_url))
    words.name_centre(chosen.board_name)

    def moment() -> datetime:
        return clock.moment(chosen.refresh_seconds)

    server.config.update(DEMO=clock.is_demo, MOMENT=moment)
    server.before_request(lambda: words.use(address.viewer(request, chosen.board_language)))
    for routes in (
        data.make(moment),
        handout.make(moment),
        pulse.make(moment, clock.begin is None or clock.is_demo),
        address.make(moment),
    ):
        server.register_blueprint(routes)
    board = Board(
        "board",
        server=server,  # type: ignore[arg-type]
        use_pages=True,
        on_error=answers.sorry,
        title=chosen.board_name or "民声调度台",
        update_title="",
    )
    board.step = chosen.refresh_seconds
    board.layout = frame.layout(dash.page_container, chosen.refresh_seconds)
    address.keep_moment(board, moment)
    answers.keep(server, 3 * chosen.refresh_seconds)
    return board


def serve(chosen: Settings, clock: Clock) -> None:
    """Answer requests until stopped."""
    board = make_board(chosen, clock)
    settle()
    log.info("the board is at http://%s:%s", chosen.host, chosen.port)
    waitress.serve(board.server, host=chosen.host, port=chosen.port, threads=chosen.threads)


def settle() -> None:
    """What the start made stays for good; looking through it for garbage would only hold up answers."""
    gc.collect()
    gc.freeze()


def play(chosen: Settings) -> None:
    """Serve the invented city while its simulator plays it."""
    with stage.playing(chosen.board_clock) as (url, clock):
        city = {"case_database_url": url, "board_name": chosen.board_name or stage.CENTRE}
        serve(chosen.model_copy(update=city), clock)


def main(arguments: list[str]) -> int:
    """``python app.py`` serves; ``python app.py --demo`` plays the invented city as well."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        chosen = Settings()
        rulebook.use(chosen.board_rulebook or None)
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
