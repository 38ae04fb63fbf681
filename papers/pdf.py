"""The bulletin as a PDF, by whatever this machine can print with."""

from papers import bulletin, printing, webpage
from papers.bulletin import Imprint
from papers.gathering import Sheets


def pdf(sheets: Sheets, imprint: Imprint) -> bytes | None:
    """The bulletin as a PDF; None where nothing here prints. Raises CannotPrint."""
    return printing.printed(
        printing.Makers(
            lambda fonts, note: bulletin.word(sheets, imprint, fonts, note),
            lambda fonts, note: webpage.html(sheets, imprint, fonts, note),
        )
    )
