"""The files of docs/add.md, put as they stand there into a copy of the tree, and run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "pages",
    "components",
    "queries",
    "rules",
    "papers",
    "records",
    "casedb",
    "assets",
    "locale",
    "tests",
)
FILES = ("app.py", "settings.py", "pyproject.toml", "README.md")

VISIT = """
from app import make_board
from rules.clock import Clock
from settings import Settings
board = make_board(Settings(case_database_url="sqlite:///build/new.db"), Clock.parse("2026-11-25T12:00"))
client = board.server.test_client()
page = client.get("/nature")
data = client.get("/data/nature/by_nature.csv")
assert page.status_code == 200, page.data
assert data.data == b"nature,received\\n", data.data
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the board with the new files and the new line of the menu in it."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, copy / file)
    for name, code in _blocks().items():
        (copy / name).write_text(code, encoding="utf8")
    menu = copy / "pages" / "frame.py"
    menu.write_text(
        menu.read_text("utf8").replace("NAMES = {\n", f"NAMES = {{\n    {_menu_line()}\n", 1), "utf8"
    )
    return copy


def _page() -> str:
    return (ROOT / "docs" / "add.md").read_text(encoding="utf8")


def _blocks() -> dict[str, str]:
    """Every file of the page and what is to stand in it."""
    return dict(re.findall(r"<!-- file: (\S+) -->\n```python\n(.*?)```", _page(), re.DOTALL))


def _menu_line() -> str:
    return re.findall(r"`(\"/nature\": .*?)`", _page())[0]


def _run(tree: Path, *command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_new_test_and_the_guards_of_the_rooms_pass(tree: Path) -> None:
    _run(
        tree,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/queries/test_nature.py",
        "tests/test_rooms.py",
    )


def test_the_new_code_keeps_style_and_types(tree: Path) -> None:
    new = [name for name in _blocks() if not name.startswith("tests/")]

    _run(tree, "-m", "ruff", "check", "--no-cache", *_blocks())
    _run(tree, "-m", "ruff", "format", "--check", "--no-cache", *_blocks())
    _run(tree, "-m", "mypy", "--cache-dir", str(tree / "types"), *new)


def test_the_new_page_and_its_data_are_served(tree: Path) -> None:
    _run(tree, "-m", "casedb", "create", "--database", "sqlite:///build/new.db")

    _run(tree, "-c", VISIT)
