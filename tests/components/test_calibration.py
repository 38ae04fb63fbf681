"""Do the chances come true: dots, ranges and words; nothing drawn where nothing is known."""

from datetime import datetime

import pandas as pd
import pytest

from components import calibration, words
from components.words import Viewer
from tests.components.conftest import having, text

TENTHS = pd.DataFrame(
    [
        (0.1, 0.2, 320, 0.14, 0.15, 0.115, 0.193),
        (0.2, 0.3, 90, 0.24, 0.2, 0.13, 0.294),
        (0.9, 1.0, 12, 0.95, 1.0, 0.76, 1.0),
    ],
    columns=["from_share", "to_share", "cases", "predicted", "late", "low", "high"],
)
SKILL = pd.DataFrame(
    [(422, 31, 0.183, 0.13, 0.15, 0.133, datetime(2026, 9, 19, 10), datetime(2026, 11, 14, 10))],
    columns=["cases", "undecided", "late", "brier", "base", "skill", "first", "last"],
)


def test_a_tenth_is_a_dot_at_what_was_said_and_what_happened_and_hollow_where_few() -> None:
    dots = having(calibration.came_true(TENTHS, SKILL), "pt")

    assert [(dot.style["left"], dot.style["top"]) for dot in dots] == [
        ("14.00%", "85.00%"),
        ("24.00%", "80.00%"),
        ("95.00%", "0.00%"),
    ]
    assert [dot.className for dot in dots] == ["pt", "pt", "pt open"]
    assert dots[1].title == "推算 24%：实际超期 20%（95%区间 13—29%），n=90"


def test_the_brier_score_stands_beside_that_of_the_mean() -> None:
    words.use(Viewer("en"))
    said = text(calibration.came_true(TENTHS, SKILL))

    assert "Mean squared error 0.130; had every case been given the mean of 18%, 0.150: 13% less." in said
    assert "19 Sep–14 Nov" in said
    assert "31 not decided are left out" in said


def test_chances_that_say_no_more_than_the_mean_are_not_praised() -> None:
    words.use(Viewer("en"))

    assert "0.150: no better." in text(calibration.came_true(TENTHS, SKILL.assign(brier=0.16, skill=-0.07)))


@pytest.mark.parametrize(
    ("predicted", "said"),
    [(0.14, "The chances of being late came true"), (0.3, "1 of 2 ranges missed what was said")],
)
def test_the_title_says_whether_what_was_said_lies_in_the_range(predicted: float, said: str) -> None:
    words.use(Viewer("en"))
    told = TENTHS.copy()
    told.loc[0, "predicted"] = predicted

    assert calibration.title(told) == said


def test_too_few_cases_come_to_no_verdict() -> None:
    words.use(Viewer("en"))

    assert calibration.title(TENTHS.tail(1)) == "Too few chances to say whether they come true"


def test_without_a_past_there_is_one_sentence() -> None:
    drawn = calibration.came_true(TENTHS.head(0), SKILL.assign(cases=0, brier=None, skill=None))

    assert "还没有已见分晓的超期推算。" in text(drawn)
    assert having(drawn, "pt") == []
