"""The two message catalogues: read at start, brought up to date by ``python -m components.words``."""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = {"zh": "zh_CN", "en": "en"}
ROOMS = ("components", "pages")  # where screen words are written
KEYWORDS = {"_": None, "ngettext": (1, 2), "N_": None}


def path(language: str) -> Path:
    """The catalogue's file of ``zh`` or ``en``."""
    return ROOT / "locale" / LOCALES[language] / "LC_MESSAGES" / "board.po"


def catalogue(language: str) -> Catalog:
    """The catalogue as text, every message with its translation (or none)."""
    with path(language).open("rb") as file:
        return read_po(file, locale=LOCALES[language], domain="board")


def load(language: str) -> gettext.NullTranslations:
    """The catalogue ready to translate; a message it lacks comes back in English."""
    packed = BytesIO()
    write_mo(packed, catalogue(language))
    packed.seek(0)
    return gettext.GNUTranslations(packed)


def written() -> Catalog:
    """Every message written in the rooms with screen words, with the files it stands in."""
    found = Catalog(project="Minsheng Dispatch Board", charset="utf-8")
    for room in ROOMS:
        for file, line, message, comments, context in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message, locations=[(f"{room}/{file}", line)], auto_comments=comments, context=context)
    return found


def missing(language: str) -> list[str]:
    """Messages that are written somewhere and not translated, in order."""
    known = catalogue(language)
    return sorted(_text(m.id) for m in written() if m.id and not _translated(known.get(m.id)))


def update() -> None:
    """Add new messages to both catalogues and drop the unused; English repeats its own text."""
    for language in LOCALES:
        target = catalogue(language)
        target.update(written(), no_fuzzy_matching=True, update_creation_date=False)
        target.obsolete.clear()
        target.project, target.version, target.msgid_bugs_address = "Minsheng Dispatch Board", "0.1", ""
        target.last_translator, target.language_team = "", language
        if language == "en":
            for message in target:
                message.string = message.id
        with path(language).open("wb") as file:
            write_po(file, target, sort_output=True, no_location=True, omit_header=False, width=110)


def _text(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _translated(message: object) -> bool:
    """True when every form of the message has text."""
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, tuple | list) else bool(string)
