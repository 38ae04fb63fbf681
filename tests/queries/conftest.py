"""The case database the questions are asked of: empty, and connected for the length of a test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from queries import database


@pytest.fixture
def board(engine: Engine) -> Iterator[Engine]:
    """An empty case database that the questions read."""
    database.connect(engine.url)
    yield engine
    database.dispose()
