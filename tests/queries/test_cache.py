"""Questions are answered once, whoever asks and however many at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pandas as pd
import pytest
from flask import Flask

from queries import cache
from queries.arguments import Scope
from tests.builders import DAY, NOON

MIDNIGHT = NOON.replace(hour=0)


@pytest.fixture
def served() -> Flask:
    server = Flask("served")
    cache.cache.init_app(server, config=cache.settings(None))
    return server


def test_a_question_is_simply_answered_before_there_is_an_application() -> None:
    asked = []

    @cache.cached
    def figure(scope: Scope) -> pd.DataFrame:
        asked.append(scope)
        return pd.DataFrame({"n": [1]})

    figure(Scope(NOON))
    figure(Scope(NOON))

    assert len(asked) == 2


def test_the_same_question_is_computed_once_and_another_moment_is_another_question(served: Flask) -> None:
    asked = []

    @cache.cached
    def figure(scope: Scope) -> pd.DataFrame:
        asked.append(scope)
        return pd.DataFrame({"n": [1]})

    with served.app_context():
        spoilt = figure(Scope(NOON))
        spoilt["n"] = 99
        again = figure(Scope(NOON))
        figure(Scope(NOON + DAY))

    assert len(asked) == 2
    assert again["n"].tolist() == [1]


def test_many_who_ask_at_once_cost_one_computation(served: Flask) -> None:
    together, asked = Barrier(8), []

    @cache.cached
    def figure(scope: Scope) -> pd.DataFrame:
        asked.append(scope)
        return pd.DataFrame({"n": [1]})

    def ask() -> None:
        with served.app_context():
            together.wait()
            figure(Scope(NOON))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("end", "seconds"),
    [
        (None, cache.CURRENT_SECONDS),
        (MIDNIGHT - timedelta(seconds=1), cache.CLOSED_SECONDS),
        (MIDNIGHT, cache.CLOSED_SECONDS),
        (MIDNIGHT + timedelta(seconds=1), cache.CURRENT_SECONDS),
    ],
)
def test_only_a_period_that_ended_before_today_is_kept_for_long(end: object, seconds: int) -> None:
    assert cache.seconds_kept((Scope(NOON, end=end),)) == seconds  # type: ignore[arg-type]


def test_a_command_without_a_server_remembers_for_as_long_as_it_runs() -> None:
    asked = []

    @cache.cached
    def figure(scope: Scope) -> pd.DataFrame:
        asked.append(scope)
        return pd.DataFrame({"n": [1]})

    with cache.remembering():
        figure(Scope(NOON))
        figure(Scope(NOON))
    once = len(asked)
    figure(Scope(NOON))

    assert (once, len(asked)) == (1, 2)
