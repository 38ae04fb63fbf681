"""What a table rests on: centre, question, definition, window, moment, filters, n, and the rules in force."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from papers import words
from queries import door, narrowing
from queries.arguments import Scope
from rules import measures, rulebook

COMPARING = ("league", "units")
"""Subjects that set units side by side: their tables repeat what the law says, and carry their own window."""

BASES = ("n", "rated")
"""Columns that say what a rate rests on."""

SAID_ELSEWHERE = ("as_of", "start", "end")
"""Arguments that are no filters."""


@dataclass(frozen=True)
class Reader:
    """Who takes a paper away: ``zh`` or ``en``, the centre's name, and the word for a code.

    ``word`` gets the question, the column (or argument) and the text in it.
    """

    language: str
    centre: str
    word: Callable[[str, str, str], str] = lambda _question, _column, code: code


def about(answer: door.Answer, reader: Reader, address: str) -> list[tuple[str, Any]]:
    """Lines of the second sheet: label and value (text, whole number or moment)."""
    language = reader.language
    lines = [
        ("centre", reader.centre),
        ("question", words.title(answer.question, language)),
        *_definition(answer, language),
        ("window", _window(answer, language)),
        ("as_of", answer.scope.as_of),
    ]
    labelled = [(words.line(name, language), value) for name, value in lines]
    after = [("rows", len(answer.table)), *_base(answer), ("rulebook", rulebook.load().version)]
    after += [("address", address), *_law(answer, language)]
    return [*labelled, *_filters(answer, reader), *((words.line(n, language), v) for n, v in after)]


def _definition(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """The measure that defines the question, else what the question says of itself."""
    known = {measure.id: measure for measure in measures.all()}
    named = answer.scope.measure if answer.question.startswith(COMPARING) else None
    found = known.get(named or "") or known.get(words.measure(answer.question) or "")
    if found is None:
        return [("definition", _first_sentence(answer.question))]
    texts = {"definition": found.words, "formula": found.formula, "excluded": found.excluded}
    return [(name, text.get(language)) for name, text in texts.items()]


def _first_sentence(question: str) -> str:
    said = inspect.getdoc(door.asked(*question.split("/"))) or ""
    return " ".join(said.split("\n\n")[0].replace("`", "").split())


def _window(answer: door.Answer, language: str) -> str:
    """The window in words: the one asked for, else the one the rows of a comparison say they rest on."""
    scope = answer.scope
    start, end = scope.start, scope.end
    if start is None and end is None and answer.question.startswith(COMPARING):
        start, end = _of_rows(answer)
    said = {"start": _full(start), "end": _full(end), "as_of": _full(scope.as_of)}
    name = {(True, True): "between", (True, False): "since", (False, True): "before"}
    return words.line(name.get((start is not None, end is not None), "unchosen"), language, **said)


def _of_rows(answer: door.Answer) -> tuple[datetime | None, datetime | None]:
    """From the first start to the last end; a row without an end runs until the moment."""
    if not {"start", "end"} <= set(answer.table):
        return None, None
    known = answer.table[["start", "end"]].dropna(subset="start")
    if known.empty:
        return None, None
    return known["start"].min(), known["end"].max() if known["end"].notna().all() else None


def _full(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _filters(answer: door.Answer, reader: Reader) -> list[tuple[str, Any]]:
    """What narrows the table, each with its name; an argument at its default is not said."""
    scope, language = answer.scope, reader.language
    names = {name: said or words.line("unnamed", language) for name, said, _ in narrowing.of(scope)}
    given = {field.name: getattr(scope, field.name) for field in fields(scope)}
    usual = vars(Scope(as_of=scope.as_of))
    chosen = [(n, v) for n, v in given.items() if n not in SAID_ELSEWHERE and v != usual[n]]
    said = {n: reader.word(answer.question, n, v) if isinstance(v, str) else v for n, v in chosen}
    return [(words.argument(n, language), names.get(n, v)) for n, v in said.items()]


def _base(answer: door.Answer) -> list[tuple[str, Any]]:
    """How many ratings (or cases) the rows rest on in all, where each row is about another unit."""
    found = [name for name in BASES if {name, "unit_id"} <= set(answer.table)]
    return [("n", int(answer.table[found[0]].sum()))] if found else []


def _law(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """Rankings may not be the sole ground of an assessment (信访工作条例), and the table says so."""
    return [("law", words.line("not_sole", language))] if answer.question.startswith(COMPARING) else []
