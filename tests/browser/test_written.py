"""What is sent as HTML in a real browser: what is the same is not touched, and its links stay within."""

import pytest
from playwright.sync_api import Page

from tests.browser.boards import Board
from tests.browser.conftest import Open

PUT = """async (html) => {
  const box = document.getElementById('put') ?? document.createElement('section');
  box.id = 'put';
  if (!box.isConnected) document.querySelector('main').append(box);
  box.setAttribute('data-written', html);
  await new Promise((drawn) => requestAnimationFrame(drawn));
  return box.innerHTML;
}"""

AGAIN = """async () => {
  const box = document.getElementById('put');
  box.removeAttribute('data-written');
  box.append(document.createElement('hr'));
  await new Promise((drawn) => requestAnimationFrame(drawn));
  return box.innerHTML;
}"""

OPEN = """async () => {
  document.documentElement.setAttribute('data-paused', '');
  const sheets = document.getElementById('put');
  sheets.setAttribute('data-turns', '');
  sheets.append(document.createElement('i'));
  await new Promise((turned) => requestAnimationFrame(turned));
  return sheets.innerHTML;
}"""
"""Three sheets that no longer turn by themselves."""

MARK = "window.marked = document.querySelector('#put a'); window.marked.focus()"
KEPT = "window.marked === document.querySelector('#put a') && document.activeElement === window.marked"


def test_what_is_the_same_is_not_touched_and_a_link_keeps_its_focus(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/queues")

    assert page.evaluate(PUT, "<p>1</p><a href='/a'>one</a>") == '<p>1</p><a href="/a">one</a>'
    page.evaluate(MARK)
    assert page.evaluate(PUT, "<p>2</p><a href='/b'>two</a>") == '<p>2</p><a href="/b">two</a>'
    assert page.evaluate(KEPT)


def test_a_box_that_holds_components_again_gives_up_its_html(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/queues")
    page.evaluate(PUT, "<p>1</p>text<b>2</b>")

    assert page.evaluate(AGAIN) == "<hr>"


@pytest.mark.parametrize("said", [("", " hidden", " hidden"), (" hidden", "", " hidden")])
def test_the_sheet_that_lies_open_stays_open(board: Board, open_page: Open, said: tuple[str, ...]) -> None:
    page = open_page(f"{board.address}/queues")
    page.evaluate(PUT, "<i></i><i></i>")
    lies_open = page.evaluate(OPEN)

    again = "".join(f"<i{hidden} class='new'></i>" for hidden in said)
    assert page.evaluate(PUT, again).replace(' class="new"', "") == lies_open


def test_a_link_stays_within_the_page_and_the_way_back_too(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/league?group=department")
    page.evaluate("window.marked = true")

    page.locator(".lt .name a[data-link]").first.click()
    page.wait_for_url("**/units/*")
    page.locator(".utile a.of").first.wait_for()
    assert _is_same(page)

    page.go_back()
    page.wait_for_url("**/league?*")
    page.locator(".lt .name a[data-link]").first.wait_for()
    assert _is_same(page)


def test_a_link_pressed_with_a_key_opens_beside(board: Board, open_page: Open) -> None:
    page = open_page(f"{board.address}/league?group=department")

    with page.context.expect_page() as opened:
        page.locator(".lt .name a[data-link]").first.click(modifiers=["Control"])
    opened.value.wait_for_url("**/units/*")

    assert "/league" in page.url


def _is_same(page: Page) -> bool:
    """Whether the document is still the one that was marked."""
    return bool(page.evaluate("window.marked === true"))
