"""Hides persons in free text before it leaves the queries (个人信息保护法 §6).

An order number is left whole. Where it is unclear where a name ends, rather too much of it goes.
"""

import re

from rules.masking.doors import BUILDING, DOORS
from rules.masking.names import FORM, NAMES, TITLE, TITLES, WHO
from rules.masking.numbers import DIGIT, NUMBERS
from rules.masking.wall import BESIDE, GONE, LOOSE, MIXED, REST, STARRED_NAME, TIDY
from rules.words import Confidentiality


def mask(text: str | None) -> str:
    """The text without persons: phones, identities, cards, plates, accounts, doors, names.

    Masking what is masked changes nothing. Anything that is no text becomes an empty one.
    """
    if not isinstance(text, str):
        return ""
    masked = _once(text)
    while masked != text:
        text, masked = masked, _once(masked)
    return masked


def projected(text: str | None) -> str:
    """The text as a wall may say it: nothing left of numbers, plates and names, no further than the estate.

    Of what `mask` left standing the rest goes too, with its label; order numbers stay whole.
    """
    shown, said = "", text if isinstance(text, str) else ""
    while shown != said:
        shown, said = said, _projected(said)
    return said


def _projected(text: str) -> str:
    for pattern in (*(pattern for pattern, _hide in NUMBERS), LOOSE):
        text = pattern.sub(GONE, text)
    for pattern in (REST, MIXED, STARRED_NAME, BESIDE):
        text = pattern.sub(GONE, mask(text))
    for pattern, kept in TIDY:
        text = pattern.sub(kept, text)
    return text.replace(BUILDING, "").strip(" ，,、；;：:　")


def hidden(confidentiality: str | None) -> bool:
    """Whether the text may not be shown at all, not even masked: everything but plainly open matters."""
    return confidentiality != Confidentiality.OPEN


def _once(text: str) -> str:
    for sign, steps in _STEPS:
        if sign.search(text):
            for pattern, hide in steps:
                text = pattern.sub(hide, text)
    return text


# Most titles hold none of these signs: one quick look spares them the slow patterns.
_STEPS = (
    (re.compile("[0-9０-９A-Za-z]"), NUMBERS),
    (re.compile(f"[栋幢座室]|单元|号楼|{DIGIT}[房#—－–-]"), DOORS),
    (re.compile(TITLE), TITLES),
    (re.compile(f"{WHO}|{FORM}|我叫|本人叫|名叫|姓名"), NAMES),
)
