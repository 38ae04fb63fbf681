"""The foot of a league: what tiers are for, and how much of what it shows chance alone would bring."""

from dash import html

from components import words
from components.words import _, ngettext


def law(ranked: int, expected: float, few: int, when: str = "", beside: float = 0) -> html.Footer:
    """What tiers are for, and how many of the ``ranked`` would cross by chance; ``when`` is the window.

    ``beside``: how many figures of the columns beside would be bold by chance (0: nothing is bold there).
    """
    wall = words.viewer().wall
    before = "" if wall else _("Rates depend on sample and kind of request. ")
    source = "" if wall else _(" (State Council Office letter 2025-66)")
    sentence = html.B(_("Tiers support judgement and are not the only ground for assessment"))
    right = html.Span(_chance(ranked, expected, few, when, beside))
    return html.Footer([html.Span([before, sentence, source]), right], className="law all")


def _chance(ranked: int, expected: float, few: int, when: str, beside: float) -> str:
    said = [when] if when else []
    if ranked:
        chance = _("about {n}").format(n=words.number(expected)) if expected >= 1 else _("under 1")
        text = _("{units} units judged at 95%: {chance} would cross by chance")
        said.append(text.format(units=ranked, chance=chance))
    if beside:
        said.append(_("about {n} bold by chance in the columns beside").format(n=words.points(beside)))
    if few:
        text = ngettext("{n} with too few left out", "{n} with too few left out", few)
        said.append(text.format(n=few))
    if not words.viewer().wall:
        said += [_("equal rates share a rank"), _("bold: clearly worse")]
    return _("; ").join(said)
