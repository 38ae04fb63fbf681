"""Who looks, and the messages in that viewer's language; pages use it through components.words."""

from contextvars import ContextVar
from dataclasses import dataclass

import pandas as pd

from components import catalogues


@dataclass(frozen=True)
class Viewer:
    """Who looks: language ``zh`` or ``en``, theme ``dark`` or ``light``, and whether this is a wall."""

    language: str = "zh"
    theme: str = "dark"
    wall: bool = False


_translations = {language: catalogues.load(language) for language in catalogues.LOCALES}
_viewer: ContextVar[Viewer] = ContextVar("viewer", default=Viewer())  # noqa: B039 (frozen)


_centre = {"name": ""}


def use(new: Viewer) -> None:
    """Draw for this viewer until another is set (in this request only)."""
    _viewer.set(new)


def name_centre(name: str) -> None:
    """Call the centre by this name on every page; without one, by what it is."""
    _centre["name"] = name


def centre() -> str:
    return _centre["name"] or _("Dispatch Centre")


def viewer() -> Viewer:
    return _viewer.get()


def language() -> str:
    """``zh`` or ``en``."""
    return viewer().language


def _(message: str) -> str:
    """The message in the viewer's language."""
    return _translations[language()].gettext(message) if message else ""


def ngettext(one: str, many: str, n: float | None) -> str:
    """The message for a count, in the viewer's language; an unknown count is many."""
    count = 0 if n is None or pd.isna(n) else int(n)
    return _translations[language()].ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a constant for the catalogues; translate it with ``_`` where it is shown."""
    return message
