"""The page of one case: what it says of a case that may not be told, or is not there (yet)."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

import app
from queries import database
from rules.clock import Clock
from settings import Settings
from tests.builders import DAY, HOUR, NOON, add_assignment, add_case, add_unit

SLOTS = ("case-head", "case-clocks", "case-steps", "case-aside")


@pytest.fixture
def city(engine: Engine) -> Iterator[Engine]:
    database.connect(engine.url)
    yield engine
    database.dispose()


@pytest.fixture
def page(city: Engine) -> Callable[[str, datetime], str]:
    """All that the page says of a case at a moment; the board's own moment is noon."""
    chosen = Settings(case_database_url=str(city.url))
    client = app.make_board(chosen, Clock.parse(NOON.isoformat())).server.test_client()
    return lambda number, as_of: "".join(_slot(client, slot, number, as_of) for slot in SLOTS)


def _slot(client: FlaskClient, slot: str, number: str, as_of: datetime) -> str:
    view = {"id": "frame-view", "property": "data", "value": {"as_of": as_of.isoformat()}}
    asked = {"id": "case-number", "property": "data", "value": number}
    body = {
        "output": f"{slot}.children",
        "outputs": {"id": slot, "property": "children"},
        "inputs": [view, asked],
        "changedPropIds": ["frame-view.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code in (200, 204), answer.text
    return str(answer.json) if answer.status_code == 200 else ""


def test_the_page_of_a_report_names_neither_its_unit_nor_its_matter_nor_a_time(
    city: Engine, page: Callable[[str, datetime], str]
) -> None:
    sent = {"dispatched_at": NOON - 9 * DAY, "due_at": NOON - DAY}
    with city.begin() as connection:
        unit = add_unit(connection, "市医保局")
        facts = {"title": "骗保", "issue": "医保", "confidentiality": "report", "nature": "report"}
        report = add_case(connection, NOON - 9 * DAY, **facts)
        other = add_case(connection, NOON - 9 * DAY, title="停水", issue="供水")
        for case in (report, other):
            add_assignment(connection, case, unit_id=unit, **sent)

    told, whole = page(report, NOON), page(other, NOON)

    assert [word for word in ("市医保局", "停水", "供水", "12:00") if word not in whole] == []
    assert [word for word in ("市医保局", "骗保", "医保", "12:00", "timeline") if word in told] == []
    assert "举报" in told and "11月16日" in told


def test_a_case_not_yet_received_at_the_moment_is_told_from_one_that_is_not_there(
    city: Engine, page: Callable[[str, datetime], str]
) -> None:
    with city.begin() as connection:
        case, future = add_case(connection, NOON - HOUR), add_case(connection, NOON + HOUR)

    assert "还没有受理" in page(case, NOON - 2 * HOUR)
    assert "没有这个案件号" in page("nobody", NOON)
    assert "没有这个案件号" in page(future, NOON - 2 * HOUR)


def test_the_files_of_a_case_that_is_not_there_are_refused(city: Engine) -> None:
    client = app.make_board(Settings(case_database_url=str(city.url)), Clock.parse(NOON.isoformat())).server
    with city.begin() as connection:
        case = add_case(connection, NOON - HOUR)

    asked = client.test_client()
    codes = [
        asked.get(f"/data/cases/timeline.csv?{said}").status_code
        for said in (f"case={case}", "case=zzz", f"case={case}&as_of=2026-11-01T09:00")
    ]

    assert codes == [200, 400, 400]


def test_a_view_that_is_not_there_says_so(city: Engine) -> None:
    server = app.make_board(Settings(case_database_url=str(city.url)), Clock.parse(NOON.isoformat())).server
    address = {"id": "_pages_location", "property": "search"}

    def views(search: str) -> str:
        body = {
            "output": "overdue-views.children",
            "outputs": {"id": "overdue-views", "property": "children"},
            "inputs": [address | {"value": search}],
            "changedPropIds": ["_pages_location.search"],
        }
        return str(server.test_client().post("/_dash-update-component", json=body).json)

    assert "zzz" in views("?view=zzz")
    assert "没有" not in views("?view=units") + views("")
