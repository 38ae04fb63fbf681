"""What stands round one case's line of time: its tiles, limits, ratings, evidence, texts and other cases."""

from datetime import datetime, timedelta

import pandas as pd

from components import casedue, casefile, casehead, caseproof, caseveiled, limits
from tests.components.conftest import having, links, text

START = datetime(2026, 9, 28, 21, 46)
DAY = timedelta(days=1)
DUE = pd.DataFrame(
    [
        ("contact", START, "水务公司", "u1", "late", -2.5, "urged", None, None),
        ("cutoff", START + 10 * DAY, "水务公司", "u1", "soon", 14.3, "meeting", 36, 2),
        ("answer", START + 20 * DAY, "水务公司", "u1", "ahead", 250.0, "overdue", None, None),
    ],
    columns=["kind", "due_at", "who", "unit_id", "state", "hours", "then", "number", "position"],
)
NONE = DUE.head(0)


def test_the_next_limit_says_when_what_for_and_what_happens_then():
    now = START + 9 * DAY
    drawn = casedue.coming(DUE, now)
    assert having(drawn, "is-soon") and having(drawn, "two")
    assert "明天 21:46 第36次会截数" in text(drawn)
    assert "还剩 14小时18分" in text(drawn)
    assert "水务公司　未办结则上第36次会第2项" in text(drawn)


def test_without_a_moment_to_come_the_tile_says_who_is_late_and_the_gravest_first():
    missed = pd.concat([DUE.head(1), DUE.tail(1).assign(state="late", hours=-48.0, who="")])
    drawn = casedue.coming(missed, START)
    assert having(drawn, "is-late")
    assert "现在误期：中心" in text(drawn)
    assert "2天" in text(drawn)
    assert casedue.coming(NONE, START) is None


def test_the_limits_of_a_case_are_listed_with_who_is_late_in_the_title():
    drawn = casedue.running(DUE, START)
    assert text(drawn).startswith("现在误期：水务公司")
    assert len(having(drawn, "up")) == 1
    assert casedue.running(DUE.tail(1), START) is None


def test_a_limit_of_whole_days_is_said_by_its_last_day():
    midnight, noon = datetime(2026, 11, 26), datetime(2026, 11, 25, 12)
    assert limits.at(midnight) == "11-25"
    assert limits.at(noon) == "11-25 12:00"
    assert limits.moment(midnight, noon) == "今晚 24:00"
    assert limits.moment(noon, datetime(2026, 11, 24)) == "明天 12:00"
    assert limits.moment(midnight, datetime(2026, 11, 23)) == "11-25 24:00"
    assert limits.moment(None, noon) == "未知"


def test_the_first_rating_is_the_headline_and_both_objects_are_shown():
    turn = {"at": START, "calls": 2, "missed": 1, "source": "centre", "own_rating": "satisfied"}
    bad = {
        "round": 1,
        "rating": "dissatisfied",
        "resolved": "no",
        "reason": "处理太慢",
        "centre_rating": "mostly",
    }
    good = {"round": 2, "rating": "satisfied", "resolved": "yes", "reason": "", "centre_rating": ""}
    asked = {"exclusion": "open", "ground": "恶意评价"}
    found = pd.DataFrame(
        [turn | bad | {"centre_rating": "mostly"} | asked, turn | good | {"exclusion": "", "ground": ""}]
    )
    said = text(caseproof.rated(found))
    assert said.startswith("首评 不满意，未解决")
    assert "受理：基本满意　自访：满意　处理太慢" in said
    assert "申请剔除：恶意评价待审" in said
    assert caseproof.rated(found.head(0)) is None


def test_evidence_is_grouped_by_day_and_a_picture_seen_elsewhere_leads_there():
    found = pd.DataFrame(
        [
            ("e1", START, "photo", 0, ""),
            ("e2", START, "photo", 1, "c-2"),
            ("e3", START + DAY, "position", 0, ""),
        ],
        columns=["evidence_id", "at", "kind", "copies", "other_case"],
    )
    drawn = caseproof.evidence(found, lambda number: f"/cases/{number}?as_of=x")
    assert "证据 3 件" in text(drawn)
    assert "1 件在别处重复出现" in text(drawn)
    assert "照片 2" in text(drawn)
    assert links(drawn) == ["/cases/c-2?as_of=x"]


def test_facts_to_check_carry_no_conclusion_and_no_colour():
    found = pd.DataFrame(
        [("no_contact", START, 1, 0, ""), ("same_print", START, 0, 1, "c-2"), ("strange", START, 0, 0, "")],
        columns=["fact", "at", "round", "count", "other_case"],
    )
    drawn = caseproof.observed(found, str)
    assert text(drawn).startswith("供人工核查 不作结论")
    assert "第1轮：签收到办结之间没有一次联系到本人。" in text(drawn)
    assert links(drawn) == ["c-2"]
    assert [having(drawn, role) for role in ("late", "soon", "kept")] == [[], [], []]


def test_what_masking_took_out_is_set_apart_and_the_number_of_a_document_is_not():
    case = pd.Series(
        {"hidden": False, "body": "住东湖花园〔楼栋〕，见国办发〔2020〕53号", "place": None, "reply": None}
    )
    drawn = casefile.told(case)
    assert [text(node) for node in having(drawn, "gone")] == ["楼栋"]
    assert "国办发〔2020〕53号" in text(drawn)


def test_a_confidential_case_shows_its_kind_and_no_word_of_it():
    case = pd.Series(
        {"hidden": True, "confidentiality": "report", "body": "秘密", "place": "秘密", "reply": "秘密"}
    )
    assert "秘密" not in text(casefile.told(case))


SECRET = {
    "case_id": "c-1", "title": "秘密", "nature": "report", "confidentiality": "report", "state": "overdue",
    "level": 2, "unit": "市医保局", "issue": "医保", "channel": "网站", "area_2": "石桥村",
    "received_at": START, "due_at": START + 8 * DAY, "closed_at": None, "signed_off_at": None,
}  # fmt: skip


def test_a_report_shows_its_kind_its_state_and_days_and_nothing_else():
    said = text(caseveiled.whole(pd.Series(SECRET)))

    assert said.startswith("举报超期 D2c-1")
    assert "受理9月28日期限10月6日" in said
    assert not [word for word in ("秘密", "市医保局", "医保", "网站", "石桥村", "21:46") if word in said]


def test_a_confidential_matter_that_is_no_report_says_why_it_is_not_told():
    assert "未成年人" in text(
        caseveiled.whole(pd.Series(SECRET | {"nature": "help", "confidentiality": "minor"}))
    )


def test_a_missed_milestone_is_named_by_what_was_to_be_done():
    late = DUE.head(1).assign(kind="feedback")

    assert "向群众反馈" in text(casedue.coming(late, START))
    assert "与群众见面" in text(casedue.coming(late.assign(kind="meet"), START))


def test_other_cases_are_counted_in_all_and_lead_to_themselves():
    rows = [(f"c-{n}", "停水", "水务公司", "merged" if n else "open", False, 9) for n in range(7)]
    found = pd.DataFrame(rows, columns=["case_id", "title", "unit", "state", "hidden", "alike"])
    drawn = casefile.alike(found, lambda number: f"/cases/{number}?as_of=x")
    assert "同一事项另有 9 件" in text(drawn)
    assert "另有 3 件未列" in text(drawn)
    assert links(drawn)[0] == "/cases/c-0?as_of=x"
    assert casefile.alike(found.head(0), str) is None


CASE = {
    **dict.fromkeys(("closed_at", "due_at", "days_late", "level", "signed_off_at")),
    **dict.fromkeys(("nature", "issue", "urgency", "area_kind", "stated_verdict"), ""),
    **dict.fromkeys(("category_1", "category_2", "category_3", "area_1", "area_2"), ""),
    **dict.fromkeys(("merged_into", "invalid_reason"), ""),
    "case_id": "c-1",
    "title": "停水",
    "hidden": False,
    "unit": "水务公司",
    "channel": "电话",
    "state": "open",
    "received_at": START,
    "rounds": 2,
    "sent": 4,
    "returns": 1,
    "extensions": 1,
}
UNRATED = pd.DataFrame(columns=["round", "rating", "resolved"])


def tiles(**changed) -> str:
    return text(casehead.tiles(pd.Series(CASE | changed), NONE, UNRATED, START + DAY))


def test_the_tiles_say_how_often_it_was_sent_back_and_passed_on():
    assert "重办 ⓘ1次现第2轮" in tiles()
    assert "转办 ⓘ2次退单 1，延期 1" in tiles()
    assert "没有重办" in tiles(rounds=None, sent=None)


def test_a_case_without_a_running_limit_says_how_it_ended():
    closed = {"state": "closed", "closed_at": START + DAY, "signed_off_at": START + 2 * DAY}
    assert "办结 ⓘ09-29 21:46已办结销号 09-30 21:46" in tiles(**closed)
    assert "来源没有记录时间" in tiles(state="closed")
    assert "期限随主案" in tiles(state="merged")
    assert "骚扰电话" in tiles(state="invalid", invalid_reason="骚扰电话")
    assert "没有在走的期限" in tiles()


def test_a_verdict_without_times_is_the_sources_and_late_is_late():
    drawn = casehead.tiles(
        pd.Series(CASE | {"state": "closed", "stated_verdict": "late"}), NONE, UNRATED, START + DAY
    )
    assert len(having(drawn, "is-late")) == 1
    assert "来源所述" in text(drawn)


def test_the_head_of_a_merged_case_leads_to_the_whole():
    drawn = casehead.head(
        pd.Series(CASE | {"merged_into": "c-9"}), ("/data.csv", "/data.xlsx"), "/cases/c-9?as_of=x"
    )
    assert "并入 c-9" in text(drawn)
    assert "/cases/c-9?as_of=x" in links(drawn)
