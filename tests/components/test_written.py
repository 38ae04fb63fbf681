"""What is written as HTML says what its components say, and nothing that somebody typed becomes HTML."""

from html.parser import HTMLParser

import orjson
import pytest
from dash import dcc, html
from dash._utils import to_json

from components import whistle_board, whistle_day
from components.written import LINK, SAID, written
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


def answered(drawn):
    """What a browser is sent where a callback returns this."""
    answer = {"multi": True, "response": {"slot": {"children": orjson.loads(to_json(drawn))}}}
    return written(answer)["response"]["slot"]["children"]


def put(*children):
    """The HTML of a box with these children."""
    return answered(html.Ol([*children], className="rows"))["props"][SAID]


def boxes(piece):
    """Every component that a browser is sent, the outermost first."""
    if isinstance(piece, list):
        return [box for one in piece for box in boxes(one)]
    return [piece, *boxes(piece["props"].get("children"))] if isinstance(piece, dict) else []


def test_texts_stand_between_their_elements():
    drawn = html.Li(["one ", html.B("two"), " three ", 4, html.I(), None, " five"])

    assert put(drawn) == "<li>one <b>two</b> three 4<i></i> five</li>"


def test_attributes_are_those_of_html_and_what_is_off_is_left_out():
    style = {"left": "66.7%", "--at": 2, "gridRow": "3"}
    drawn = html.Div(className="bar", style=style, hidden=False, title=None, **{"aria-hidden": "true"})

    assert put(drawn) == '<div class="bar" style="left:66.7%;--at:2;grid-row:3" aria-hidden="true"></div>'
    assert put(html.Li(hidden=True)) == '<li hidden=""></li>'


def test_a_link_leads_where_it_led_and_says_that_it_stays_within_the_board():
    assert put(dcc.Link("1", href="/a?b=1&c=2")) == f'<a href="/a?b=1&amp;c=2" {LINK}="">1</a>'
    assert put(html.A("1", href="/paper.docx")) == '<a href="/paper.docx">1</a>'


@pytest.mark.parametrize("typed", ['<img src=x onerror="alert(1)">', "</li><script>1</script>", "&lt;b&gt;"])
def test_what_somebody_typed_stays_what_it_is(typed):
    read = Read(put(html.Li(typed, title=typed)))

    assert (read.words, read.tags) == (typed, ["li"])


@pytest.mark.parametrize(
    "living",
    [
        html.Div(id="known to a callback"),
        html.Span("10:30", **{"data-stamp": ""}),
        html.Details("unfolded by the reader"),
        html.Button("open"),
        html.Script("1 < 2"),
        html.Div(style={"width": 3}),
        html.Div(style={"top": None}),
        html.Div(**{"aria-hidden": True}),
        dcc.Link("away", href="/a", target="_blank"),
        dcc.Input(id="number"),
        dcc.Graph(),
    ],
)
def test_what_lives_stays_a_component_and_so_does_what_stands_around_it(living):
    still = html.P([html.B("still")])
    sent = answered(html.Section([html.Div(["before ", living]), still]))

    assert living.to_plotly_json()["type"] in [box["type"] for box in boxes(sent)]
    assert [box["type"] for box in boxes(sent) if SAID in box["props"]] == ["P"]


def test_a_box_that_has_an_id_itself_is_written_inside():
    sent = answered(html.Div(html.P(html.B("1")), id="slot"))

    assert sent["props"] == {"children": None, "id": "slot", SAID: "<p><b>1</b></p>"}


def test_a_number_that_is_not_whole_is_left_to_dash():
    assert SAID not in answered(html.P([html.B("1"), 0.5]))["props"]


def test_what_is_only_text_and_what_is_not_children_stays_as_it_is():
    assert answered(html.P("text"))["props"] == {"children": "text"}
    assert answered(None) is None
    assert written({"response": {"kept": {"data": {"a": 1}}}}) == {"response": {"kept": {"data": {"a": 1}}}}


def test_a_board_says_the_same_when_written():
    drawn = whistle_board.board(mock.ACTIVE, 7, BOOK)
    said, led, count = text(drawn), links(drawn), len(nodes(drawn))
    rows = len(having(drawn, "wcalls")[0].children)

    sent = boxes(answered(drawn))
    read = Read("".join(box["props"].get(SAID, "") for box in sent))

    led_now = [*read.links, *(box["props"]["href"] for box in sent if "href" in box["props"])]

    assert read.words in said
    assert sorted(href for href in led_now if not href.startswith("/definitions")) == sorted(led)
    assert read.tags.count("li") >= rows
    assert len(sent) < count / 10


def test_the_lanes_of_a_day_say_the_same_when_written():
    lanes = having(whistle_day.day(mock.DAY, 16, 9, [], BOOK), "wlanes")[0]
    said = text(lanes)

    sent = boxes(answered(lanes))

    assert Read("".join(box["props"].get(SAID, "") for box in sent)).words == said
