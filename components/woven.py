"""A sentence with pieces in it: the translated text says where each piece stands."""

from collections.abc import Mapping
from string import Formatter
from typing import Any


def woven(text: str, pieces: Mapping[str, Any]) -> list[Any]:
    """The words of ``text`` with its ``{name}`` replaced by the piece of that name."""
    drawn: list[Any] = []
    for before, name, _form, _turn in Formatter().parse(text):
        drawn += [before] if before else []
        drawn += [pieces[name]] if name else []
    return drawn
