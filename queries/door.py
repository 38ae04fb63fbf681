"""The data door: every public question as CSV or JSON, by its subject and name."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import orjson
import pandas as pd

import queries
from queries.arguments import Scope, refuse
from queries.known import check

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}

Question = TypeVar("Question", bound=Callable[..., Any])
_questions: dict[tuple[str, str], Callable[[Scope], pd.DataFrame | None]] = {}


class Answer(NamedTuple):
    """A question answered: its ``subject/name``, what it was asked with, and its table."""

    question: str
    scope: Scope
    table: pd.DataFrame


class NoSuchQuestion(LookupError):
    """There is no such question or format; says in Chinese and English what there is."""

    def __init__(self, asked: str, known: str) -> None:
        self.zh = f"没有“{asked}”这项数据；可查：{known}。"
        self.en = f'There are no data "{asked}"; there are: {known}.'
        super().__init__(self.en)


def question(opened: Question) -> Question:
    """Open a ``f(scope) -> DataFrame`` to the door, as <subject>/<name>.

    The subject is the file's name up to the first underscore: `intake_hours.py` also answers for intake.
    """
    subject = opened.__module__.rsplit(".", 1)[-1].split("_")[0]
    _questions[subject, opened.__name__] = opened
    return opened


def questions() -> list[str]:
    """All public questions, as ``subject/name``, in order."""
    _open_all()
    return sorted(f"{subject}/{name}" for subject, name in _questions)


def asked(subject: str, name: str) -> Callable[[Scope], pd.DataFrame | None]:
    """The question of this subject and name; raises `NoSuchQuestion`."""
    _open_all()
    if (subject, name) not in _questions:
        raise NoSuchQuestion(f"{subject}/{name}", ", ".join(questions()))
    return _questions[subject, name]


def answer(
    subject: str, name: str, given: Mapping[str, str], default_as_of: datetime, kind: str
) -> tuple[bytes, str]:
    """The answer as bytes with its media type.

    Raises `NoSuchQuestion`, `BadArgument`, or what reading raises (`DatabaseDown`).
    """
    if kind not in KINDS:
        raise NoSuchQuestion(
            f"{subject}/{name}.{kind}", " / ".join(f"{subject}/{name}.{one}" for one in KINDS)
        )
    table = answered(subject, name, given, default_as_of).table
    return (_csv(table) if kind == "csv" else _json(table)), KINDS[kind]


def answered(subject: str, name: str, given: Mapping[str, str], default_as_of: datetime) -> Answer:
    """The answer as a table, with the scope that was read from the arguments; raises as `answer`."""
    wanted = asked(subject, name)
    scope = check(Scope.parse(given, default_as_of, latest=default_as_of), subject)
    table = wanted(scope)
    if table is None:
        thing = "unit" if subject == "units" else "case"
        named = getattr(scope, thing) or ""
        raise refuse(thing, named, "没有这个编号的案件或单位", "there is no case or unit of that code")
    return Answer(f"{subject}/{name}", scope, table)


def _open_all() -> None:
    """Import every file of this room, so that its questions are known."""
    for module in pkgutil.iter_modules(queries.__path__):
        importlib.import_module(f"queries.{module.name}")


def _csv(table: pd.DataFrame) -> bytes:
    """Exact data: no byte-order mark, no guard that would change a value such as @坪山."""
    return table.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S", lineterminator="\n").encode()


def _json(table: pd.DataFrame) -> bytes:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return orjson.dumps(rows, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY)


def _plain(value: Any) -> Any:
    """What orjson does not know by itself: pandas' moments and missing marks."""
    return value.isoformat() if isinstance(value, datetime) else None
