"""Which answers of callbacks are kept: none that shows or changes the board's own database."""

from itertools import count

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient

from pages import answers
from queries import cache


@pytest.fixture
def client() -> FlaskClient:
    """A server whose callbacks answer with how often they were asked."""
    server, asked = Flask("server"), count(1)
    cache.cache.init_app(server, config=cache.settings(None))
    server.add_url_rule(
        answers.DISPATCH,
        answers.DISPATCH,
        lambda: jsonify(times=next(asked)),
        methods=["POST"],
    )
    answers.keep(server, 30)
    return server.test_client()


def answered(client: FlaskClient, output: str) -> int:
    return int(client.post(answers.DISPATCH, json={"output": output, "inputs": []}).get_json()["times"])


@pytest.mark.parametrize("output", ["meeting-days.children", "..a.children...on-record-b.data.."])
def test_an_answer_is_made_once_for_all_who_ask_the_same(client: FlaskClient, output: str) -> None:
    assert [answered(client, output) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    "output",
    [
        "record-meeting-now.data",
        "record-clerk-said.children@1f2e",
        "..frame-problem.children...record-present-screen.children..",
        "..frame-view.data...frame-problem.children..",
    ],
)
def test_what_shows_the_records_or_asks_the_clock_is_made_each_time(client: FlaskClient, output: str) -> None:
    assert [answered(client, output) for _ in range(2)] == [1, 2]
