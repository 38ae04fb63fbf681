"""Lists written as HTML say what their components say, and nothing that somebody typed becomes HTML."""

from html.parser import HTMLParser

import pytest
from dash import dcc, html

from components import whistle_board, whistle_day
from components.written import written
from tests.components import mock_whistles as mock
from tests.components.conftest import having, links, nodes, text
from tests.components.mock_whistles import BOOK


class Read(HTMLParser):
    """The words, the elements and the links of some HTML."""

    def __init__(self, given):
        super().__init__()
        self.words, self.tags, self.links = "", [], []
        self.feed(given)

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]


def put(*children):
    """The HTML of a list with these children."""
    return getattr(written(html.Ol([*children], className="many rows"), "many"), "data-written")


def board():
    return whistle_board.board(mock.ACTIVE, 7, BOOK)


def test_texts_stand_between_their_elements():
    drawn = html.Li(["one ", html.B("two"), " three ", 4, html.I(), " five"])

    assert put(drawn) == "<li>one <b>two</b> three 4<i></i> five</li>"


def test_attributes_are_those_of_html_and_what_is_off_is_left_out():
    style = {"left": "66.7%", "--at": 2}
    drawn = html.Div(className="bar", style=style, hidden=False, title=None, **{"aria-hidden": "true"})

    assert put(drawn) == '<div class="bar" style="left:66.7%;--at:2" aria-hidden="true"></div>'
    assert put(html.Li(hidden=True)) == '<li hidden=""></li>'


def test_a_link_leads_where_it_led():
    assert put(dcc.Link("1", href="/a?b=1&c=2")) == '<a href="/a?b=1&amp;c=2">1</a>'


@pytest.mark.parametrize("typed", ['<img src=x onerror="alert(1)">', "</li><script>1</script>", "&lt;b&gt;"])
def test_what_somebody_typed_stays_what_it_is(typed):
    read = Read(put(html.Li(typed, title=typed)))

    assert (read.words, read.tags) == (typed, ["li"])


def test_only_lists_of_the_class_are_written():
    inner = html.Ol([html.Li("a")], className="many")
    drawn = written(html.Section([html.H2("title"), html.Ol([html.Li("b")]), html.Div([inner])]), "many")

    assert text(drawn) == "titleb"
    assert [getattr(node, "data-written") for node in having(drawn, "many")] == ["<li>a</li>"]


def test_children_that_are_no_children_are_refused():
    with pytest.raises(TypeError, match="neither a component nor a text"):
        put(html.Li([["a", "b"]]))


def test_the_rows_of_a_board_say_the_same_when_written():
    said, led, rows = text(board()), links(board()), len(having(board(), "wcalls")[0].children)
    drawn = written(board(), "wcalls")
    read = Read(getattr(having(drawn, "wcalls")[0], "data-written"))

    assert read.words in said
    assert text(drawn) == said.replace(read.words, "")
    assert sorted([*links(drawn), *read.links]) == sorted(led)
    assert read.tags.count("li") == rows
    assert len(nodes(drawn)) < 60


def test_the_lanes_of_a_day_say_the_same_when_written():
    drawn = whistle_day.day(mock.DAY, 16, 9, [], BOOK)
    said = text(having(drawn, "wlanes")[0])

    read = Read(getattr(having(written(drawn, "wlanes"), "wlanes")[0], "data-written"))

    assert read.words == said
