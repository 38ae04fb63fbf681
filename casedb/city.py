"""The invented city of the demo: what city.toml names, as arrays to draw from and rows to insert."""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from casedb.bulk import Columns
from rules.words import AreaKind, UnitGroup

FILE = Path(__file__).with_name("city.toml")
GRIDS = 3
"""Grids in a community."""

TOWNS_OWN = -1
"""Unit of a matter that the town or street of the place handles itself."""


@dataclass(frozen=True)
class City:
    """Names and weights; places in the lists are the numbers that the generator works with."""

    names: dict[str, Any]

    @cached_property
    def units(self) -> list[list[Any]]:
        """code, name, short name, linked, group: towns first, so a town's number is its unit's number."""
        towns = [[*row[:3], True, UnitGroup.TOWN.value] for row in self.names["towns"]]
        departments = [[*row, _group(row, UnitGroup.DEPARTMENT)] for row in self.names["departments"]]
        publics = [[*row, _group(row, UnitGroup.PUBLIC)] for row in self.names["publics"]]
        return towns + departments + publics

    @cached_property
    def unit_ids(self) -> np.ndarray:
        return np.array([row[0] for row in self.units], dtype=object)

    @cached_property
    def unit_number(self) -> dict[str, int]:
        """Place of each unit code in the list."""
        return {code: number for number, code in enumerate(self.unit_ids)}

    @cached_property
    def town_weights(self) -> np.ndarray:
        return _shares([row[4] for row in self.names["towns"]])

    @cached_property
    def urban(self) -> np.ndarray:
        """Per town: is it part of the built-up city?"""
        return np.array([row[3] for row in self.names["towns"]])

    @cached_property
    def channel_ids(self) -> np.ndarray:
        return np.array([row[0] for row in self.names["channels"]], dtype=object)

    @cached_property
    def channel_weights(self) -> np.ndarray:
        return _shares([row[2] for row in self.names["channels"]])

    @cached_property
    def calls(self) -> np.ndarray:
        """Per channel: is it a telephone?"""
        return np.isin(self.channel_ids.astype(str), self.names["calls"])

    @cached_property
    def leaf_ids(self) -> np.ndarray:
        """Category of each matter: its level 3."""
        ids = _category_ids([row[0] for row in self.names["matters"]])
        return np.array([ids[row[0]] for row in self.names["matters"]], dtype=object)

    @cached_property
    def issues(self) -> np.ndarray:
        """Kind of issue of each matter, None where it is none of the ten."""
        return np.array([row[1] or None for row in self.names["matters"]], dtype=object)

    @cached_property
    def leaf_units(self) -> np.ndarray:
        """Unit number of each matter, or TOWNS_OWN."""
        return np.array([self.unit_number.get(row[2], TOWNS_OWN) for row in self.names["matters"]])

    def leaf_weights(self, rising: bool) -> np.ndarray:
        """Share of each matter; ``rising``: as the running period differs from those before."""
        rise = self.names["issue_rise"] if rising else {}
        return _shares([row[3] * rise.get(row[1], 1.0) for row in self.names["matters"]])

    def leaf(self, path: str) -> int:
        """Number of the matter with this path in the tree."""
        return next(n for n, row in enumerate(self.names["matters"]) if row[0] == path)

    @cached_property
    def area_ids(self) -> np.ndarray:
        """Codes by town, community (0: the town itself) and grid (0: the community itself)."""
        towns, communities = len(self.names["towns"]), len(self.names["communities"])
        ids = np.empty((towns, communities + 1, GRIDS + 1), dtype=object)
        for town, community, grid in np.ndindex(ids.shape):
            deeper = f"-{community}" + (f"-{grid}" if grid else "") if community else ""
            ids[town, community, grid] = f"A{town + 1:02d}{deeper}"
        return ids

    def unit_rows(self) -> Columns:
        code, name, short, linked, group = (list(column) for column in zip(*self.units, strict=True))
        posts = ["主要负责人"] * len(code)
        return _columns(
            unit_id=code, name=name, short_name=short, unit_group=group, is_linked=linked, leader_post=posts
        )

    def channel_rows(self) -> Columns:
        names = [row[1] for row in self.names["channels"]]
        return _columns(channel_id=list(self.channel_ids), name=names, is_call=self.calls.tolist())

    def category_rows(self) -> Columns:
        """The tree, parents before children."""
        ids = _category_ids([row[0] for row in self.names["matters"]])
        paths = sorted(ids, key=lambda path: path.count("/"))
        rows = [(ids[path], path, _ancestors(ids, path)) for path in paths]
        return _columns(
            category_id=[code for code, _, _ in rows],
            name=[path.rsplit("/", 1)[-1] for _, path, _ in rows],
            level=[path.count("/") + 1 for _, path, _ in rows],
            parent_id=[ids.get(path.rpartition("/")[0]) for _, path, _ in rows],
            level1_id=[line[0] for _, _, line in rows],
            level2_id=[line[1] for _, _, line in rows],
            level3_id=[line[2] for _, _, line in rows],
        )

    def area_rows(self) -> Columns:
        """Towns and streets, communities, grids, parents before children."""
        places = sorted(
            (p for p in np.ndindex(self.area_ids.shape) if p[1] or not p[2]),
            key=lambda p: ((p[1] > 0) + (p[2] > 0), p),
        )
        rows = [self._area(*place) for place in places]
        return _columns(**{name: [row[name] for row in rows] for name in rows[0]})

    def _area(self, town: int, community: int, grid: int) -> dict[str, Any]:
        ids, level = self.area_ids, 1 + (community > 0) + (grid > 0)
        line = [ids[town, 0, 0], ids[town, community, 0], ids[town, community, grid]]
        words = [self.names["towns"][town][1], self._community(town, community), f"第{grid}网格"]
        return {
            "area_id": line[level - 1],
            "name": words[level - 1],
            "level": level,
            "parent_id": line[level - 2] if level > 1 else None,
            "level1_id": line[0],
            "level2_id": line[1] if level > 1 else None,
            "level3_id": line[2] if level > 2 else None,
            "area_kind": (AreaKind.URBAN if self.urban[town] else AreaKind.RURAL).value,
            "unit_id": self.unit_ids[town] if level == 1 else None,
        }

    def _community(self, town: int, community: int) -> str:
        kind = "社区" if self.urban[town] else "村"
        return f"{self.names['towns'][town][2]}{self.names['communities'][community - 1]}{kind}"

    def window_rows(self) -> Columns:
        windows = self.names["windows"]
        numbers = range(1, len(windows) + 1)
        return _columns(
            window_id=[f"W{number:02d}" for number in numbers],
            number=list(numbers),
            unit_id=[row[0] for row in windows],
            second_unit_id=[row[1] for row in windows],
            seats=[2] * len(windows),
        )


@cache
def city() -> City:
    """宁溪市, read once."""
    return City(tomllib.loads(FILE.read_text(encoding="utf-8")))


def _group(row: list[Any], group: UnitGroup) -> str | None:
    """Units that are not linked are not ranked, so they have no group."""
    return group.value if row[3] else None


def _shares(weights: list[float]) -> np.ndarray:
    total = np.array(weights, dtype=float)
    return total / total.sum()


def _columns(**lists: list[Any]) -> Columns:
    return {name: np.array(values, dtype=object) for name, values in lists.items()}


def _category_ids(paths: list[str]) -> dict[str, str]:
    """Code of every node: 01, 0102, 010203 in the order they are first named."""
    ids: dict[str, str] = {}
    for path in paths:
        words = path.split("/")
        for depth in range(1, len(words) + 1):
            node, parent = "/".join(words[:depth]), "/".join(words[: depth - 1])
            if node not in ids:
                brothers = sum(1 for other in ids if other.rpartition("/")[0] == parent)
                ids[node] = f"{ids.get(parent, '')}{brothers + 1:02d}"
    return ids


def _ancestors(ids: dict[str, str], path: str) -> list[str | None]:
    words = path.split("/")
    line: list[str | None] = [ids["/".join(words[:depth])] for depth in range(1, len(words) + 1)]
    return line + [None] * (3 - len(line))
