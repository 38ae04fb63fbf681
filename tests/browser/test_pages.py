"""Every page, in both languages and both themes, in a real browser."""

import re
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy import Column, create_engine, update

from casedb import tables
from tests.browser.boards import Board
from tests.browser.conftest import Open, Start

PAGES = (
    *("/", "/queues", "/league", "/league?group=town&view=slope&without=mostly", "/units/D11"),
    *("/intake", "/cases", "/cases?set=overdue", "/definitions", "/meeting", "/meetings"),
)
LANGUAGES = {"zh": "zh-CN", "en": "en"}
THEMES = ("dark", "light")

STRANGE = "U/一 二"
"""A code that an address has to write in another way."""


@pytest.mark.parametrize(("path", "language", "theme"), list(product(PAGES, LANGUAGES, THEMES)))
def test_a_page_is_drawn_without_a_console_error(
    board: Board, open_page: Open, path: str, language: str, theme: str
) -> None:
    page = open_page(f"{board.address}{_with(path, lang=language, theme=theme)}")

    root = page.locator("html")
    assert root.get_attribute("lang") == LANGUAGES[language]
    assert root.get_attribute("data-theme") == theme


def test_leaving_a_page_and_coming_back_keeps_the_picture(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/queues")
    before = _picture(page)

    page.locator("nav a[href^='/intake']").first.click()
    page.wait_for_url("**/intake*")
    page.wait_for_function("before => document.querySelector('main')?.innerText !== before", arg=before)
    page.go_back()
    page.wait_for_url("**/queues*")

    page.wait_for_function("before => document.querySelector('main')?.innerText === before", arg=before)


def test_from_a_rank_to_one_case_in_three_clicks_and_back(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/league?group=department&without=mostly")

    page.locator(".lt .name a").first.click()
    page.wait_for_url("**/units/*without=mostly*")
    figure = page.locator(".utile a.of").first
    figure.wait_for()
    counted = figure.inner_text().split("/")[1]
    figure.click()
    page.wait_for_url("**/cases?*")
    page.locator(".filters h1", has_text=re.compile(rf"(?<!\d){re.escape(counted)}(?!\d)")).wait_for()
    page.locator(".ag-row a").first.click()
    page.wait_for_url("**/cases/*")
    page.locator(".casehead, main h1").first.wait_for()

    page.go_back()
    page.wait_for_url("**/cases?*")
    page.go_back()
    page.wait_for_url("**/units/*without=mostly*")
    same = open_page(page.url)
    same.locator(".utile a.of").first.wait_for()
    assert same.locator(".utile").first.inner_text() == page.locator(".utile").first.inner_text()


def test_the_sign_at_a_figure_leads_to_its_own_definition(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/overdue")

    page.locator("main a.def[href$='#due_24h']").first.click()
    page.wait_for_url("**/definitions#due_24h")
    page.wait_for_function(STANDS_ON_TOP)
    page.reload()

    page.wait_for_function(STANDS_ON_TOP)


STANDS_ON_TOP = "Math.abs(document.querySelector('#due_24h')?.getBoundingClientRect().top) < 20"


def test_a_unit_of_any_code_leads_from_page_to_list_to_case_and_back(
    copy_of_city: Path, start: Start, open_page: Open
) -> None:
    rename_unit(copy_of_city, "D11", STRANGE)
    board = start(f"sqlite:///{copy_of_city}")
    page = open_page(f"{board.address}/units/{quote(STRANGE, safe='')}")

    figure = page.locator(".utile a.of").first
    counted = figure.inner_text().split("/")[1]
    before = page.locator(".utile").first.inner_text()
    figure.click()
    page.wait_for_url(f"**/cases?*unit={quote_plus(STRANGE)}*")
    heading = page.locator(".filters h1", has_text=re.compile(rf"\b{counted}\b"))
    heading.wait_for()
    page.locator(".ag-row a").first.click()
    page.wait_for_url("**/cases/*")
    page.locator(".casehead").wait_for()

    page.go_back()
    page.wait_for_url("**/cases?*")
    heading.wait_for()
    page.go_back()
    page.wait_for_url("**/units/*")
    page.locator(".utile a.of").first.wait_for()
    assert page.locator(".utile").first.inner_text() == before


def rename_unit(file: Path, code: str, strange: str) -> None:
    """The unit has another code, wherever the city refers to it."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for column in units_named():
            connection.execute(update(column.table).where(column == code).values({column: strange}))
    engine.dispose()


def units_named() -> list[Column]:
    """The code of units, and every column that refers to it."""
    code = tables.units.c.unit_id
    everywhere = [column for table in tables.metadata.sorted_tables for column in table.c]
    return [column for column in everywhere if column is code or column.references(code)]


def test_how_a_league_is_shown_is_kept_on_the_way_to_a_unit_and_back(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/units/D11?view=slope&columns=n&without=mostly")

    page.locator(".uwho .about a").click()

    page.wait_for_url("**/league?*")
    assert {"view": "slope", "columns": "n", "without": "mostly", "group": "department"}.items() <= dict(
        parse_qsl(urlsplit(page.url).query)
    ).items()
    page.locator(".slope").wait_for()


def test_switching_a_rule_changes_the_rates_the_movers_and_the_address(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/league?group=department")
    page.locator(".lt").wait_for()
    before = page.locator(".lt").inner_text()

    page.locator(".rules a", has_text="含基本满意").click()
    page.wait_for_url("**without=mostly**")
    page.wait_for_function("before => document.querySelector('.lt')?.innerText !== before", arg=before)
    page.locator(".choices a", has_text="前后对照").click()
    page.wait_for_url("**view=slope**")
    page.locator(".slope").wait_for()
    assert page.locator(".slope .slto li").count() == page.locator(".slope .slfrom li").count() > 0


def _with(path: str, **arguments: str) -> str:
    joined = "&".join(f"{name}={value}" for name, value in arguments.items())
    return f"{path}{'&' if '?' in path else '?'}{joined}"


def _picture(page: Page) -> str:
    return page.locator("main").inner_text()
