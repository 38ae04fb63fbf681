"""Every page, in both languages and both themes, in a real browser."""

import re
from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.boards import Board
from tests.browser.conftest import Open

PAGES = (
    *("/", "/queues", "/league", "/league?group=town&view=slope&without=mostly", "/units/D11"),
    *("/intake", "/cases", "/cases?set=overdue", "/definitions"),
)
LANGUAGES = {"zh": "zh-CN", "en": "en"}
THEMES = ("dark", "light")


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
    counted = int(figure.inner_text().split("/")[1].replace(",", ""))
    figure.click()
    page.wait_for_url("**/cases?*")
    heading = page.locator("main h1")
    heading.wait_for()
    assert re.search(r"[\d,]+", heading.inner_text()).group().replace(",", "") == str(counted)  # type: ignore[union-attr]
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
