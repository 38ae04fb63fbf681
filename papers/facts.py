"""What a table rests on: centre, question, definition, window, moment, filters, n, and the rules in force."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pandas as pd

from papers import words
from queries import door, narrowing, periods
from queries.arguments import Scope
from rules import measures, rulebook

COMPARING = ("league", "units")
"""Subjects that set units side by side: their tables repeat what the law says, and carry their own window."""

OWN_WINDOW = (
    *("league/groups", "league/satisfaction", "league/trend"),
    *("units/one", "units/stock", "units/late", "units/assigned", "units/items"),
)
"""Of these, the questions that do not speak of the period since the last meeting."""

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
    what = [
        ("centre", reader.centre),
        ("question", words.title(answer.question, language)),
        *_definition(answer, language),
    ]
    when = [("window", _window(answer, language)), *_longer(answer, language), ("as_of", answer.scope.as_of)]
    rest = [("rows", len(answer.table)), *_base(answer), ("rulebook", rulebook.load().version)]
    rest += [("address", address), *_law(answer, language)]
    first, moments, last = ([(words.line(n, language), v) for n, v in some] for some in (what, when, rest))
    return [*first, *_measures(answer, language), *moments, *_filters(answer, reader), *last]


def _definition(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """The measure that defines the question, else what it answers in a sentence."""
    named = answer.scope.measure if answer.question.startswith(COMPARING) else None
    found = _known().get(named or "") or _known().get(words.measure(answer.question) or "")
    if found is None or "measure" in answer.table:
        said = words.definition(answer.question, language)
        return [("definition", said)] if said else []
    texts = {"definition": found.words, "formula": found.formula, "excluded": found.excluded}
    return [(name, text.get(language)) for name, text in texts.items()]


def _measures(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """Of a table with a measure a row: each by its name, what it says and how it is reckoned."""
    if "measure" not in answer.table:
        return []
    found = [_known()[name] for name in answer.table["measure"] if name in _known()]
    return [
        (one.name.get(language), f"{one.words.get(language)} {one.formula.get(language)}") for one in found
    ]


def _known() -> dict[str, measures.Measure]:
    return {measure.id: measure for measure in measures.all()}


def _window(answer: door.Answer, language: str) -> str:
    """The window in words: the one asked for, else the one that the rows of a comparison rest on."""
    scope = answer.scope
    start, end = scope.start, scope.end
    if start is None and end is None and answer.question.startswith(COMPARING):
        start, end = _of_rows(answer)
    said = {"start": _full(start), "end": _full(end), "as_of": _full(scope.as_of)}
    name = {(True, True): "between", (True, False): "since", (False, True): "before"}
    return words.line(name.get((start is not None, end is not None), "unchosen"), language, **said)


def _of_rows(answer: door.Answer) -> tuple[datetime | None, datetime | None]:
    """From the first start to the last end; a row without an end runs until the moment.

    Of rows that rest on the period and rows that rest on 30 days, those of the period.
    Rows that do not say rest on the period since the last meeting, but for those of `OWN_WINDOW`.
    """
    said = {"start", "end"} <= set(answer.table)
    known = _own(answer.table)[["start", "end"]].dropna(subset="start") if said else answer.table.head(0)
    if known.empty:
        start = None if answer.question in OWN_WINDOW else periods.within(answer.scope).start
        return start, None
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
    """How many ratings (or cases) the rows rest on in all, where each row is about another unit.

    Rows of 30 days are no part of it: they would add the days of the period twice.
    """
    found = [name for name in BASES if {name, "unit_id"} <= set(answer.table)]
    return [("n", int(_own(answer.table)[found[0]].sum()))] if found else []


def _own(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that rest on the period itself; all where none does."""
    if "rolling" not in table or table["rolling"].all():
        return table
    return table[~table["rolling"].astype(bool)]


def _longer(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """The window of the rows that rest on 30 days, where others do not, and how many these are."""
    rest = answer.table.drop(index=_own(answer.table).index)
    if rest.empty:
        return []
    said = {"start": _full(rest["start"].min()), "rows": len(rest), "n": int(rest["n"].sum())}
    return [("window_longer", words.line("longer", language, **said))]


def _law(answer: door.Answer, language: str) -> list[tuple[str, str]]:
    """Rankings may not be the sole ground of an assessment (信访工作条例), and the table says so."""
    return [("law", words.line("not_sole", language))] if answer.question.startswith(COMPARING) else []
