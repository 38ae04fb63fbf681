"""The league: what counts (M01), groups apart, tiers and ranks only where the data support them."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from queries import league
from queries.arguments import BadArgument, Scope
from queries.counted import behind
from queries.measures import MEASURES
from rules import rulebook
from tests.builders import DAY, add_assignment, add_callback, add_case, add_exclusion, add_unit

AT = datetime(2026, 11, 25, 9, 42)
SECOND = timedelta(seconds=1)
START, END = datetime(2026, 11, 17), datetime(2026, 11, 26)


def rate(board: Engine, unit: str, good: int, bad: int = 0, case: dict | None = None, **values) -> list[str]:
    """So many ratings of the unit, each of its own case (with these columns); the numbers of the calls."""
    calls = []
    with board.begin() as connection:
        for number in range(good + bad):
            code = add_case(connection, AT - 20 * DAY, **(case or {}))
            row = {
                "at": AT - DAY,
                "unit_id": unit,
                "rating": "satisfied" if number < good else "dissatisfied",
            }
            calls.append(add_callback(connection, code, **{**row, **values}))
    return calls


@pytest.fixture
def unit(board: Engine) -> str:
    with board.begin() as connection:
        return add_unit(connection, "甲局", unit_id="a")


def table(**values):
    return league.table(Scope(as_of=AT, **{"start": START, "end": END, **values})).set_index("unit")


def overview(**values):
    return league.satisfaction(Scope(as_of=AT, **values)).set_index("unit")


# ── what counts ──────────────────────────────────────────────────────────────────────────────────────────


def test_satisfied_and_mostly_satisfied_count_and_who_declined_does_not(board, unit):
    # given the third edge of M01: 3 satisfied, 5 declined
    rate(board, unit, 2)
    rate(board, unit, 1, rating="mostly")
    rate(board, unit, 5, rating="declined")
    # when
    row = overview().loc["甲局"]
    # then
    assert (row["rated"], row["satisfied"], row["rate"], row["tier"]) == (3, 3, 1.0, "few")
    asked = table().loc["甲局"]
    assert (asked["participation_k"], asked["participation_n"]) == (3, 8)


@pytest.mark.parametrize(
    "left_out",
    [
        {"reached": False, "rating": None},
        {"source": "unit"},
        {"round": 2},
        {"rated_object": "centre"},
        {"at": AT - 30 * DAY - SECOND},
        {"at": AT + SECOND},
    ],
)
def test_what_m01_leaves_out_changes_nothing(board, unit, left_out):
    rate(board, unit, 0, 1)
    rate(board, unit, 1, **left_out)
    assert tuple(overview().loc["甲局", ["rated", "satisfied"]]) == (1, 0)


@pytest.mark.parametrize("source", ["centre", "superior", "message", "robot"])
def test_every_source_but_the_unit_itself_counts(board, unit, source):
    rate(board, unit, 1, source=source)
    assert overview().loc["甲局", "rated"] == 1


def test_a_period_is_half_open(board, unit):
    start, end = AT - 20 * DAY, AT - 10 * DAY
    for at in (start - SECOND, start, end - SECOND, end):
        rate(board, unit, 1, at=at)
    assert overview(start=start, end=end).loc["甲局", "rated"] == 2


def test_a_unit_without_a_rating_has_no_rate(board, unit):
    row = overview().loc["甲局"]
    assert row["rated"] == 0
    assert row[["rate", "low", "high", "group_mean"]].isna().all()
    assert row["tier"] == "few"


def test_a_unit_outside_every_group_is_not_compared(board):
    with board.begin() as connection:
        add_unit(connection, "外单位", unit_group=None)
    assert overview().empty
    assert table().empty


def test_an_invalid_case_is_not_counted(board, unit):
    with board.begin() as connection:
        case = add_case(connection, AT - 20 * DAY, is_valid=False)
        add_callback(connection, case, at=AT - DAY, unit_id=unit)
    assert overview().loc["甲局", "rated"] == 0


def test_a_rating_without_a_unit_goes_to_the_lead_unit_of_the_answer(board):
    # given the first round was answered by the first unit, the second by another
    with board.begin() as connection:
        first, second, third = (add_unit(connection, name) for name in ("甲局", "乙局", "丙局"))
        case = add_case(connection, AT - 20 * DAY)
        add_assignment(connection, case, seq=1, round=1, unit_id=first)
        add_assignment(connection, case, seq=2, round=1, unit_id=second, role="assist")
        add_assignment(connection, case, seq=3, round=2, unit_id=third)
        add_callback(connection, case, at=AT - DAY)
    # when, then
    assert overview()["rated"].to_dict() == {"甲局": 1, "乙局": 0, "丙局": 0}


def test_an_approved_exclusion_counts_from_its_approval(board, unit):
    # given
    rate(board, unit, 9)
    [bad] = rate(board, unit, 0, 1)
    with board.begin() as connection:
        case = connection.exec_driver_sql(
            f"select case_id from callbacks where callback_id = '{bad}'"
        ).scalar_one()
        add_exclusion(connection, case, callback_id=bad, proposed_at=AT - DAY, approved_at=AT)
    # when
    row, before = table().loc["甲局"], league.table(Scope(AT - SECOND, START, END)).iloc[0]
    raw = table(without="adjudicated").loc["甲局"]
    # then
    assert (row["k"], row["n"], row["rate"]) == (9, 9, 1.0)
    assert (before["n"], before["rate"]) == (10, 0.9)
    assert (raw["n"], raw["rate"]) == (10, 0.9)


# ── who is compared with whom, and what may be said ──────────────────────────────────────────────────────


def test_units_are_compared_with_their_own_group_only(board):
    # given a town with a low rate, and a department as low as all departments
    for name, group, good, bad in (
        ("玉河街道", "town", 60, 40),
        ("青禾街道", "town", 290, 10),
        ("甲局", "department", 30, 20),
        ("乙局", "department", 5, 4),
    ):
        with board.begin() as connection:
            code = add_unit(connection, name, unit_group=group)
        rate(board, code, good, bad)
    # when
    rows = overview()
    # then
    assert list(rows.index) == ["青禾街道", "玉河街道", "甲局", "乙局"]
    assert list(rows["tier"]) == ["better", "worse", "same", "few"]
    assert rows["group_mean"].round(4).to_list() == [0.875, 0.875, 0.5932, 0.5932]
    assert (rows.loc["青禾街道", ["low", "high"]].astype(float).round(4)).to_list() == [0.9397, 0.9818]
    assert list(table(group="town").index) == ["青禾街道", "玉河街道"]


def test_one_lucky_case_does_not_lead_and_equal_units_share_a_rank(board):
    # given one case of one, and two units that are alike
    counts = {"乙局": (95, 5), "甲局": (1, 0), "丁局": (95, 5), "丙局": (20, 5)}
    for name, (good, bad) in counts.items():
        with board.begin() as connection:
            code = add_unit(connection, name, unit_id=name)
        rate(board, code, good, bad)
    # when
    rows = table()
    # then: tier and shrunk rate order, ties share and the next is skipped, the lucky one is not ranked
    assert list(rows.index) == ["丁局", "乙局", "丙局", "甲局"]
    assert rows["rank"].tolist()[:3] == [1, 1, 3]
    assert rows.loc["甲局", "tier"] == "few"
    assert rows.loc["甲局", "rank"] is not None and rows["rank"].isna().tolist() == [
        False,
        False,
        False,
        True,
    ]
    assert rows.loc["甲局", "missing"] == 9


def test_a_unit_of_few_cases_rests_on_the_thirty_days_where_these_have_enough(board, unit):
    # given 4 ratings in the period, 8 more in the weeks before
    rate(board, unit, 4)
    rate(board, unit, 6, 2, at=AT - 20 * DAY)
    # when
    row = table().loc["甲局"]
    # then
    assert (row["n"], row["rolling"], row["missing"], row["tier"]) == (12, True, 0, "same")
    assert (row["start"], row["move"]) == (AT - 30 * DAY, "")


def test_every_row_is_judged_by_the_mean_it_carries(board):
    # given three units of few ratings, whose 30 days are at 80 %, in a group that is at 98 % now
    for code, now, earlier in (
        ("a", (120, 0), (0, 0)),
        ("b", (1, 1), (20, 4)),
        ("c", (2, 1), (8, 12)),
        ("d", (1, 0), (0, 140)),
    ):
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
        rate(board, code, *now)
        rate(board, code, *earlier, at=AT - 20 * DAY)
    # when
    rows = table()
    # then: b lies wholly below the mean of the period and wholly above that of 30 days, and is better
    period, days = 124 / 126, 152 / 310
    assert rows["mean"].round(9).to_dict() == {
        "a": round(period, 9), **dict.fromkeys(("b", "c", "d"), round(days, 9)),
    }  # fmt: skip
    assert rows["rolling"].to_dict() == {"a": False, "b": True, "c": True, "d": True}
    for _, row in rows.iterrows():
        is_above, is_below = row["low"] > row["mean"], row["high"] < row["mean"]
        assert row["tier"] == ("better" if is_above else "worse" if is_below else "same")
    assert rows["tier"].to_dict() == {"a": "same", "b": "better", "c": "same", "d": "worse"}
    assert rows.loc["b", "high"] < period


def test_a_rate_is_k_of_the_base_and_few_cases_are_never_worse(board):
    # given 9 who say it is not resolved, 2 of another unit half so, and many who are content
    for code, resolved, count in (("a", "no", 9), ("b", "yes", 60), ("c", "partly", 10)):
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
        rate(board, code, count, resolved=resolved)
    # when
    rows, beside = table(measure="resolution"), table()
    # then
    assert rows["base"].to_dict() == {"b": 60.0, "c": 5.0, "a": 9.0}
    assert (rows["k"] / rows["base"]).tolist() == pytest.approx(rows["rate"].tolist())
    assert beside["resolution_base"].to_dict() == {"a": 9.0, "b": 60.0, "c": 5.0}
    assert beside["resolution_worse"].to_dict() == {"a": False, "b": False, "c": True}


def test_whom_a_rule_leaves_without_ratings_changes_no_tier(board):
    # given one unit that lags, all of whose ratings name the unit
    for code, good, bad in (("a", 60, 0), ("b", 20, 20)):
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
        rate(board, code, good, bad)
    # when
    found = league.variants(Scope(AT, START, END)).set_index("variant")
    # then
    assert found.loc["chosen", ["better", "worse"]].tolist() == [1, 1]
    assert found.loc["unit", ["rated", "changed", "names", "one_way"]].tolist() == [0, 0, "", 2]
    assert found.loc["unit", ["mean", "better", "worse"]].isna().all()


def test_much_left_out_of_little_is_told_apart_from_much(board):
    # given two units: 2 of 6 and 3 of 9 ratings left out
    for code, out, whole in (("a", 2, 6), ("b", 3, 9)):
        with board.begin() as connection:
            add_unit(connection, code, unit_id=code)
        rate(board, code, whole - out)
        for call in rate(board, code, 0, out):
            with board.begin() as connection:
                case = connection.exec_driver_sql(
                    f"select case_id from callbacks where callback_id = '{call}'"
                ).scalar_one()
                ruled = {"proposed_at": AT - DAY, "approved_at": AT - SECOND}
                add_exclusion(connection, case, callback_id=call, **ruled)
    found = league.excluded(Scope(AT, START, END)).set_index("unit_id")
    assert found[["share", "flagged", "is_small"]].round(3).to_dict("index") == {
        "a": {"share": 0.333, "flagged": False, "is_small": True},
        "b": {"share": 0.333, "flagged": True, "is_small": False},
    }


def test_a_group_of_one_unit_is_no_better_than_itself(board, unit):
    rate(board, unit, 30, 10)
    row = table().loc["甲局"]
    assert (row["tier"], row["rank"], row["mean"], row["alarm"]) == ("same", 1, 0.75, False)


def test_ten_thousand_ratings_are_counted(board, unit):
    with board.begin() as connection:
        case = add_case(connection, AT - 20 * DAY)
        rows = [
            {"callback_id": f"c{n}", "case_id": f"k{n}", "at": AT - DAY, "unit_id": unit, "reached": True,
             "rating": "satisfied" if n % 10 else "dissatisfied", "round": 1, "source": "centre",
             "rated_object": "unit"}
            for n in range(10_000)
        ]  # fmt: skip
        from casedb import tables

        cases = [{"case_id": row["case_id"], "received_at": AT - 20 * DAY} for row in rows]
        connection.execute(tables.cases.insert(), cases)
        connection.execute(tables.callbacks.insert(), rows)
        assert case
    row = table().loc["甲局"]
    assert (row["k"], row["n"], row["rate"]) == (9000, 10_000, 0.9)


def test_the_change_is_named_only_where_the_intervals_allow(board, unit):
    # given the period before: 95 of 100; now 70 of 100
    rate(board, unit, 95, 5, at=datetime(2026, 11, 10))
    rate(board, unit, 70, 30)
    now = Scope(as_of=AT)
    # when
    row = league.table(now).iloc[0]
    # then
    assert (row["before_k"], row["before_n"], row["move"]) == (95, 100, "down")
    assert row["change"] == pytest.approx(-0.25)


def test_every_rule_of_counting_can_be_switched_and_names_who_moves(board):
    # given a unit that most people find only mostly satisfactory
    for name, good, mostly in (("甲局", 60, 0), ("乙局", 10, 50)):
        with board.begin() as connection:
            code = add_unit(connection, name, unit_id=name)
        rate(board, code, good)
        rate(board, code, mostly, rating="mostly")
    # when
    found = league.variants(Scope(AT, START, END)).set_index("variant")
    moved = league.slope(Scope(AT, START, END, without="mostly")).set_index("unit")
    # then
    assert found.loc["chosen", ["better", "worse", "changed"]].tolist() == [0, 0, 0]
    assert found.loc["mostly", ["without", "better", "worse", "changed", "names"]].tolist() == [
        *("mostly", 1, 1, 2),
        "甲局、乙局",
    ]
    assert moved.loc["乙局", ["before_tier", "tier"]].tolist() == ["same", "worse"]
    assert moved.loc["乙局", "rate"] == pytest.approx(10 / 60)


def test_a_league_is_made_only_of_what_units_are_ranked_by(board, unit):
    unranked = [name for name, one in MEASURES.items() if not one.is_ranked]
    assert unranked == ["satisfaction_apart", "claimed", "converted"]
    for name in unranked:
        for asked in (league.table, league.trend, league.variants, league.slope):
            with pytest.raises(BadArgument, match=r"by one of: satisfaction, on_time, .*, callback\."):
                asked(Scope(AT, START, END, measure=name))
    assert league.table(Scope(AT, START, END, measure="rework_on_time"))["n"].tolist() == [0]


def test_mediation_ranks_nobody_and_the_variants_tell_what_it_would_do(board, unit):
    # given two units that are alike, but for the mediation of one
    with board.begin() as connection:
        other = add_unit(connection, "乙局", unit_id="b")
    rate(board, unit, 38, 2)
    rate(board, other, 38, 2)
    rate(board, unit, 0, 20, case={"legal_route": "行政调解"})
    # when
    found = league.variants(Scope(AT, START, END)).set_index("variant")
    moved = league.slope(Scope(AT, START, END, without="apart")).set_index("unit")
    # then
    assert table()["n"].to_dict() == {"甲局": 40, "乙局": 40}
    assert found.loc["chosen", ["rated", "better", "worse"]].tolist() == [80, 0, 0]
    assert found.loc["apart", ["without", "rated", "better", "worse"]].tolist() == ["apart", 100, 1, 1]
    assert moved.loc["甲局", ["before_tier", "tier", "before_n", "n"]].tolist() == ["same", "worse", 40, 60]


def test_an_exclusion_of_mediation_has_no_effect_unless_it_counts(board, unit):
    # given ten good ratings, and a bad one of mediation that is left out
    rate(board, unit, 10)
    with board.begin() as connection:
        case = add_case(connection, AT - 20 * DAY, legal_route="行政调解")
        call = add_callback(connection, case, at=AT - DAY, unit_id=unit, rating="dissatisfied")
        add_exclusion(connection, case, callback_id=call, proposed_at=AT - DAY, approved_at=AT - SECOND)
    scope = Scope(AT, START, END)
    # when
    effects = [league.ledger(one)["effect"].iloc[0] for one in (scope, scope.turning("apart"))]
    # then
    assert pd.isna(effects[0])
    assert effects[1] == pytest.approx(1 - 10 / 11)
    assert league.excluded(scope)[["rated", "share"]].to_numpy().tolist() == [[11, 1 / 11]]


def test_where_mostly_satisfied_weighs_less_a_rate_is_weighed_and_cases_are_counted(
    board, unit, tmp_path, monkeypatch
):
    # given five satisfied, four mostly so, one not
    rate(board, unit, 5, 1)
    rate(board, unit, 4, rating="mostly")
    (tmp_path / "own.toml").write_text('version = "own"\n[ranking.mostly_weight]\nvalue = 0.5\n', "utf-8")
    monkeypatch.setattr(rulebook, "_in_force", {})
    rulebook.use(tmp_path / "own.toml")
    # when
    row, shown = table().loc["甲局"], overview().loc["甲局"]
    # then
    assert (row["k"], row["n"], row["rate"]) == (7.0, 10, 0.7)
    assert (shown["satisfied"], shown["rated"], shown["rate"]) == (9, 10, 0.7)
    figures = {**row.to_dict(), "unit_id": unit}
    assert behind("league/table", "n", figures, Scope(AT, START, END)).set == "counted"
    with pytest.raises(KeyError):
        behind("league/table", "k", figures, Scope(AT, START, END))


def test_the_ledger_tells_who_asked_what_was_ruled_and_what_it_did(board, unit):
    # given ten ratings, two of them bad: one left out, one refused
    rate(board, unit, 8)
    calls = rate(board, unit, 0, 2)
    with board.begin() as connection:
        for call, ruled in zip(calls, ("approved_at", "rejected_at"), strict=True):
            case = connection.exec_driver_sql(
                f"select case_id from callbacks where callback_id = '{call}'"
            ).scalar_one()
            row = {"callback_id": call, "proposed_by": unit, "proposed_at": AT - DAY, ruled: AT - SECOND}
            add_exclusion(connection, case, reason="恶意评价", **row)
    scope = Scope(AT, START, END)
    # when
    rows, counts, units = (
        league.ledger(scope),
        league.exclusions(scope).iloc[0],
        league.excluded(scope).iloc[0],
    )
    # then
    assert set(rows["state"]) == {"approved", "refused"}
    assert rows["effect"].tolist() == pytest.approx([8 / 9 - 0.8] * 2)
    assert counts.tolist() == [2, 1, 1, 0]
    assert (units["rated"], units["share"], bool(units["flagged"])) == (10, 0.1, False)


def test_the_trend_has_a_row_a_period_and_says_which_is_still_running(board, unit):
    rate(board, unit, 9, 3, at=datetime(2026, 11, 10))
    rate(board, unit, 10, 2)
    found = league.trend(Scope(as_of=AT))
    assert len(found) == 12
    assert found["complete"].tolist() == [True] * 11 + [False]
    assert found[["k", "n"]].tail(2).to_numpy().tolist() == [[9, 12], [10, 12]]
    assert (found["end"].iloc[:-1].to_numpy() == found["start"].iloc[1:].to_numpy()).all()


def test_a_lagging_unit_is_told_which_kind_of_matter_weighs_most(board):
    from tests.builders import add_category

    with board.begin() as connection:
        good, bad = add_unit(connection, "甲局", unit_id="a"), add_unit(connection, "乙局", unit_id="b")
        smoke = add_category(connection, "餐饮油烟")
    rate(board, good, 60)
    rate(board, bad, 40, 4)
    with board.begin() as connection:
        for _ in range(8):
            case = add_case(connection, AT - 20 * DAY, category_id=smoke)
            add_callback(connection, case, at=AT - DAY, unit_id=bad, rating="dissatisfied")
    found = league.burdens(Scope(AT, START, END))
    assert found.to_numpy().tolist() == [["b", "餐饮油烟", 8, 12]]


def test_a_league_is_sorted_inside_its_tiers_and_refuses_what_it_cannot_sort_by(board):
    # given three units that do not differ, and one that lags
    for name, good, bad in (("甲局", 40, 2), ("乙局", 60, 4), ("丙局", 50, 3), ("丁局", 20, 20)):
        with board.begin() as connection:
            code = add_unit(connection, name, unit_id=name)
        rate(board, code, good, bad)
    # when, then
    assert list(table(order="n").index) == ["乙局", "丙局", "甲局", "丁局"]
    assert list(table(order="-n").index) == ["甲局", "丙局", "乙局", "丁局"]
    with pytest.raises(BadArgument, match="order"):
        table(order="nonsense")


def test_before_the_first_rating_of_a_period_the_thirty_days_give_the_mean(board, unit):
    rate(board, unit, 30, 10, at=AT - 20 * DAY)
    row = table().loc["甲局"]
    assert (row["rolling"], row["mean"], row["tier"]) == (True, 0.75, "same")
