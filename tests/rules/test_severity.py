"""How grave it is to be late: the vectors of M09, its edges, and its colours."""

from typing import Any

import numpy as np
import pytest

from rules.severity import WEIGHTS, colour, severity


def one(late: float, limit: float = 10.0, **marks: Any) -> float:
    """The severity of one case; nothing makes it graver unless the test says so."""
    known = {name: np.array([marks.get(name, 0)]) for name in WEIGHTS}
    return float(severity(np.array([late]), np.array([limit]), known)[0])


@pytest.mark.parametrize(
    ("late", "marks", "expected"),
    [
        (-1.0, {}, 0.0),
        (0.0, {}, 0.0),
        (float("nan"), {}, 0.0),
        (10.0, {}, 63.2),
        (1.0, {"critical": 1, "group": 1}, 21.9),
        (50.0, {}, 99.3),
        (1.0, {"urgent": 1}, 14.3),
        (1.0, {"meeting": 1}, 12.4),
        (1.0, {"promise": True}, 11.4),
        (1.0, {"rounds": 1}, 11.4),
        (1.0, {"rounds": 3}, 15.2),
        (1.0, {"rounds": 9}, 15.2),  # more than three make it no graver
        (1.0, {"rounds": -1}, 9.5),
        (1.0, {"repeats": 2}, 13.3),
        (1.0, {"repeats": 4}, 15.2),
        (50.0, {"critical": 1}, 100.0),
    ],
)
def test_severity_is_as_written(late: float, marks: dict[str, Any], expected: float) -> None:
    assert round(one(late, **marks), 1) == expected


@pytest.mark.parametrize("limit", [0.0, -3.0, float("nan")])
def test_without_a_limit_of_some_length_every_delay_is_a_whole_one(limit: float) -> None:
    assert one(0.1, limit) == 100.0
    assert one(-0.1, limit) == 0.0


def test_cases_are_reckoned_side_by_side_as_each_alone() -> None:
    late, limit = np.array([-5.0, 1.0, 10.0]), np.array([10.0, 10.0, 10.0])
    marks = {name: np.array([0, 1, 0]) for name in WEIGHTS}

    found = severity(late, limit, marks)

    assert found.tolist() == [one(-5.0), one(1.0, **dict.fromkeys(WEIGHTS, 1)), one(10.0)]


@pytest.mark.parametrize(
    ("grave", "name"),
    [
        (0.0, "none"),
        (0.1, "yellow"),
        (24.9, "yellow"),
        (25.0, "orange"),
        (59.9, "orange"),
        (60.0, "red"),
        (100.0, "red"),
    ],
)
def test_colours_change_at_25_and_60(grave: float, name: str) -> None:
    assert colour(np.array([grave])).tolist() == [name]
