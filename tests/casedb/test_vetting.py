from pathlib import Path

import pytest

from casedb import vetting
from casedb.mapping import BadMap
from tests.casedb.filing import MAP, write_map

TITLE = 'title = "title"'
MAPS = sorted((Path(vetting.__file__).parent / "maps").glob("*.toml"))


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_map_of_the_project_fits_the_contract(path: Path) -> None:
    assert vetting.load(path).tables


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((TITLE, 'titel = "title"'), "the table cases has no field titel; did you mean title"),
        (("[cases]", "[casez]"), "the contract has no table casez; did you mean cases"),
        (("[cases]", "[cases"), "is not a TOML file"),
        (('received_at = "received"\n', ""), r"\[cases\] needs received_at"),
        ((TITLE, 'title = 3'), r"\[cases\] title: write the name of a column"),
        ((TITLE, 'title = { colum = "t" }'), "unknown key colum"),
        ((TITLE, 'title = { column = "t", constant = "x" }'), "exactly one of column"),
        ((TITLE, 'nature = { column = "t", values = { a = "angry" } }'), "'angry' is not one of consult"),
        ((TITLE, 'is_valid = { column = "t", values = { a = 1 } }'), "1 is not a bool"),
        ((TITLE, 'title = { levels = ["a", "b"] }'), "levels belong to a reference"),
        ((TITLE, 'title = { column = "t", date = "d" }'), "belong to a moment"),
        ((TITLE, 'issue = { column = "t", patterns = [["(", "x"]] }'), "is not a regular expression"),
        ((TITLE, 'closed_at = { column = "t", not_before = "due" }'), "not_before names no field"),
        ((TITLE, 'title = { column = "t", when = { column = "x" } }'), "a condition names a column"),
        (('clean = ["html", "spaces"]', 'clean = ["polish"]'), "no kind of cleaning named polish"),
        (('name = "test"', 'zone = "Moon/Sea"'), "there is no time zone Moon/Sea"),
        (('name = "test"', 'mising = ["-"]'), "mising is not a key of a map"),
        (('name = "test"', 'reject = [{ column = "a", is = "b" }]'), "say the reason"),
        (("[assignments]", "[names.cases]\n[assignments]"), "no table is filled by names that"),
    ],
)  # fmt: skip
def test_a_wrong_map_is_said_in_one_sentence(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    path = write_map(tmp_path, MAP.replace(*change))

    with pytest.raises(BadMap, match=sentence) as caught:
        vetting.load(path)

    assert str(caught.value).startswith(str(path))


def test_windows_made_from_names_need_their_numbers(tmp_path: Path) -> None:
    visits = '[visits]\nvisit_id = "id"\narrived_at = "at"\nwindow_id = "window"\n'

    with pytest.raises(BadMap, match=r"\[names.windows\] needs number"):
        vetting.load(write_map(tmp_path, visits))


def test_a_map_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadMap, match="cannot be read"):
        vetting.load(tmp_path / "nothing.toml")
