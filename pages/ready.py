"""What has to be ready before a meeting, and what one can do with its pack. Not a page."""

from datetime import datetime

from dash import html

from components import words
from components.meeting_agenda import Check
from components.words import _
from queries import meetings
from queries.meetings_pack import Pack


def until(found: Pack) -> str:
    """The moment the figures are of."""
    return _("as of {at}").format(at=words.clock(found.scope.as_of))


def checks(found: Pack, now: datetime) -> list[Check]:
    """What has to be ready before the meeting, each as far as it is."""
    ahead, back = meetings.candidates(found.scope), meetings.look_back(found.scope)
    sums = meetings.identities(found.scope)
    led, mine = int((~ahead["waits"]).sum()), int(back["is_last_batch"].sum())
    cutoff = found.scope.end or now
    left = words.age(cutoff - now) if now < cutoff else ""
    return [
        Check(_("Leads"), _("{k} of {n}").format(k=led, n=len(ahead)), led / len(ahead) if len(ahead) else 1),
        Check(
            _("Cutoff"),
            _("in {age}").format(age=left) if left else _("figures closed"),
            0 if left else 1,
        ),
        Check(_("Bulletin"), _("draft until the cutoff") if left else _("to be signed"), 0 if left else 0.5),
        Check(_("Look-back"), _("{n} items").format(n=mine), 1 if mine else 0),
        Check(
            _("Figures"),
            _("the three sums agree") if sums["holds"].all() else _("a sum does not agree"),
            1 if sums["holds"].all() else 0,
        ),
    ]


def buttons(found: Pack) -> html.Div:
    """What one can do with the pack: present it, record, take it away, freeze it."""
    day = found.meeting.actual
    word, pdf, annex = (f"/papers/{day}/{name}" for name in ("bulletin.docx", "bulletin.pdf", "annex.xlsx"))
    draft = _("final") if found.is_closed else _("draft, {at}").format(at=until(found))
    key = html.Span([_("one matter a screen"), " ", html.Kbd("P")])
    return html.Div(
        [
            html.A([_("Present"), key], href=f"/meeting/{day}/present", className="btn main wide"),
            html.A(
                [_("Clerk"), html.Span(_("record, add, take off"))],
                href=f"/meeting/{day}/clerk",
                className="btn wide",
            ),
            html.A([_("Word bulletin"), html.Span(draft)], href=word, className="btn wide"),
            html.A([_("Excel annex"), html.Span("xlsx")], href=annex, className="btn"),
            html.A([_("Print"), html.Span("A4 PDF")], href=pdf, className="btn"),
            html.A(
                [_("Freeze"), html.Span(_("once; then and now"))],
                href=f"/meeting/{day}/record",
                className="btn wide",
            ),
        ],
        className="exports",
    )
