"""The Word bulletin read back: every number is the question's, and the form is that of GB/T 9704."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Length

from casedb import demo
from papers.bulletin import Imprint, file_name, word
from papers.gathering import Sheets, gather
from queries import database, door
from queries.arguments import Scope
from queries.meetings_pack import pack

NOW, MEETING = datetime(2026, 11, 25, 9, 30), date(2026, 11, 26)
CENTRE = "宁溪市民声调度中心"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"sqlite:///{tmp_path_factory.mktemp('papers') / 'demo.db'}"
    demo.run(made, demo.plan("today", days=60, scale=0.3))
    return made


@pytest.fixture(scope="module")
def sheets(url: str) -> Iterator[Sheets]:
    """The papers of the meeting of the next day, as a draft."""
    database.connect(url)
    yield gather(pack(MEETING, NOW))
    database.dispose()


@pytest.fixture(scope="module")
def body(sheets: Sheets) -> bytes:
    return word(sheets, Imprint(CENTRE, copies=80))


@pytest.fixture(scope="module")
def paper(body: bytes) -> Paper:
    return docx.Document(io.BytesIO(body))


def texts(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def after(paper: Paper, heading: str) -> str:
    """The text below a heading up to the next one."""
    lines = texts(paper)
    start = lines.index(heading) + 1
    stop = next(
        (n for n in range(start, len(lines)) if re.match(r"[一二三四五六七八]、", lines[n])), len(lines)
    )
    return "\n".join(lines[start:stop])


def table(paper: Paper, head: str, nth: int = 0) -> list[dict[str, str]]:
    """The n-th table whose heading row begins so, each row by the names of its columns."""
    found = [one for one in paper.tables if one.rows[0].cells[0].text == head][nth]
    names, *rows = ([cell.text for cell in row.cells] for row in found.rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


def asked(name: str, scope: Scope, **changed: Any) -> pd.DataFrame:
    """What the page asks at the same moment."""
    given = {name: value for name, value in {**vars(scope), **changed}.items() if value is not None}
    return door.asked(*name.split("/"))(Scope(**given))


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_every_number_of_the_overview_is_a_figure_of_the_ten_days(paper: Paper, sheets: Sheets) -> None:
    row = asked("meetings/ten_days", sheets.pack.scope).iloc[0]
    first, stock, pace = after(paper, "一、运行概况").split("\n")[:3]

    on_time, satisfied = (
        round(100 * row[f"{name}_k"] / row[f"{name}_n"], 2) for name in ("on_time", "satisfied")
    )
    waiting = [row["waiting"]] if row["waiting"] else []
    assert numbers(first) == pytest.approx([
        11, 17, row["total"], row["issue_count"], round(100 * row["issue_count"] / row["total"], 2), 12345,
        row["calls"], row["valid"], row["online"], row["dispatched"], *waiting, row["sms"], row["others"],
        row["closed"], row["in_hand"], on_time, satisfied,
    ])  # fmt: skip
    assert numbers(stock) == pytest.approx([
        row["closed"] + row["in_hand"], row["dispatched"], row["carried"], row["on_time_n"], row["on_time_k"],
        row["satisfied_n"], row["satisfied_k"],
    ])  # fmt: skip
    daily = [round(row[name], 1) for name in ("days", "per_day", "days_before", "per_day_before")]
    assert numbers(pace)[:4] == pytest.approx(daily)


def test_every_sum_of_the_overview_is_the_questions(paper: Paper, sheets: Sheets) -> None:
    told = after(paper, "一、运行概况").split("三式相符：")[1].split("\n")[0]

    rows = asked("meetings/identities", sheets.pack.scope)
    for said, row in zip(told.split("；"), rows.itertuples(), strict=True):
        left = re.findall(r"（(\d+)）=", said)[0]
        assert (int(left), row.holds) == (row.left, True)


def test_the_kinds_of_issue_are_the_questions(paper: Paper, sheets: Sheets) -> None:
    kinds = asked("intake/issues", sheets.pack.scope)
    rows = table(paper, "问题类别")[: len(kinds)]

    assert [(row["问题类别"], int(row["本期（件）"])) for row in rows] == list(
        zip(kinds["issue"], kinds["received"], strict=True)
    )
    for row, real, change in zip(rows, kinds["is_real"], kinds["change"], strict=True):
        sign = "+" if change > 0 else "−"
        assert row["变化"] == (f"{sign}{abs(100 * change):.1f}%" if real else "持平")


@pytest.mark.parametrize(("nth", "group"), list(enumerate(["town", "department", "public"])))
def test_every_row_of_a_league_is_the_questions(paper: Paper, sheets: Sheets, nth: int, group: str) -> None:
    league = asked("league/table", sheets.pack.scope, group=group)
    received = asked("overdue/by_unit", sheets.pack.scope).set_index("unit_id")["received"]
    tiers = {"better": "显著较好", "same": "无显著差异", "worse": "显著落后", "few": "样本不足"}

    rows = table(paper, "单位", nth)

    assert len(rows) == len(league)
    for row, unit in zip(rows, league.itertuples(), strict=True):
        assert row["单位"].rstrip("*") == unit.unit
        assert row["单位"].endswith("*") == unit.rolling
        assert int(row["受理"]) == received[unit.unit_id]
        assert (int(row["评价"]), row["分档"]) == (unit.n, tiers[unit.tier])
        assert row["满意率"] == ("—" if pd.isna(unit.rate) else f"{100 * unit.rate:.1f}%")
        for head, k, n in (
            ("按时办结率", unit.on_time_k, unit.on_time_n),
            ("发回重办率", unit.sent_back_k, unit.sent_back_n),
        ):
            assert row[head] == (f"{100 * k / n:.1f}%（{n:.0f}）" if n else "—")


def test_units_too_few_to_judge_are_named_and_nobody_is_last(paper: Paper, sheets: Sheets) -> None:
    told = after(paper, "三、各单位办理情况")

    for group in ("town", "department", "public"):
        league = asked("league/table", sheets.pack.scope, group=group)
        for unit in league[league["tier"] == "few"]["unit"]:
            assert unit in told
    assert "样本不足、不参与排名" in told
    assert "纯因偶然被列为显著落后的预计" in told
    assert "不作为唯一考核依据" in told
    assert not re.search("末位|倒数|垫底|排名最后", "\n".join(texts(paper)))


def test_the_overdue_section_is_what_stands_at_the_moment(paper: Paper, sheets: Sheets) -> None:
    now = Scope(sheets.pack.scope.as_of)
    stock, both = asked("overdue/stock", now).iloc[0], asked("overdue/both", now).iloc[0]
    told = after(paper, "四、超期督办")

    assert f"在办超期{stock['overdue']}件" in told
    assert (
        f"超期{both['citizen_overdue']}件；24小时内到期{stock['due_24h']}件，48小时内到期{stock['due_48h']}件"
        in told
    )
    oldest = asked("overdue/oldest", now)
    days = [int(row["已超期"].removesuffix("天")) for row in table(paper, "承办单位")]
    assert days == list(oldest["days_late"])[:8]


def test_the_whistles_are_the_questions(paper: Paper, sheets: Sheets) -> None:
    tiles = asked("whistles/tiles", sheets.pack.scope).iloc[0]
    units = asked("whistles/units", sheets.pack.scope)
    told = after(paper, "五、吹哨报到")

    assert f"应到场{tiles['pairs_n']}单位次，按时到场{tiles['pairs_k']}单位次" in told
    assert all(unit in told for unit in units[units["tier"] == "few"]["unit"])


def test_every_item_of_the_look_back_is_there_with_its_first_promise(paper: Paper, sheets: Sheets) -> None:
    items = asked("meetings/look_back", sheets.pack.scope)
    last, older = items[items["is_last_batch"]], items[~items["is_last_batch"]]

    rows = [row for nth in range(2 if len(older) else 1) for row in table(paper, "批次", nth)]

    assert [row["事项"] for row in rows] == [*last["title"], *older["title"]]
    promised = pd.concat([last, older])["first_due_at"]
    ends = [at - timedelta(days=1) if pd.notna(at) and at == at.normalize() else at for at in promised]
    assert [row["首次承诺"] for row in rows] == [f"{at:%m-%d}" if pd.notna(at) else "—" for at in ends]
    assert (promised == promised.dt.normalize()).any()
    told = after(paper, "六、上期交办事项督办情况（回头看）")
    done, signed = last["closed_at"].notna().sum(), last["signed_off_at"].notna().sum()
    assert f"交办{len(last)}项，办结{done}项，销号{signed}项" in told


def test_every_candidate_is_there_with_its_units(paper: Paper, sheets: Sheets) -> None:
    listed = asked("meetings/candidates", sheets.pack.scope)

    rows = table(paper, "类别")

    assert [(row["事项"], row["牵头"]) for row in rows] == [
        (item.title or "（不宜公开）", item.lead_unit or "待定") for item in listed.itertuples()
    ]
    assert all(row["理由"] != "—" for row in rows)


# ── the form ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard(paper: Paper) -> None:
    section = paper.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))

    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    measured = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
    )
    # Word keeps twentieths of a point: a fiftieth of a millimetre.
    assert [one.mm for one in map(Length, (*measured, width, height))] == pytest.approx(
        [210, 297, 37, 28, 156, 225], abs=0.05
    )
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 22 <= 225 / 25.4 * 1440 / int(grid.get(qn("w:linePitch"))) < 23
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 28 <= 156 / 25.4 * 72 / pitch < 29


def test_every_run_says_its_chinese_face(body: bytes) -> None:
    document = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml").decode()
    faces = re.findall(r"<w:rFonts [^>]*>", document)

    assert faces
    assert all("w:eastAsia=" in face for face in faces)
    assert {re.search(r'eastAsia="([^"]*)"', face)[1] for face in faces} <= {
        "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
    }  # fmt: skip


def test_headings_are_numbered_in_the_faces_of_their_level(paper: Paper) -> None:
    headings = [(p.style.name, p.text) for p in paper.paragraphs if p.style.name.startswith("Heading")]
    faces = {
        level: paper.styles[f"Heading {level}"].element.rPr.rFonts.get(qn("w:eastAsia")) for level in (1, 2)
    }

    first = [text for style, text in headings if style == "Heading 1"]
    assert [text[:2] for text in first] == [f"{n}、" for n in "一二三四五六七"]
    assert [t for s, t in headings if s == "Heading 2"] == [
        "（一）乡镇街道",
        "（二）市直部门",
        "（三）公共服务单位",
    ]
    assert faces == {1: "黑体", 2: "楷体_GB2312"}


def test_the_head_has_the_name_in_red_the_number_the_centre_and_the_date(paper: Paper) -> None:
    name = next(p for p in paper.paragraphs if p.text == "十天一通报")
    lines = texts(paper)

    assert str(name.runs[0].font.color.rgb) == "FF0000"
    assert "第36期　民声通报〔2026〕36号" in lines
    assert f"{CENTRE}\t2026年11月26日" in lines
    assert "关于11月17日至25日\n群众诉求办理情况的通报" in lines
    rule = next(p for p in paper.paragraphs if p.text.startswith(CENTRE))._p.pPr.find(qn("w:pBdr"))
    assert rule.find(qn("w:bottom")).get(qn("w:color")) == "FF0000"


def test_the_tail_says_to_whom_it_goes_and_how_many_copies(paper: Paper) -> None:
    lines = texts(paper)

    assert [line[1] for line in lines if re.match("　[报送发]：", line)] == ["报", "送", "发"]
    assert lines[-1] == "（共印80份）"


def test_page_numbers_stand_on_the_outer_side(paper: Paper) -> None:
    odd, even = paper.sections[0].footer.paragraphs[0], paper.sections[0].even_page_footer.paragraphs[0]

    assert paper.settings.odd_and_even_pages_header_footer
    assert [str(p.alignment).split()[0] for p in (odd, even)] == ["RIGHT", "LEFT"]
    assert all(" PAGE " in "".join(p._p.itertext()) for p in (odd, even))


def test_it_is_a_draft_until_the_figures_close(paper: Paper, sheets: Sheets) -> None:
    lines = "\n".join(texts(paper))

    assert "内部参阅\t草　稿" in lines
    assert "草稿，数据截至2026年11月25日9时30分，尚未定稿" in lines
    assert file_name(sheets, "docx") == "十天一通报-2026-11-26-草稿.docx"


def test_after_the_cutoff_it_is_no_draft_and_speaks_of_the_cutoff(url: str, sheets: Sheets) -> None:
    database.connect(url)
    closed = gather(pack(date(2026, 11, 17), NOW))

    lines = "\n".join(texts(docx.Document(io.BytesIO(word(closed, Imprint(CENTRE))))))

    assert "草" not in lines.split("一、运行概况")[0]
    assert "（数据截至2026年11月16日24时）" in lines
    assert "止于" not in lines
    assert file_name(closed, "docx") == "十天一通报-2026-11-17.docx"


def test_where_the_data_stopped_before_the_cutoff_the_paper_says_so_and_is_marked(
    url: str, sheets: Sheets
) -> None:
    database.connect(url)
    closed = gather(pack(MEETING, datetime(2026, 11, 26, 9)))

    paper = docx.Document(io.BytesIO(word(closed, Imprint(CENTRE, with_english=True))))

    lines, last = "\n".join(texts(paper)), closed.newest
    assert last is not None and closed.stopped_at == last
    assert "内部参阅\t数据未齐" in lines
    assert f"（数据止于2026年11月25日9时{last:%M}分）" in lines
    assert "截至2026年11月25日24时" not in lines
    assert "升降不与上期比较" in after(paper, "二、问题分类统计")
    assert {row["变化"] for row in table(paper, "问题类别")} == {"—"}
    covered = (last - datetime(2026, 11, 17)) / timedelta(days=1)
    daily = re.search(r"本期([\d.]+)天，日均([\d.]+)件", lines)
    assert daily is not None
    assert [float(one) for one in daily.groups()] == [
        round(covered, 1), round(closed.figures["total"] / covered, 1)
    ]  # fmt: skip
    assert "The data stop at 25 November 2026" in lines
    assert file_name(closed, "docx") == "十天一通报-2026-11-26-数据未齐.docx"


def test_the_summary_in_english_is_a_page_of_its_own_on_demand(sheets: Sheets) -> None:
    row = asked("meetings/ten_days", sheets.pack.scope).iloc[0]

    plain, told = (
        "\n".join(texts(docx.Document(io.BytesIO(word(sheets, Imprint(CENTRE, with_english=asked))))))
        for asked in (False, True)
    )

    assert "Summary" not in plain
    assert f"the centre received {row['total']} requests" in told
    assert f"{row['closed']} tickets were closed and {row['in_hand']} are in hand" in told


def test_the_file_opens_as_a_package_word_accepts(body: bytes, tmp_path: Path) -> None:
    """The parts of a property come in the order of the standard; Word refuses others."""
    document = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml").decode()

    order = ["w:pBdr", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"]
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", document):
        found = [name for name in re.findall(r"<(w:\w+)[ />]", properties) if name in order]
        assert found == sorted(found, key=order.index)
