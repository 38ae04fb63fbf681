"""Cleaning the cells of a file before they are used, and counting by kind what had to be repaired."""

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]+")
ODD_SPACES = re.compile(r"^\s|\s$|[^\S ]|  |[\u200b-\u200d\u2060\ufeff]")
BREAKS = re.compile(r" ?(?:\r\n|\r|\n|\u2028|\u2029) ?")
EMPTY_LINES = re.compile(r"\n{2,}")


@lru_cache(maxsize=4096)
def without_entities(text: str) -> str:
    """``路灯&#40;灯光&#41;`` becomes ``路灯(灯光)``."""
    return html.unescape(text) if "&" in text else text


def with_plain_spaces(text: str) -> str:
    """Tabs, U+3000, U+00A0 and their like become one space, empty lines go, the ends are trimmed."""
    if not ODD_SPACES.search(text):
        return text
    lines = BREAKS.sub("\n", BLANKS.sub(" ", text))
    return EMPTY_LINES.sub("\n", lines).strip()


def without_controls(text: str) -> str:
    """Control characters, which no text needs and PostgreSQL refuses, go."""
    return text if text.isprintable() else CONTROLS.sub("", text)


KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "html": ("HTML entities decoded", without_entities),
    "spaces": ("spaces and line breaks tidied", with_plain_spaces),
}
"""The kinds of cleaning a map may ask for: how the account names them, and what they do."""

ALWAYS = ("control characters removed", without_controls)


def cleaned(cells: list[str], kinds: Sequence[str], repairs: Counter[str]) -> list[str]:
    """The cells of one column after every kind of cleaning; each changed cell is counted once a kind."""
    for name, clean in (*(KINDS[kind] for kind in kinds), ALWAYS):
        after = [clean(cell) for cell in cells]
        changed = sum(one is not two and one != two for one, two in zip(cells, after, strict=True))
        if changed:
            repairs[name] += changed
        cells = after
    return cells
