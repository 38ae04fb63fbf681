from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import func, select

from casedb import store, vetting
from casedb.importer import import_file
from casedb.source import BadFile
from casedb.tables import (
    assignments,
    callbacks,
    cases,
    categories,
    channels,
    metadata,
    units,
    visits,
    windows,
)
from tests.casedb.filing import HEAD, MAP, TWO, imported, url_of, write_file, write_map


def rows(folder: Path, *columns: sqlalchemy.Column) -> list[tuple]:
    engine = store.open_reader(url_of(folder))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(*columns).order_by(columns[0]))]
    engine.dispose()
    return found


def everything(folder: Path) -> dict[str, list[tuple]]:
    return {table.name: rows(folder, *table.columns) for table in metadata.sorted_tables}


def test_a_file_becomes_cases_assignments_and_the_names_they_use(tmp_path: Path) -> None:
    account = imported(tmp_path)

    assert (account.read, account.imported, account.rejected) == (2, 2, [])
    assert rows(tmp_path, cases.c.case_id, cases.c.received_at, cases.c.channel_id, cases.c.title) == [
        ("1", datetime(2026, 11, 25, 12), "12345", "路灯不亮"),
        ("2", datetime(2026, 11, 25, 12, 0, 1), "@宁溪", None),
    ]
    assert rows(tmp_path, assignments.c.case_id, assignments.c.unit_id) == [("1", "市城管局"), ("2", None)]
    assert rows(tmp_path, units.c.name) == [("市城管局",)]
    assert rows(tmp_path, channels.c.name) == [("12345",), ("@宁溪",)]


def test_importing_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path)
    before = everything(tmp_path)

    account = imported(tmp_path)

    assert everything(tmp_path) == before
    assert account.imported == 2
    assert {name: (one.added, one.changed) for name, one in account.tables.items()} == dict.fromkeys(
        account.tables, (0, 0)
    )
    assert account.of(cases).unchanged == 2


def test_a_row_that_differs_changes_only_what_the_map_feeds(tmp_path: Path) -> None:
    imported(tmp_path)
    engine = store.open_engine(url_of(tmp_path))
    with engine.begin() as connection:
        connection.execute(cases.update().values(issue="市容环卫"))
    engine.dispose()

    account = imported(tmp_path, TWO.replace("路灯不亮", "路灯又亮"))

    assert (account.of(cases).changed, account.of(cases).unchanged) == (1, 1)
    assert rows(tmp_path, cases.c.title, cases.c.issue) == [(None, "市容环卫"), ("路灯又亮", "市容环卫")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("3,yesterday,12345,t,u", "received_at: 'yesterday' is not a moment"),
        ("3,-,12345,t,u", "received_at is missing"),
        ("-,2026-11-25 12:00:00,12345,t,u", "case_id is missing"),
        ("1,2026-11-25 12:00:00,12345,t,u", "case_id 1 is already that of row 2"),
        ("3,2026-11-25 12:00:00,12345", "has 3 cells instead of 5"),
        ("3,2026-11-25 12:00:00,12345,t,u,v", "has 6 cells instead of 5"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_number(
    tmp_path: Path, line: str, reason: str
) -> None:
    account = imported(tmp_path, TWO + line + "\n")

    assert account.rejected == [(4, reason)]
    assert (account.read, account.imported) == (3, 2)
    assert len(rows(tmp_path, cases.c.case_id)) == len(rows(tmp_path, assignments.c.assignment_id)) == 2


def test_two_rows_equal_in_all_but_their_key_are_both_kept(tmp_path: Path) -> None:
    line = "2026-11-25 12:00:00,12345,路灯不亮,市城管局\n"

    account = imported(tmp_path, f"{HEAD}1,{line}2,{line}")

    assert account.imported == 2


def test_values_conditions_and_patterns_decide_fields(tmp_path: Path) -> None:
    fields = (
        'nature = { column = "title", values = { A = "help" }, missing = "?" }\n'
        'stated_closed = { column = "unit", patterns = [["^Closed", true], ["", false]] }\n'
        'issue = { constant = "市容环卫", when = { column = "channel", above = 3 } }\n'
        'petitioner_id = { column = "unit", hash = true }\n'
    )
    made = MAP.replace('title = "title"\n', fields).replace('unit_id = "unit"\n', "")
    day = "2026-11-25 12:00:00"

    text = f"{HEAD}1,{day},3,A,Closed (x)\n2,{day},4,?,Open\n3,{day},5,B,Open\n"
    account = imported(tmp_path, text, made)

    assert account.rejected == [(4, "nature: the map has no value for 'B'")]
    found = rows(tmp_path, cases.c.case_id, cases.c.nature, cases.c.stated_closed, cases.c.issue)
    assert found == [("1", "help", True, None), ("2", None, False, "市容环卫")]
    hashes = rows(tmp_path, cases.c.petitioner_id)
    assert all(len(text) == 32 and "Open" not in text for (text,) in hashes)


def test_levels_become_a_tree_down_to_the_first_missing_one(tmp_path: Path) -> None:
    made = MAP.replace('title = "title"', 'category_id = { levels = ["channel", "title", "unit"] }')
    day = "2026-11-25 12:00:00"

    imported(tmp_path, f"{HEAD}1,{day},市容,占道,摊贩\n2,{day},市容,-,摊贩\n3,{day},-,占道,摊贩\n", made)

    assert rows(tmp_path, cases.c.case_id, cases.c.category_id) == [
        ("1", "市容/占道/摊贩"),
        ("2", "市容"),
        ("3", None),
    ]
    tree = rows(
        tmp_path, categories.c.level, categories.c.name, categories.c.parent_id, categories.c.level1_id
    )
    assert tree == [(1, "市容", None, "市容"), (2, "占道", "市容", "市容"), (3, "摊贩", "市容/占道", "市容")]


def test_what_is_known_of_a_name_is_written_once_and_then_left_to_people(tmp_path: Path) -> None:
    groups = MAP + '[names.units]\nunit_group = { patterns = [["街道", "town"], ["", "department"]] }\n'
    imported(tmp_path, map_text=groups)
    assert rows(tmp_path, units.c.unit_group) == [("department",)]

    engine = store.open_engine(url_of(tmp_path))
    with engine.begin() as connection:
        connection.execute(units.update().values(unit_group="public"))
    engine.dispose()
    imported(tmp_path, map_text=groups)

    assert rows(tmp_path, units.c.unit_group) == [("public",)]


def test_a_window_without_a_number_rejects_its_row(tmp_path: Path) -> None:
    made = (
        '[visits]\nvisit_id = { join = ["id", "channel"] }\narrived_at = "received"\nwindow_id = "unit"\n'
        "[names.windows]\nnumber = { values = { A = 1 } }\n"
    )
    day = "2026-11-25 12:00:00"

    account = imported(tmp_path, f"{HEAD}1,{day},x,t,A\n2,{day},x,t,B\n", made)

    assert account.rejected == [(3, "[names.windows] gives no number for 'B'")]
    assert rows(tmp_path, windows.c.window_id, windows.c.number) == [("A", 1)]
    assert rows(tmp_path, visits.c.visit_id) == [("1-x",)]


def test_a_further_table_has_a_row_only_where_its_key_is_there(tmp_path: Path) -> None:
    made = MAP + '[callbacks]\ncallback_id = "title"\ncase_id = "id"\nat = "received"\n'

    imported(tmp_path, map_text=made)

    assert rows(tmp_path, callbacks.c.callback_id, callbacks.c.case_id) == [("路灯不亮", "1")]


def test_a_row_that_refers_to_an_absent_case_is_rejected(tmp_path: Path) -> None:
    made = '[callbacks]\ncallback_id = "id"\ncase_id = "channel"\nat = "received"\n'

    account = imported(tmp_path, map_text=made)

    assert account.imported == 0
    assert account.rejected[0] == (2, "case_id: there is no '12345' in cases, nor in an earlier row")


def test_a_text_too_long_for_its_field_is_cut_and_counted(tmp_path: Path) -> None:
    account = imported(tmp_path, TWO.replace("路灯不亮", "灯" * 300).replace("市城管局", "局" * 100))

    assert account.repairs == {"texts cut to the length of their field": 1}
    assert rows(tmp_path, func.length(cases.c.title)) == [(None,), (255,)]
    assert rows(tmp_path, func.length(units.c.unit_id), func.length(units.c.name)) == [(64, 100)]


def test_a_case_closed_before_it_was_received_is_imported(tmp_path: Path) -> None:
    made = MAP.replace('title = "title"', 'closed_at = "title"')

    account = imported(tmp_path, f"{HEAD}1,2026-11-25 12:00:00,12345,2026-11-24 12:00:00,u\n", made)

    assert account.imported == 1


def test_a_missing_column_is_named_with_what_needs_it(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"has no column 'unit', which \[assignments\] unit_id needs"):
        imported(tmp_path, TWO.replace("unit", "dept"))

    assert not (tmp_path / "case.db").exists()


def test_a_file_that_breaks_off_writes_nothing(tmp_path: Path) -> None:
    many = "".join(f"{number},2026-11-25 12:00:00,c,t,u\n" for number in range(6000))

    with pytest.raises(BadFile, match="never closed"):
        imported(tmp_path, f'{HEAD}{many}9999,2026-11-25 12:00:00,c,"t')
    assert not (tmp_path / "case.db").exists()

    imported(tmp_path)
    with pytest.raises(BadFile):
        imported(tmp_path, f'{HEAD}{many}9999,2026-11-25 12:00:00,c,"t')
    assert len(rows(tmp_path, cases.c.case_id)) == 2


def test_progress_ends_with_the_whole_file(tmp_path: Path) -> None:
    told: list[tuple[float, int]] = []
    made = vetting.load(write_map(tmp_path))

    import_file(write_file(tmp_path), made, url_of(tmp_path), lambda *now: told.append(now))

    assert told == [(1.0, 2)]
