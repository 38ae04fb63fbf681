"""Reading a text as a value of the field's type: moment, flag, number, word, key or text."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer

from casedb import times
from casedb.block import Block, number_of
from casedb.mapping import Map
from casedb.naming import KEY_LENGTH, key_of
from casedb.vetting import allowed_words

Texts = list[str | None]

YES = frozenset(("1", "true", "yes", "y", "是"))
NO = frozenset(("0", "false", "no", "n", "否"))


def typed(column: Column[Any], texts: Texts, block: Block, made: Map) -> list[Any]:
    """Texts as values of a column's type; a text that is none rejects its row."""
    if isinstance(column.type, DateTime | Date):
        found, wrong = times.moments(texts, made.times, made.zone, block.repairs)
        for place in wrong:
            block.reject(place, f"{column.name}: {str(texts[place])[:40]!r} is not a moment")
        return found if isinstance(column.type, DateTime) else [value and value.date() for value in found]
    read = _reader(column, block.repairs)
    return [_read(read, text, place, column.name, block) for place, text in enumerate(texts)]


def _read(read: Callable[[str], Any], text: str | None, place: int, name: str, block: Block) -> Any:
    try:
        return None if text is None else read(text)
    except ValueError as error:
        block.reject(place, f"{name}: {text[:40]!r} is not {error}" if text else f"{name} is empty")
        return None


def _reader(column: Column[Any], repairs: Counter[str]) -> Callable[[str], Any]:
    """How a cell is read for a column; the reader's ValueError says what the cell is not."""
    if isinstance(column.type, Boolean):
        return _flag
    if isinstance(column.type, Integer):
        return _whole
    if isinstance(column.type, Float):
        return _amount
    if words := allowed_words(column):
        return lambda text: _word(text, words)
    if column.primary_key or column.foreign_keys or getattr(column.type, "length", 0) == KEY_LENGTH:
        return key_of
    length = getattr(column.type, "length", None)
    return lambda text: _cut(text, length, repairs)


def _flag(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError("yes or no")
    return text.lower() in YES


def _whole(text: str) -> int:
    number = number_of(text)
    if number is None or not number.is_integer():
        raise ValueError("a whole number")
    return int(number)


def _amount(text: str) -> float:
    number = number_of(text)
    if number is None:
        raise ValueError("a number")
    return number


def _word(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(f"one of {', '.join(words)}")
    return text


def _cut(text: str, length: int | None, repairs: Counter[str]) -> str:
    if length is None or len(text) <= length:
        return text
    repairs["texts cut to the length of their field"] += 1
    return text[:length]
