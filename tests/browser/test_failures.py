"""Bad input and broken parts: a clear sentence, never a stack trace, a blank page or a wrong number."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, insert, text

from casedb import tables
from tests.browser import boards
from tests.browser.boards import Board
from tests.browser.conftest import DRAWN, Open, Start

LOADED = "() => document.querySelector('main')"
TITLE = "<script>window.entered = true</script> 路灯不亮"


def _no_trace(page: Page) -> None:
    words = page.locator("body").inner_text()
    assert words.strip()
    assert "Traceback" not in words
    assert "sqlalchemy" not in words


def _only_missing(errors: list[str]) -> None:
    """The browser notes that the address answered 404, and nothing else."""
    assert all("404" in error for error in errors), errors
    errors.clear()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unknown_address_says_so_in_words(
    board: Board, open_page: Open, errors: list[str], language: str
) -> None:
    page = open_page(f"{board.address}/no-such-page?lang={language}", until=LOADED)

    expect(page.locator("main a[href='/']").first).to_be_visible()
    _no_trace(page)
    _only_missing(errors)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_case_that_does_not_exist_is_named(
    board: Board, open_page: Open, errors: list[str], language: str
) -> None:
    page = open_page(f"{board.address}/cases/does-not-exist?lang={language}", until=LOADED)

    expect(page.locator("main")).to_contain_text("does-not-exist")
    _no_trace(page)
    _only_missing(errors)


def test_a_moment_that_is_none_is_refused_with_a_sentence(
    board: Board, open_page: Open, errors: list[str]
) -> None:
    page = open_page(f"{board.address}/?as_of=yesterday&lang=en", until=LOADED)

    expect(page.locator("main")).to_contain_text("yesterday")
    _no_trace(page)
    errors.clear()


def test_a_script_in_a_title_is_text(copy_of_city: Path, start: Start, open_page: Open) -> None:
    url = f"sqlite:///{copy_of_city}"
    row = {"case_id": "entered", "title": TITLE, "received_at": boards.day(10, 0), "is_valid": True}
    with create_engine(url).begin() as connection:
        connection.execute(insert(tables.cases).values(row))

    page = open_page(f"{start(url).address}/cases/entered")

    expect(page.locator("main")).to_contain_text(TITLE)
    assert page.evaluate("window.entered") is None


def test_a_missing_column_gives_a_notice_and_no_stack_trace(
    copy_of_city: Path, start: Start, open_page: Open, errors: list[str]
) -> None:
    url = f"sqlite:///{copy_of_city}"
    with create_engine(url).begin() as connection:
        connection.execute(text("alter table cases rename column received_at to came_at"))

    page = open_page(f"{start(url).address}/intake?lang=en", until=LOADED)

    expect(page.locator("[role=alert]:visible").first).to_contain_text("received_at")
    _no_trace(page)
    errors.clear()


def test_a_stopped_database_is_said_to_be_one(
    copy_of_city: Path, tmp_path: Path, start: Start, open_page: Open, errors: list[str]
) -> None:
    board = start(f"sqlite:///{copy_of_city}", clock=f"{boards.MOMENT}x1")
    page = open_page(f"{board.address}/")
    copy_of_city.rename(tmp_path / "away.db")

    page.wait_for_selector("html[data-state=db]")
    page.wait_for_function(DRAWN)  # the last picture stays
    _no_trace(page)
    errors.clear()


def test_a_lost_server_is_said_to_be_lost(
    city: Path, start: Start, open_page: Open, errors: list[str]
) -> None:
    board = start(f"sqlite:///{city}", clock=f"{boards.MOMENT}x1")
    page = open_page(f"{board.address}/")
    board.process.kill()

    page.wait_for_selector("html[data-state=lost]")
    page.wait_for_function(DRAWN)  # the last picture stays
    errors.clear()
