"""Codes are written into the statement as they are, whatever signs they have, and however many there are."""

from sqlalchemy import Engine, func, select

from casedb.tables import cases
from queries.database import read
from queries.picked import picked
from tests.builders import add_case

ODD = ("o'clock", "50%", "a\\b", 'say "so"', "甲-1", ":name", "x;--")


def test_odd_codes_are_found_and_nothing_else(board: Engine) -> None:
    with board.begin() as connection:
        for code in (*ODD, "plain"):
            add_case(connection, case_id=code)

    found = read(select(cases.c.case_id).where(picked(cases.c.case_id, ODD)))

    assert set(found["case_id"]) == set(ODD)


def test_none_picked_are_none(board: Engine) -> None:
    with board.begin() as connection:
        add_case(connection)

    assert read(select(cases.c.case_id).where(picked(cases.c.case_id, []))).empty


def test_more_codes_than_a_statement_has_values_can_be_picked(board: Engine) -> None:
    with board.begin() as connection:
        add_case(connection, case_id="c-7")
    many = [f"c-{number}" for number in range(40_000)]

    found = read(select(func.count().label("cases")).select_from(cases).where(picked(cases.c.case_id, many)))

    assert found["cases"].tolist() == [1]
