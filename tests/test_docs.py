"""What the README and the pages of docs/ claim, compared with what is there."""

import ast
import re
from pathlib import Path

import pytest

from rules import measures
from settings import Settings

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf8")


def _settings_table(readme: str) -> dict[str, str]:
    """Name and default of every row of the settings table."""
    rows = re.findall(r"^\| `([A-Z_]+)` \|(.*?)\|", _text(readme), re.MULTILINE)
    return {name: default.strip() for name, default in rows}


@pytest.mark.parametrize("readme", READMES)
def test_the_settings_table_is_the_settings(readme: str) -> None:
    real = {
        name.upper(): f"`{field.default}`" if field.default != "" else ""
        for name, field in Settings.model_fields.items()
    }

    assert _settings_table(readme) == real


def test_every_setting_has_its_sentence_in_the_readme() -> None:
    missing = [
        name
        for name, field in Settings.model_fields.items()
        if str(field.description) not in _text("README.md")
    ]

    assert missing == []


@pytest.mark.parametrize("readme", READMES)
def test_every_make_command_of_the_readme_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)\b", _text(readme))) <= targets


@pytest.mark.parametrize("readme", READMES)
def test_every_page_is_documented(readme: str) -> None:
    shown = re.findall(r"^\| `(/[^`]*)` \|", _text(readme), re.MULTILINE)

    assert _addresses() - {re.sub("<[^>]+>", "<>", path) for path in shown} == set()


def _addresses() -> set[str]:
    """The address of every page, as its file registers it; what varies is written <>."""
    calls = [
        node
        for file in (ROOT / "pages").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("register_page")
    ]
    given = [{word.arg: word.value for word in call.keywords} for call in calls]
    paths = [
        ast.literal_eval(words.get("path_template") or words["path"]) for words in given if words.get("path")
    ]
    return {re.sub("<[^>]+>", "<>", path) for path in paths} - {"/404"}


@pytest.mark.parametrize("page", [*READMES, *(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md"))])
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", _text(page))

    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_measure_a_screen_points_to_is_defined() -> None:
    known = {measure.id for measure in measures.all()}

    assert _measures_used() - known == set()
    assert _measures_used()


def _measures_used() -> set[str]:
    """Ids behind every ⓘ: the argument ``measure`` and the addresses of the definitions page."""
    code = [
        file.read_text(encoding="utf8")
        for room in ("pages", "components")
        for file in (ROOT / room).glob("*.py")
    ]
    return {found for text in code for found in re.findall(r"(?:measure=\"|/definitions#)([a-z_0-9]+)", text)}
