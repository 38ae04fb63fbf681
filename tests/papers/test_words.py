"""The words of workbooks: both languages, and nothing an office program refuses."""

import re

from papers import words
from queries import door
from queries.arguments import Scope
from rules import measures

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def test_everything_is_said_in_both_languages() -> None:
    wrong = {
        f"{section}.{name}": said
        for section, entries in words.texts().items()
        for name, said in entries.items()
        if not 2 <= len(said) <= 3 or not all(said)
    }

    assert wrong == {}


def test_a_title_fits_the_tab_of_a_sheet() -> None:
    titles = [title for said in words.texts()["questions"].values() for title in said[:2]]

    assert [title for title in titles if len(title) > 31 or FORBIDDEN.search(title)] == []


def test_a_measure_a_title_names_is_defined() -> None:
    named = {said[2] for said in words.texts()["questions"].values() if len(said) > 2}

    assert named - {measure.id for measure in measures.all()} == set()


def test_a_question_without_a_title_is_called_by_its_name() -> None:
    assert words.title("weather/rain", "zh") == "weather rain"


def test_every_argument_of_a_question_has_a_word() -> None:
    arguments = set(vars(Scope(as_of=None))) - {"as_of", "start", "end"}  # type: ignore[arg-type]

    assert arguments - set(words.texts()["filters"]) == set()


def test_every_public_question_has_a_title() -> None:
    assert set(door.questions()) - set(words.texts()["questions"]) == set()


def test_every_public_question_is_defined_by_a_measure_or_in_a_sentence() -> None:
    undefined = [
        name for name in door.questions() if not (words.measure(name) or words.definition(name, "zh"))
    ]

    assert undefined == []
