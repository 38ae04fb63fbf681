"""Places in a list, written short: ``0-3,7,7`` for 0, 1, 2, 3, 7 and 7 again."""

from collections.abc import Iterable, Mapping


def packed(numbers: Iterable[str], places: Mapping[str, int]) -> str:
    """Numbers of cases as the places where they stand."""
    runs: list[list[int]] = []
    for place in sorted(places[number] for number in numbers):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)


def unpacked(text: str, cases: list[str]) -> list[str]:
    """The numbers of cases again."""
    found: list[str] = []
    for run in filter(None, text.split(",")):
        first, _, last = run.partition("-")
        found += cases[int(first) : int(last or first) + 1]
    return found
