import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casedb.cli import app
from tests.casedb.filing import MAP, TWO, url_of, write_file, write_map


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_create_makes_the_tables_once(tmp_path: Path) -> None:
    first, second = (run("create", "--database", url_of(tmp_path)) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "21 tables created" in first.stdout
    assert "all tables were there" in second.stdout


def test_import_prints_an_account_that_adds_up_and_lists_the_rejects(tmp_path: Path) -> None:
    file = write_file(tmp_path, TWO + "3,never,12345,t,u\n")
    rejects = tmp_path / "new" / "rejects.csv"

    result = run(
        "import", file, "--map", write_map(tmp_path), "--database", url_of(tmp_path), "--rejects", rejects
    )

    assert result.exit_code == 0
    assert "3 rows read = 2 imported + 1 rejected" in result.stdout
    with rejects.open(encoding="utf-8", newline="") as lines:
        assert list(csv.reader(lines)) == [["row", "reason"], ["4", "received_at: 'never' is not a moment"]]


@pytest.mark.parametrize(
    ("map_text", "file_text", "name", "sentence"),
    [
        (MAP.replace('title = "title"', 'tilte = "title"'), TWO, "rows.csv", "no field tilte"),
        (MAP, TWO.replace("unit", "dept"), "rows.csv", "has no column 'unit'"),
        (MAP, TWO + '3,"cut', "rows.csv", "never closed"),
        (MAP, TWO, "rows.xlsx", "is not one; is it a renamed text file?"),
    ],
)
def test_bad_input_is_one_sentence_exit_code_2_and_nothing_written(
    tmp_path: Path, map_text: str, file_text: str, name: str, sentence: str
) -> None:
    file = write_file(tmp_path, file_text, name=name)

    result = run("import", file, "--map", write_map(tmp_path, map_text), "--database", url_of(tmp_path))

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "case.db").exists()


def test_check_leaves_with_0_1_or_2(tmp_path: Path) -> None:
    absent = run("check", "--database", url_of(tmp_path))
    run("create", "--database", url_of(tmp_path))
    sound = run("check", "--database", url_of(tmp_path))
    made = MAP.replace('title = "title"', 'closed_at = "title"')
    wrong = TWO.replace("路灯不亮", "2026-11-24 12:00:00")
    run(
        "import",
        write_file(tmp_path, wrong),
        "--map",
        write_map(tmp_path, made),
        "--database",
        url_of(tmp_path),
    )
    unsound = run("check", "--database", url_of(tmp_path), "--clock", "2026-11-26T12:00")

    assert (absent.exit_code, sound.exit_code, unsound.exit_code) == (2, 0, 1)
    assert "There is no database file" in absent.stderr
    assert "closed before it was received" in unsound.stdout


def test_check_as_json_names_problems_and_ages(tmp_path: Path) -> None:
    run("import", write_file(tmp_path), "--map", write_map(tmp_path), "--database", url_of(tmp_path))

    result = run("check", "--database", url_of(tmp_path), "--json", "--clock", "2026-11-25T12:00:00")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert [(one["id"], one["count"], one["examples"]) for one in report["problems"]] == [
        ("cases.in_the_future", 1, ["2"])
    ]
    assert report["tables"]["cases"] == {"rows": 2, "newest": "2026-11-25T12:00:00", "age_seconds": 0.0}


def test_a_wrong_clock_is_said(tmp_path: Path) -> None:
    run("create", "--database", url_of(tmp_path))

    assert run("check", "--database", url_of(tmp_path), "--clock", "yesterday").exit_code == 2
