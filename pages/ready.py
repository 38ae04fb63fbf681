"""What has to be ready before a meeting, and what one can do with its pack. Not a page."""

from datetime import datetime
from typing import Any

from dash import html

from components import words
from components.meeting_agenda import Check
from components.signs import kept
from components.words import _
from pages import agenda_table, recording
from queries import meetings
from queries.meetings_pack import Pack
from records import Refusal, freezing


def until(found: Pack) -> str:
    """The moment the figures are of."""
    return _("as of {at}").format(at=words.clock(found.scope.as_of))


def checks(found: Pack, now: datetime) -> list[Check]:
    """What has to be ready before the meeting, each as far as it is."""
    ahead, back = agenda_table.table(found), meetings.look_back(found.scope)
    sums = meetings.identities(found.scope)
    led, mine = int((~ahead["waits"].astype(bool)).sum()), len(back)
    cutoff = found.scope.end or now
    left = words.age(cutoff - now) if now < cutoff else ""
    return [
        Check(_("Leads"), _("{k} of {n}").format(k=led, n=len(ahead)), led / len(ahead) if len(ahead) else 1),
        Check(
            _("Cutoff"),
            _("in {age}").format(age=left) if left else _("figures closed"),
            0 if left else 1,
        ),
        *silent(found),
        Check(_("Bulletin"), _("draft until the cutoff") if left else _("to be signed"), 0 if left else 0.5),
        Check(_("Look-back"), _("{n} items").format(n=mine), 1 if mine else 0),
        Check(
            _("Figures"),
            _("the three sums agree") if sums["holds"].all() else _("a sum does not agree"),
            1 if sums["holds"].all() else 0,
        ),
    ]


def silent(found: Pack) -> list[Check]:
    """A warning where the data had stopped before the moment of the figures; else nothing."""
    since = recording.stopped(found)
    if since is None:
        return []
    return [Check(_("Data"), _("no record for {age}").format(age=words.age(since)), 0, is_soon=True)]


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
            html.A([*frozen(found)], href=f"/meeting/{day}/record", className="btn wide"),
        ],
        className="exports",
    )


def frozen(found: Pack) -> list[Any]:
    """Whether the record is closed, and since when; nothing is said of records that cannot be read."""
    try:
        record = freezing.frozen(found.meeting.actual)
    except Refusal as problem:
        return [_("Record"), html.Span(problem.zh if words.language() == "zh" else problem.en)]
    if record is None:
        return [_("Freeze"), html.Span(_("once; then and now"))]
    return [kept(_("Record")), html.Span(_("frozen {at}").format(at=words.full(record.frozen_at)))]
