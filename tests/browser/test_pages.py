"""Every page, in both languages and both themes, in a real browser."""

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.boards import Board
from tests.browser.conftest import Open

PAGES = ("/", "/queues", "/intake", "/cases", "/cases?set=overdue", "/definitions")
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


def _with(path: str, **arguments: str) -> str:
    joined = "&".join(f"{name}={value}" for name, value in arguments.items())
    return f"{path}{'&' if '?' in path else '?'}{joined}"


def _picture(page: Page) -> str:
    return page.locator("main").inner_text()
