"""Some rows of a file on their way into the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from casedb.mapping import Condition


@dataclass
class Block:
    """Some rows of a file: their numbers, their cleaned cells by column, and what became of them so far."""

    numbers: list[int]
    cells: Mapping[str, list[str]]
    repairs: Counter[str]
    problems: dict[int, str] = field(default_factory=dict)

    def reject(self, place: int, reason: str) -> None:
        """The row at ``place`` cannot be imported; the first reason counts."""
        self.problems.setdefault(place, reason)

    def part(self, places: list[int]) -> "Block":
        """The rows at these places, as a block of their own that shares the count of repairs."""
        cells = {name: [column[place] for place in places] for name, column in self.cells.items()}
        return Block([self.numbers[place] for place in places], cells, self.repairs)


def holds(condition: Condition, cells: list[str]) -> list[bool]:
    """Where a condition is true."""
    if condition.above is None:
        return [cell in condition.any_of for cell in cells]
    return [(number := number_of(cell)) is not None and number > condition.above for cell in cells]


def number_of(text: str) -> float | None:
    """A cell as a number, thousands separators allowed; none: it is not one."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
