"""Whistles in a real browser: the wall holds sixty, a clock turns red at its limit, figures are lists."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, select, update

from casedb.tables import cases, whistles
from tests.browser import boards
from tests.browser import test_wall as walls
from tests.browser.boards import ROOT, Board
from tests.browser.conftest import EMPTY, Open, Start
from tests.browser.whistle_city import blow, clear

NOW = datetime.fromisoformat(boards.MOMENT)

VIEWS = list(product(walls.SCREENS, ("zh", "en")))


@pytest.fixture(scope="module")
def crowded(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board of the same city with sixty whistles under way, from just blown to hours late."""
    yield from _with_whistles(city, tmp_path_factory.mktemp("sixty"), 60)


@pytest.fixture(scope="module")
def busy(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """Nine whistles under way, as many as stand without turning."""
    yield from _with_whistles(city, tmp_path_factory.mktemp("nine"), 9)


@pytest.fixture(scope="module")
def calm(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """No whistle under way, though many have been."""
    yield from _with_whistles(city, tmp_path_factory.mktemp("none"), 0)


def _with_whistles(city: Path, folder: Path, count: int) -> Iterator[Board]:
    url = f"sqlite:///{shutil.copy(city, folder / 'whistles.db')}"
    with create_engine(url).begin() as connection:
        clear(connection)
        for number in range(count):
            blow(connection, number)
    with boards.serve(url, folder / "log.txt") as running:
        yield running


def _check(wall: Page, width: int, height: int) -> None:
    texts = wall.evaluate(walls.TEXTS)

    assert wall.evaluate(EMPTY) == []
    root = "document.documentElement"
    assert wall.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
    assert walls._small(texts, walls.SCREENS[width, height]) == []
    assert walls._outside(texts, width, height) == []
    assert [text["words"] for text in texts if text["cut"]] == []
    assert wall.evaluate(walls.SPILT) == []
    assert wall.evaluate(walls.SHORTENED) == []
    assert walls._overlapping(texts) == []
    assert wall.evaluate(PAST_THE_LINE) == []


PAST_THE_LINE = """() => [...document.querySelectorAll('.wcalls li')]
  .filter(row => {
    const { left, width } = row.getBoundingClientRect();
    return [...row.querySelectorAll('.chip')]
      .some(chip => chip.getBoundingClientRect().right > left + width * 2 / 3 + 1);
  }).map(row => row.innerText)"""
"""Rows whose chips go beyond the line of the limit."""

SECONDS = 10
"""Between two sheets."""

SHEETS = """() => [...document.querySelectorAll('[data-turns]')]
  .map(book => [...book.children].map(sheet => sheet.checkVisibility()))"""

ALL_AT = """at => [...document.querySelectorAll('[data-turns]')].map(book => [...book.children])
  .every(sheets => sheets.every((sheet, place) => sheet.hidden !== (place === at % sheets.length)))"""

ROWS = """() => [...document.querySelectorAll('.wcalls li')]
  .filter(row => row.checkVisibility() && row.innerText)
  .map(row => row.querySelector('.about').innerText)"""


# ── the wall ──


@pytest.mark.parametrize(("screen", "language"), VIEWS)
def test_the_whistles_fit_the_wall(
    board: Board, open_page: Open, screen: tuple[int, int], language: str
) -> None:
    address = f"{board.address}/whistles?wall=1&lang={language}"
    _check(open_page(address, width=screen[0], height=screen[1]), *screen)


@pytest.mark.parametrize(("screen", "language"), VIEWS)
def test_sixty_whistles_fit_the_wall_on_every_sheet(
    crowded: Board, open_page: Open, screen: tuple[int, int], language: str
) -> None:
    address = f"{crowded.address}/whistles?wall=1&lang={language}"
    wall = open_page(address, width=screen[0], height=screen[1])

    for turn in (0, 5, 11):
        wall.clock.set_fixed_time(turn * SECONDS)
        wall.wait_for_function(ALL_AT, arg=turn)
        _check(wall, *screen)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nine_whistles_stand_without_turning(busy: Board, open_page: Open, language: str) -> None:
    wall = open_page(f"{busy.address}/whistles?wall=1&lang={language}", width=1920, height=1080)

    assert len(wall.evaluate(ROWS)) == 9
    assert wall.evaluate(SHEETS) == []
    _check(wall, 1920, 1080)


@pytest.mark.parametrize(("language", "said"), [("zh", "没有进行中的吹哨"), ("en", "No whistle open")])
def test_a_wall_without_whistles_says_so_in_the_same_place(
    calm: Board, open_page: Open, language: str, said: str
) -> None:
    wall = open_page(f"{calm.address}/whistles?wall=1&lang={language}", width=1920, height=1080)

    assert said in wall.locator("main").inner_text()
    _check(wall, 1920, 1080)


def test_who_presses_most_stays_while_all_others_turn_over(crowded: Board, open_page: Open) -> None:
    wall = open_page(f"{crowded.address}/whistles?wall=1", width=1920, height=1080)
    sheets = len(wall.evaluate(SHEETS)[0])
    seen = []

    for turn in range(sheets):
        wall.clock.set_fixed_time(turn * SECONDS)
        wall.wait_for_function(ALL_AT, arg=turn)
        assert [sum(book) for book in wall.evaluate(SHEETS)] == [1, 1]
        seen.append(wall.evaluate(ROWS))

    assert len({tuple(rows[:4]) for rows in seen}) == 1
    assert len({row for rows in seen for row in rows}) == 60
    assert sum(len(rows) - 4 for rows in seen) == 56


# ── the desk ──


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_desk_shortens_no_tile_and_scrolls_down_only(
    board: Board, open_page: Open, language: str
) -> None:
    desk = open_page(f"{board.address}/whistles?lang={language}", width=1440, height=900)

    assert desk.evaluate(EMPTY) == []
    assert desk.evaluate(walls.SHORTENED) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 1440
    assert desk.evaluate("document.documentElement.scrollHeight") > 900


def test_every_figure_is_as_long_as_the_list_it_opens(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/whistles")
    links = page.locator("main a[href^='/whistles/list']").all()
    figures = {link.get_attribute("href") or "": link.inner_text() for link in links}

    assert {_set(href) for href in figures} >= SETS
    counts = {href: _count(page, board, href) for href in figures}
    assert {href: int(re.sub(r"\D", "", said)) for href, said in figures.items()} == counts


SETS = {
    *("late", "under_way", "arrived", "summoned", "today", "pairs", "pairs_kept", "whole", "whole_kept"),
    *("rated_town", "rated_unit", "good_town", "accepted", "signed_off"),
}
"""Some of the sets that the figures of a usual day open."""


def _set(href: str) -> str:
    found = re.search(r"set=(\w+)", href)
    return found[1] if found else ""


def _count(page: Page, board: Board, href: str) -> int:
    answer = page.request.get(f"{board.address}/data/whistles/count.json?{urlsplit(href).query}")
    return int(answer.json()[0]["rows"])


@pytest.mark.parametrize("figure", [".tile .fig a", ".wunits a[href*='pairs_kept']", ".wtowns a"])
def test_a_figure_opens_its_list(board: Board, open_page: Open, figure: str) -> None:
    page = open_page(f"{board.address}/whistles?lang=en")
    link = page.locator(figure).first
    counted = link.inner_text()
    link.click()

    page.wait_for_url("**/whistles/list?*")
    heading = page.locator("main h1")
    heading.wait_for()
    assert re.search(r"\d+", heading.inner_text().replace(",", ""))[0] == counted  # type: ignore[index]
    page.wait_for_function(
        "rows => document.querySelectorAll('.ag-center-cols-container .ag-row').length === rows",
        arg=int(counted),
    )


# ── cases behind whistles ──


def test_a_whistle_opens_its_case_and_a_confidential_one_says_nothing(
    copy_of_city: Path, start: Start, open_page: Open
) -> None:
    url = f"sqlite:///{copy_of_city}"
    with create_engine(url).begin() as connection:
        for number, confidentiality in enumerate(("open", "report")):
            known = cases.c.confidentiality == confidentiality
            case_id = connection.scalar(select(cases.c.case_id).where(known))
            blow(connection, number)
            one = whistles.c.whistle_id == f"many-{number:02}"
            connection.execute(update(whistles).where(one).values(case_id=case_id))
    board = start(url)
    page = open_page(f"{board.address}/whistles")
    rows = page.locator(".wcalls li")

    assert "压占道路0" in page.locator("main").inner_text()
    assert "压占道路1" not in page.content()
    assert rows.filter(has_text="（不公开）").count() == 1
    assert rows.filter(has_text="（不公开）").locator("a").count() == 0
    rows.locator(".about a").click()
    page.wait_for_url("**/cases/*")
    page.locator(".casehead").wait_for()


# ── live ──

LIMIT, LATE_BY = timedelta(minutes=10), timedelta(minutes=2)
MATTER = "井盖缺失"

INSERT = """
import sys
from datetime import datetime, timedelta
from sqlalchemy import create_engine, insert
from casedb.tables import summons, whistles

at, due = map(datetime.fromisoformat, sys.argv[2:4])
blown = {"whistle_id": "new", "town_id": "T05", "at": at, "accepted_at": at, "kind": "emergency",
         "matter": sys.argv[4], "spot_id": "new-spot", "area_kind": "urban"}
called = {"whistle_id": "new", "called_at": at, "due_at": due, "last_due_at": due}
with create_engine(sys.argv[1]).begin() as connection:
    connection.execute(insert(whistles).values(blown))
    connection.execute(insert(summons).values(
        called | {"summons_id": "new/1", "unit_id": "D11", "role": "lead"}))
    connection.execute(insert(summons).values(
        called | {"summons_id": "new/2", "unit_id": "D04", "role": "assist", "arrived_at": at,
                  "arrival_proof": "position"}))
"""

ARRIVE = """
import sys
from datetime import datetime
from sqlalchemy import create_engine, update
from casedb.tables import summons

with create_engine(sys.argv[1]).begin() as connection:
    came = {"arrived_at": datetime.fromisoformat(sys.argv[2]), "arrival_proof": "position"}
    connection.execute(update(summons).where(summons.c.summons_id == "new/1").values(came))
"""

WATCH = """([matter, accepted]) => {
  window.seen = [];
  const row = () => [...document.querySelectorAll('.wcalls li')].find(li => li.innerText.includes(matter));
  const minutes = (text) => {
    const [hours, rest] = text.match(/(\\d\\d):(\\d\\d)/).slice(1).map(Number);
    return 60 * hours + rest;
  };
  const look = () => {
    const spent = row() && row().querySelector('.used').innerText.match(/已\\s*(\\d+)分/);
    if (!spent) return;
    const printed = minutes(document.querySelector('main header.strip').innerText) - accepted;
    if (printed === Number(spent[1])) window.seen.push([printed, !!row().querySelector('.chip.late')]);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
}"""
"""Notes, when strip and row print the same minute, which it is since acceptance and if a unit is late."""


def test_a_whistle_appears_turns_late_at_its_limit_and_calm_on_arrival(
    copy_of_city: Path, start: Start, open_page: Open
) -> None:
    url = f"sqlite:///{copy_of_city}"
    board = start(url, clock=f"{boards.MOMENT}x12", refresh_seconds=5)
    wall = open_page(f"{board.address}/whistles?wall=1&lang=zh", width=1920, height=1080)
    accepted = _printed(wall)
    due = accepted + LIMIT

    _run(INSERT, url, accepted.isoformat(), due.isoformat(), MATTER)
    wall.evaluate(WATCH, [MATTER, accepted.hour * 60 + accepted.minute])
    row = wall.locator(".wcalls li", has_text=MATTER)
    row.wait_for()
    limit = int(LIMIT / timedelta(minutes=1))
    wall.wait_for_function("limit => window.seen.some(([at, late]) => late && at > limit + 1)", arg=limit)
    seen = wall.evaluate("window.seen")

    assert any(not late for _at, late in seen)
    assert [at for at, late in seen if late and at < limit] == []
    assert [at for at, late in seen if not late and at > limit] == []
    assert _printed(wall) > due
    assert "城管 超时未到" in (row.text_content() or "")

    _run(ARRIVE, url, (due + LATE_BY).isoformat())
    row.get_by_text("晚2分").wait_for()
    assert "城管 到场 晚2分" in (row.text_content() or "")
    assert row.locator(".chip.late").count() == 0
    assert row.locator(".state .late").count() == 0


def _printed(wall: Page) -> datetime:
    """The minute that the top strip shows."""
    found = re.search(r"(\d\d):(\d\d)", wall.locator("main header.strip").inner_text())
    assert found
    return NOW.replace(hour=int(found[1]), minute=int(found[2]))


def _run(script: str, *given: str) -> None:
    subprocess.run([sys.executable, "-c", script, *given], cwd=ROOT, check=True)
