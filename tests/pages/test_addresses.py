"""What an address may say: sets of cases and of whistles, kinds of alert, and which pages there are."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import request
from flask.testing import FlaskClient
from sqlalchemy import Engine

import app
from pages import address
from queries import database, known
from queries.arguments import BadArgument, Scope
from rules.clock import Clock
from settings import Settings
from tests.builders import NOON, add_arrival, add_summons, add_unit, add_whistle

MINUTE = timedelta(minutes=1)


@pytest.fixture
def connected(engine: Engine) -> Iterator[Engine]:
    database.connect(engine.url)
    yield engine
    database.dispose()


@pytest.fixture
def client(connected: Engine) -> FlaskClient:
    """A whole board: its pages are registered, its clock stands still."""
    chosen = Settings(case_database_url=str(connected.url))
    return app.make_board(chosen, Clock.parse(NOON.isoformat())).server.test_client()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("/whistles/list", "late"), ("/whistles", "spot_T1-2"), ("/cases", "overdue"), ("/", "open")),
        *(("/meetings/items", "kept"), ("/meetings/items", "open.owner.分管副市长")),
    ],
)
def test_a_set_is_known_where_it_is_shown(connected: Engine, path: str, name: str) -> None:
    asked = Scope(NOON, set=name)

    assert known.check(asked, address.subject(path)) is asked


@pytest.mark.parametrize(
    ("path", "name"), [("/cases", "soon"), ("/whistles/list", "overdue"), ("/whistles/list", "spot_")]
)
def test_a_set_of_something_else_is_refused_and_what_there_is_is_named(
    connected: Engine, path: str, name: str
) -> None:
    with pytest.raises(BadArgument, match=name) as refused:
        known.check(Scope(NOON, set=name), address.subject(path))

    assert ("late" if path.startswith("/whistles") else "overdue") in refused.value.en


def test_a_kind_of_alert_is_a_measure_of_the_alerts_only(connected: Engine) -> None:
    asked = Scope(NOON, measure="A09")

    assert known.check(asked, address.subject("/alerts")) is asked
    with pytest.raises(BadArgument):
        known.check(asked, address.subject("/league"))


def test_a_page_is_a_wall_only_if_it_was_made_for_one(client: FlaskClient) -> None:
    walls = ("/", "/queues", "/overdue", "/whistles", "/whistles/", "/league", "/units/D1")
    desks = ("/definitions", "/cases", "/cases/1", "/alerts", "/whistles/list", "/meeting/2026-11-26")

    views = {path: 'data-view="wall"' in client.get(f"{path}?wall=1").text for path in (*walls, *desks)}

    assert views == {**dict.fromkeys(walls, True), **dict.fromkeys(desks, False)}
    assert 'data-view="wall"' not in client.get("/overdue").text
    assert 'data-view="wall"' in client.get("/meeting/2026-11-26/present").text


def test_the_figures_of_a_page_are_drawn_as_the_page_is(client: FlaskClient) -> None:
    def is_drawn_for_a_wall(page: str) -> bool:
        asked = {"path": "/_dash-update-component", "method": "POST", "headers": {"Referer": page}}
        with client.application.test_request_context(**asked):
            return address.viewer(request, "zh").wall

    assert is_drawn_for_a_wall("http://board/whistles?wall=1")
    assert is_drawn_for_a_wall("http://board/meeting/2026-11-26/present")
    assert not is_drawn_for_a_wall("http://board/whistles/list?wall=1")


def test_only_what_is_not_there_is_missing(client: FlaskClient) -> None:
    there = ("/", "/whistles", "/whistles/list", "/whistles/list/", "/meetings/items")
    missing = ("/whistles/nope", "/nope", "/units/none", "/cases/none")

    assert {path: client.get(path).status_code for path in there} == dict.fromkeys(there, 200)
    assert {path: client.get(path).status_code for path in missing} == dict.fromkeys(missing, 404)


def test_the_list_of_whistles_is_a_file_too(client: FlaskClient, connected: Engine) -> None:
    with connected.begin() as connection:
        town, unit = add_unit(connection, unit_group="town"), add_unit(connection)
        whistle = add_whistle(connection, town, NOON - 50 * MINUTE, area_kind="urban", kind="emergency")
        add_summons(connection, whistle, unit, called_at=NOON - 50 * MINUTE, due_at=NOON - 20 * MINUTE)
        add_arrival(connection)

    late = client.get("/data/whistles/list.csv?set=late").text.splitlines()
    counted = client.get("/data/whistles/count.json?set=late").get_json()

    assert len(late) == 2
    assert whistle in late[1]
    assert counted == [{"rows": 1}]
    assert client.get("/data/whistles/list.csv?set=overdue").status_code == 400
