"""A small city to take papers from, and a workbook opened again."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from papers import excel
from papers.facts import Reader
from queries import database, door
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    add_assignment,
    add_callback,
    add_case,
    add_channel,
    add_unit,
    add_window,
)

READER = Reader("zh", "宁溪市民声调度中心")
ADDRESS = "http://board/data/x.xlsx?as_of=2026-11-25T12:00:00"
NAMES = ("@坪山", "=1+1", "+86", "-", "'x", "00123", "http://board/", " 前后 ", "一\n二", "_x0041_")


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """A case database without rows, connected."""
    database.connect(engine.url)
    yield engine
    database.dispose()


@pytest.fixture
def city(empty: Engine) -> Engine:
    """A case for each awkward channel; one late, one closed and rated, one without anything."""
    with empty.begin() as connection:
        unit = add_unit(connection)
        add_window(connection)
        for place, name in enumerate(NAMES):
            channel = add_channel(connection, name)
            case = add_case(
                connection, NOON - DAY - place * HOUR, case_id=f"c-{place}", channel_id=channel, title=name
            )
            closed = NOON - 2 * HOUR if place % 2 else None
            due = NOON - HOUR if place else None
            add_assignment(
                connection, case, unit_id=unit, dispatched_at=NOON - DAY, due_at=due, closed_at=closed
            )
            if closed:
                add_callback(connection, case, NOON - HOUR, unit_id=unit)
    return empty


def answered(question: str, **given: str) -> door.Answer:
    return door.answered(*question.split("/"), given, NOON)


def opened(answer: door.Answer, reader: Reader = READER) -> Workbook:
    """The workbook as an office program reads it."""
    return openpyxl.load_workbook(io.BytesIO(excel.workbook(answer, reader, ADDRESS)))


def about(answer: door.Answer, reader: Reader = READER) -> dict[str, object]:
    """The second sheet as label → value."""
    return {row[0]: row[1] for row in opened(answer, reader).worksheets[1].iter_rows(values_only=True)}
