"""What the meeting decided is in the bulletin and its annex; what it did not is there as proposed."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

import records
from casedb import demo
from papers import annex, record
from papers.bulletin import Imprint, word
from papers.deciding import STATED, is_decided
from papers.gathering import Sheets, gather
from queries import database
from queries.meetings_pack import Pack, pack
from records import decisions, objections
from records.decisions import Decision

NOW, DAY = datetime(2026, 11, 25, 9, 30), date(2026, 11, 26)
ALL = dict.fromkeys(STATED, "decided")
CENTRE = "宁溪市民声调度中心"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"sqlite:///{tmp_path_factory.mktemp('handing') / 'demo.db'}"
    demo.run(made, demo.plan("today", days=40, scale=0.2))
    return made


@pytest.fixture
def found(url: str, tmp_path: Path) -> Iterator[Pack]:
    database.connect(url)
    records.connect(f"sqlite:///{tmp_path / 'kept.db'}")
    yield pack(DAY, NOW)
    records.dispose()
    database.dispose()


def keys(found: Pack) -> list[str]:
    return list(gather(found).matters["key"])


def save(key: str, **changes: object) -> Decision:
    return decisions.save(DAY, key, changes, 0, "书记员", NOW)


def told(sheets: Sheets) -> tuple[str, list[list[str]], list[list[str]]]:
    """The paragraphs of the paper; the rows handed out, and the rows proposed."""
    paper = docx.Document(io.BytesIO(word(sheets, Imprint(CENTRE))))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    handed = [row for one in tables if one[0][-1] == "期限" for row in one[1:]]
    proposed = [row for one in tables if one[0][3] == "理由" for row in one[1:]]
    lines = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    return lines, handed, proposed


def test_without_decisions_everything_is_proposed(found: Pack) -> None:
    sheets = gather(found)

    lines, handed, proposed = told(sheets)

    assert "七、拟交办事项" in lines
    assert handed == []
    assert len(proposed) == len(sheets["meetings/candidates"]) > 3
    assert "异议" not in lines
    assert "未能读取" not in lines


def test_a_matter_decided_in_every_part_is_handed_out_with_who_and_by_when(found: Pack) -> None:
    first, second, third, *_rest = before = keys(found)
    due = datetime(2026, 12, 6)
    save(first, pledge="本周内修好，电话13812345678", owner_post="副市长", due=due, states=ALL)
    save(second, pledge="再议", states={**ALL, "due": "recording"})
    decisions.remove(DAY, third, "已办好", 0, "书记员", NOW)

    sheets = gather(found)
    lines, handed, proposed = told(sheets)

    matter = sheets.matters.iloc[0]
    units = f"{matter.lead_unit}{f'（{matter.assist_units}）' if matter.assist_units else ''}"
    assert [row[2:] for row in handed] == [
        [matter.title or "（不宜公开）", units, "副市长", "本周内修好，电话138****5678", "12-05"]
    ]
    assert "七、交办事项" in lines and "会议交办1项" in lines
    assert f"拟交办{len(before) - 2}项" in lines and len(proposed) == len(before) - 2


def test_an_item_looked_back_at_is_there_when_it_is_decided_anew(found: Pack) -> None:
    item = gather(found)["meetings/look_back"].iloc[0]
    save(f"back {item.item_id}", pledge="改为月底前", states={"pledge": "decided"})

    lines, handed, _proposed = told(gather(found))

    assert "对以前交办的1项重新明确" in lines
    assert [(row[0], row[2], row[5]) for row in handed] == [("回头看", item.title, "改为月底前")]


def test_what_the_clerk_added_is_there_too(found: Pack) -> None:
    save("own", title="会上提出的事项", item_group="consultation", lead_unit_id="D10", states=ALL)

    _lines, handed, _proposed = told(gather(found))

    assert [row[:3] for row in handed] == [["会商", "1", "会上提出的事项"]]


def test_the_objections_and_what_became_of_them_are_counted(found: Pack) -> None:
    for words in ("一", "二", "三"):
        objections.file(DAY, "T01", "total", words, "办公室", NOW, NOW)
    objections.answer(DAY, 1, "成立", True, "中心", NOW)
    objections.answer(DAY, 2, "不成立", False, "中心", NOW)

    lines, _handed, _proposed = told(gather(found))

    assert "提出异议3件，其中认定成立1件、不成立1件、待答复1件。" in lines


def test_without_the_records_everything_is_proposed_and_the_closing_note_says_why(found: Pack) -> None:
    first = keys(found)[0]
    save(first, states=ALL)
    records.dispose()

    lines, handed, proposed = told(gather(found))

    assert handed == [] and proposed
    assert "会议决定未能读取（" in lines and "交办事项按会前建议列出。" in lines


def test_the_annex_has_every_matter_with_its_state(found: Pack) -> None:
    first = keys(found)[0]
    save(first, pledge="本周内修好", owner_post="副市长", due=datetime(2026, 12, 6), states=ALL)
    sheets = gather(found)

    book = openpyxl.load_workbook(io.BytesIO(annex.workbook(sheets, CENTRE)))
    head, *rows = book[annex.DECISIONS].iter_rows(min_row=annex.TOP + 1, values_only=True)

    assert head == tuple(annex.HANDED.values())
    assert [row[3] for row in rows] == ["交办", *["拟交办"] * (len(sheets.matters) - 1)]
    assert rows[0][6:] == ("副市长", "本周内修好", datetime(2026, 12, 5))


def test_a_frozen_record_keeps_what_was_decided(found: Pack) -> None:
    save(keys(found)[0], pledge="本周内修好", states=ALL)
    sheets = gather(found)

    kept = record.read(record.body(sheets, decisions.of(DAY), record.Members({})))["matters"]

    table = pd.DataFrame(kept["rows"], columns=kept["columns"])
    assert list(table[table["is_decided"]]["pledge"]) == ["本周内修好"]


@pytest.mark.parametrize(
    ("said", "is_it"),
    [
        (Decision(DAY, "c-1"), False),
        (Decision(DAY, "c-1", states=ALL), True),
        (Decision(DAY, "c-1", states={**ALL, "pledge": "proposed"}), False),
        (Decision(DAY, "c-1", states=ALL, removed_reason="已办"), False),
        (Decision(DAY, "back 7", pledge="x", states={"pledge": "decided"}), True),
        (Decision(DAY, "back 7", pledge="x", states={"pledge": "recording"}), False),
        (Decision(DAY, "back 7"), False),
    ],
)
def test_decided_is_what_is_decided_in_every_part(said: Decision, is_it: bool) -> None:
    assert is_decided(said) is is_it
