"""Who may know whom: the import table of the plan, read from the code itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {"app", "settings", "pages", "components", "queries", "rules", "casedb", "records", "papers"}

MAY_IMPORT = {
    "rules": {"rules", "chinese_calendar", "scipy", "numpy"},
    "casedb": {"casedb", "rules", "sqlalchemy", "pandas", "numpy", "typer", "rich", "openpyxl"},
    "queries": {
        *("queries", "casedb.tables", "casedb.health", "rules"),
        *("sqlalchemy", "pandas", "numpy", "flask_caching", "orjson"),
    },
    "records": {"records", "sqlalchemy", "alembic"},
    # Its command is a front door of its own, with the settings of the board.
    "papers": {
        *("papers", "queries", "rules", "records", "settings"),
        *("docx", "xlsxwriter", "pandas", "typer"),
    },
    "components": {
        *("components", "dash", "plotly", "dash_bootstrap_components", "dash_ag_grid"),
        *("pandas", "babel"),
    },
    "pages": {"components", "queries", "rules", "records", "papers", "dash", "pandas"},
    # What stands round the pages without being one: the frame, and the addresses that answer with data.
    "pages, not one": {
        *("pages", "components", "queries", "rules", "papers", "records"),
        *("flask", "orjson", "dash", "pandas"),
    },
    "settings": {"rules", "pydantic", "pydantic_settings"},
}


def _files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py")) or [ROOT / f"{room}.py"]


def _imports(file: Path) -> Iterator[str]:
    """Every module a file imports, with the names taken from one of our own: ``casedb.tables``."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield file.parent.name
        elif isinstance(node, ast.ImportFrom) and node.module in ROOMS:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _is_page(file: Path) -> bool:
    """Executed by Dash itself: a page that imports it would run it twice."""
    return "register_page" in file.read_text(encoding="utf8")


def _strangers(room: str, file: Path) -> list[str]:
    """Imports of a file that its room may not have."""
    is_frame = room == "pages" and not _is_page(file)
    allowed = MAY_IMPORT["pages, not one" if is_frame else room]
    if room == "pages":
        allowed = allowed | {f"pages.{beside.stem}" for beside in _files("pages") if not _is_page(beside)}
    modules = [name for name in _imports(file) if name.split(".")[0] not in sys.stdlib_module_names]
    return [name for name in modules if not any(f"{name}.".startswith(f"{known}.") for known in allowed)]


@pytest.mark.parametrize("room", [room for room in MAY_IMPORT if room in ROOMS and _files(room)[0].exists()])
def test_a_room_imports_only_what_the_plan_allows(room: str) -> None:
    wrong = {str(file.relative_to(ROOT)): _strangers(room, file) for file in _files(room)}

    assert {name: modules for name, modules in wrong.items() if modules} == {}


def test_the_front_door_knows_no_sql_and_no_figures() -> None:
    known = {name.split(".")[0] for name in _imports(ROOT / "app.py")}

    assert known & {"sqlalchemy", "pandas", "plotly"} == set()


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        str(file.relative_to(ROOT))
        for room in ROOMS - {"app"}
        for file in _files(room)
        if file.exists() and _asks_the_time(file)
    ]

    assert asking in ([], ["rules/clock.py"])


def _asks_the_time(file: Path) -> bool:
    calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf8"))) if isinstance(node, ast.Call)]
    return any(
        ast.unparse(call) in {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
        for call in calls
    )


def test_a_component_has_no_callback() -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for file in _files("components")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8")))
        if isinstance(node, ast.Name | ast.Attribute) and "callback" in ast.unparse(node).split(".")
    ]

    assert wrong == []


def test_no_room_is_unknown_to_the_plan() -> None:
    code = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ROOT.glob("*/*.py")}
    code |= {path.stem for path in ROOT.glob("*.py")}

    assert code - ROOMS - {"tests"} == set()
