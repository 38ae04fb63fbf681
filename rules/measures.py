"""What every figure on the screens means, in both languages: the texts of measures.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).with_name("measures.toml")

FIELDS = ("name", "words", "formula", "source", "excluded")


class BadMeasure(ValueError):
    """A measure is unknown, or not written in full."""


@dataclass(frozen=True)
class Text:
    """The same sentence in both languages."""

    zh: str
    en: str

    def get(self, language: str) -> str:
        """The sentence for a viewer of this language (``zh`` or ``en``)."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Measure:
    """A figure: its name, what it says, how it is reckoned, what from, and what is left out."""

    id: str
    name: Text
    words: Text
    formula: Text
    source: Text
    excluded: Text


@cache
def all() -> tuple[Measure, ...]:
    """Every measure, in the order of the screens. Raises BadMeasure."""
    tables = tomllib.loads(HERE.read_text(encoding="utf-8"))
    return tuple(_measure(name, languages) for name, languages in tables.items())


def get(name: str) -> Measure:
    """One measure by the id its ⓘ links to. Raises BadMeasure."""
    for measure in all():
        if measure.id == name:
            return measure
    raise BadMeasure(f"There is no measure {name}.")


def _measure(name: str, languages: dict[str, dict[str, str]]) -> Measure:
    for language in ("zh", "en"):
        written = languages.get(language, {})
        missing = [field for field in FIELDS if not written.get(field)]
        if missing or set(written) - set(FIELDS):
            raise BadMeasure(f"Measure {name}: {language} needs exactly {', '.join(FIELDS)}.")
    texts = {field: Text(languages["zh"][field], languages["en"][field]) for field in FIELDS}
    return Measure(name, **texts)
