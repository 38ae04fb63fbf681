"""Wall and clerk as Dash asks for them: what is on the wall, and what a clerk is told who was too late."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dash
import pytest
from sqlalchemy import Engine

import app
from pages import agenda, meeting_form, meeting_place
from queries.meetings_pack import Pack
from records import decisions, places
from rules.clock import Clock
from settings import Settings
from tests.components.conftest import having, text
from tests.pages.conftest import AT, HELD

PATH = f"/meeting/{HELD}/present"
VIEW = {"as_of": AT.isoformat()}
SILENT = dash.no_update


@pytest.fixture
def pages(city: Engine, board: Path) -> Iterator[dict[str, Any]]:
    """The callbacks of both windows, on a whole board whose clock stands still."""
    chosen = Settings(case_database_url=str(city.url), board_database_url=f"sqlite:///{board}")
    server = app.make_board(chosen, Clock.parse(AT.isoformat())).server
    from pages import meeting_clerk, meeting_present

    with server.test_request_context():
        yield {"wall": meeting_present, "clerk": meeting_clerk, "client": server.test_client()}


def now() -> dict[str, Any]:
    told = meeting_place.follow(0, None, PATH, None)
    assert isinstance(told, dict)
    return told


def on_the_wall(pages: dict[str, Any], asked: dict | None = None) -> Any:
    return pages["wall"].draw_screen(now(), asked, VIEW, PATH)


def asks(**what: Any) -> dict[str, Any]:
    return meeting_place.act({**what, "n": 1}, now())


def typed(pages: dict[str, Any], pack: Pack, key: str, **changed: Any) -> tuple[list[Any], dict[str, Any]]:
    """The values of the form with something changed, and the form as it was drawn."""
    item = next(one for one in agenda.everything(pack) if one.key == key)
    values = meeting_form.values(item, agenda.following(pack))
    written = {**values, **changed}
    return (
        [written[name] for name, _ in pages["clerk"].CONTROLS],
        {"key": key, "version": item.version, "values": values},
    )


def keep(pages: dict[str, Any], given: tuple[list[Any], dict[str, Any]], name: str) -> tuple[dict, Any, str]:
    """What the form shows, what is known of it, and what is said."""
    *shown, known, said = pages["clerk"].keep(*given[0], given[1], now(), VIEW, name, "4f2a")
    return dict(zip((name for name, _ in pages["clerk"].CONTROLS), shown, strict=True)), known, said


def test_a_meetings_windows_are_pages_and_the_one_for_the_room_is_a_wall(pages: dict[str, Any]) -> None:
    wall = pages["client"].get(PATH)
    clerk = pages["client"].get(f"/meeting/{HELD}/clerk")
    nothing = [
        pages["client"].get(path).status_code
        for path in (f"/meeting/{HELD}/nope", "/meeting/2026-11-27/clerk")
    ]

    assert (wall.status_code, clerk.status_code, nothing) == (200, 200, [404, 404])
    assert 'data-view="wall"' in wall.text
    assert 'data-view="desk"' in clerk.text


def test_nothing_is_said_while_nothing_has_changed(pages: dict[str, Any]) -> None:
    known = now()

    assert meeting_place.follow(1, None, PATH, known) is SILENT
    places.go(HELD, "loud", AT)
    moved = meeting_place.follow(2, None, PATH, known)
    decisions.save(HELD, "loud", {"pledge": "x"}, 0, "李", AT)
    assert meeting_place.follow(3, None, PATH, moved) not in (SILENT, moved)


def test_the_wall_shows_the_item_it_was_sent_to_and_what_comes_next(
    pages: dict[str, Any], pack: Pack
) -> None:
    asks(go="dark")
    decisions.save(HELD, "dark", {"title": "停电三个月无人牵头"}, 0, "李", AT)

    screen, problem, ahead = on_the_wall(pages)

    assert text(having(screen, "mmatter")[0]).count("停电三个月无人牵头") == 1
    assert "loud的事" in text(having(screen, "kick")[0])
    assert (problem, ahead) == ("", "loud")


@pytest.mark.parametrize("key", ["back old", "days", "torn"])
def test_every_part_has_its_screen(pages: dict[str, Any], key: str) -> None:
    asks(go=key)

    screen, problem, _ahead = on_the_wall(pages)

    assert len(having(screen, "msegments")) == 1
    assert problem == ""


def test_the_timer_is_set_going_stopped_and_set_to_nought(pages: dict[str, Any]) -> None:
    asks(timer=True)
    runs = places.place(HELD).is_running
    asks(timer=False)
    asks(reset=True)

    assert (runs, places.place(HELD).is_running, places.place(HELD).seconds(AT)) == (True, False, 0)


def test_where_the_place_cannot_be_kept_the_wall_goes_on_and_says_so(
    pages: dict[str, Any], board: Path
) -> None:
    with sqlite3.connect(board) as connection:
        connection.execute("create trigger t before insert on places begin select raise(abort, 'x'); end")

    asked = asks(go="loud")
    screen, problem, _ahead = on_the_wall(pages, asked)

    assert screen.to_plotly_json()["props"]["data-here"] == "loud"
    assert "没有保存" in problem


def test_who_was_too_late_is_told_and_shown_the_newest(pages: dict[str, Any], pack: Pack) -> None:
    one = typed(pages, pack, "dark", lead_unit_id="housing")
    other = typed(pages, pack, "dark", lead_unit_id="town", pledge="下周")

    quiet = keep(pages, one, "李")
    shown, known, said = keep(pages, other, "王")

    assert quiet[2] == ""
    assert said.startswith("李 已于 09:30 先保存（")
    assert "您的改动没有保存：牵头、" in said
    assert said.endswith("您写的是：下周")
    assert (shown["lead_unit_id"], shown["pledge"]) == ("housing", "")
    assert known["version"] == 1
    assert decisions.of(HELD)[0].lead_unit_id == "housing"


def test_two_windows_without_a_name_are_two_clerks(pages: dict[str, Any]) -> None:
    assert pages["clerk"].by(" ", "4f2a") == "记录员 4f2a"
    assert pages["clerk"].by("李", "4f2a") == "李"


def test_what_cannot_be_saved_stays_in_the_form_and_is_said(
    pages: dict[str, Any], pack: Pack, board: Path
) -> None:
    given = typed(pages, pack, "dark", pledge="下周")
    with sqlite3.connect(board) as connection:
        connection.execute("create trigger t before insert on decisions begin select raise(abort, 'x'); end")

    shown, known, said = keep(pages, given, "李")

    assert {*map(id, shown.values())} == {id(SILENT)}
    assert known is SILENT
    assert "记录库" in said


def test_a_form_that_waits_to_be_saved_is_not_drawn_over(pages: dict[str, Any], pack: Pack) -> None:
    asks(go="dark")
    waiting, known = typed(pages, pack, "dark", pledge="下周")
    idle, _ = typed(pages, pack, "dark")
    decisions.save(HELD, "dark", {"pledge": "月底"}, 0, "王", AT)
    fill = pages["clerk"].fill

    left = fill(now(), None, VIEW, PATH, known, *waiting)
    drawn = fill(now(), None, VIEW, PATH, known, *idle)

    assert {*map(id, left)} == {id(SILENT)}
    assert "月底" in drawn
    assert drawn[-1] == "王 已于 09:30 保存：表态；表单已换成最新内容。"
