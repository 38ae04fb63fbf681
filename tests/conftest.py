"""What every test may ask for: an empty case database, and where the public data lie."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_caching import Cache
from sqlalchemy import Engine, create_engine

from casedb.tables import metadata
from queries import cache

TRUTH = Path(os.environ.get("BOARD_TRUTH", Path(__file__).parent.parent.parent / "shared" / "data"))


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer of another test in the same process is remembered."""
    monkeypatch.setattr(cache, "cache", Cache())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty case database on SQLite, in a file of its own."""
    made = create_engine(f"sqlite:///{tmp_path / 'case.db'}")
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def truth() -> Path:
    """The folder of public data; a test that needs it is skipped, with this sentence, where it is absent."""
    if not (TRUTH / "ground_truth.json").exists():
        pytest.skip("the public data are not beside the checkout (../shared/data)")
    return TRUTH
