"""Filters as links: a period, a set of cases, and what is chosen now with a way to let go of it."""

from datetime import timedelta
from typing import Any

from dash import dcc, html

from components import words
from components.panels import files
from components.words import N_, _

SETS = {
    "received": N_("all received"),
    "valid": N_("valid"),
    "invalid": N_("not valid or merged"),
    "settled_online": N_("settled by the centre"),
    "dispatched": N_("dispatched"),
    "undispatched": N_("not dispatched"),
    "closed": N_("closed"),
    "closed_today": N_("closed today"),
    "open": N_("open"),
    "awaiting_dispatch": N_("awaiting dispatch"),
    "assigned": N_("with a unit"),
    "overdue": N_("overdue"),
    "due_24h": N_("due within 24 h"),
    "due_48h": N_("due within 48 h"),
    "closed_on_time": N_("closed on time"),
    "closed_late": N_("closed late"),
    "judged": N_("known to be on time or late"),
    "open_in_time": N_("open, within the limit"),
    "open_overdue": N_("open and overdue"),
    "unknown": N_("on time or late unknown"),
    "answered": N_("done by the unit"),
    "called_back": N_("called back"),
    "reached": N_("reached on callback"),
    "rated": N_("rated"),
    "satisfied": N_("satisfied"),
    "dissatisfied": N_("dissatisfied"),
    "sent_back": N_("sent back for rework"),
    "calls": N_("telephone calls"),
    "sms": N_("text messages"),
    "otherwise": N_("by other channels"),
    "tickets_carried": N_("sent to a unit, carried into the period"),
    "tickets_done": N_("sent to a unit, closed in the period"),
    "tickets_left": N_("sent to a unit, in hand at the end"),
    "response_due": N_("response due"),
    "responded": N_("responded in time"),
    "response_late": N_("responded late or not"),
    "sign_due": N_("signing due"),
    "signed": N_("signed in time"),
    "sign_late": N_("signed late or not"),
    "due": N_("closing due"),
    "kept": N_("closed by the limit"),
    "broken": N_("not closed by the limit"),
    "rework_due": N_("rework due"),
    "rework_kept": N_("rework closed by its limit"),
    "rework_late": N_("rework not closed by its limit"),
    "first_due": N_("first limit due"),
    "first_kept": N_("closed by the first limit"),
    "reported": N_("reported done"),
    "reported_late": N_("reported done late"),
    "in_hand": N_("in hand in the period"),
    "done_in_hand": N_("in hand, and reported done"),
    "matured": N_("closed ten days ago"),
    "sent_back_after": N_("closed, then sent back"),
    "watched": N_("closed, and no longer watched for repeats"),
    "repeated": N_("closed, then brought again"),
    "sent_in": N_("sent to units"),
    "returned": N_("asked to be given back"),
    "returns_ruled": N_("returns ruled on"),
    "returns_refused": N_("returns refused"),
    "callback_due": N_("callback due"),
    "callback_kept": N_("called back in time"),
    "tried": N_("called back for the first time"),
    "got_through": N_("called back and reached"),
    "heard": N_("reached and asked"),
    "took_part": N_("gave a rating"),
    "counted": N_("ratings that count"),
    "counted_good": N_("ratings that count as satisfied"),
    "counted_bad": N_("ratings that count as not satisfied"),
    "apart": N_("ratings shown apart"),
    "apart_good": N_("ratings shown apart, satisfied"),
    "to_convert": N_("not satisfied at first, then sent back"),
    "converted": N_("satisfied after rework"),
    "left_out": N_("ratings left out"),
    "asked": N_("asked whether it is resolved"),
    "resolved": N_("resolved, says the citizen"),
    "partly_resolved": N_("partly resolved, says the citizen"),
    "unresolved": N_("not resolved, says the citizen"),
    "claimed_on": N_("asked, and the unit has its own word"),
    "claimed_resolved": N_("resolved, says the unit"),
    "explained": N_("explained and accepted"),
    "passed_on": N_("passed on to another unit"),
    "passed_in": N_("passed in by another unit"),
    "exclusion_asked": N_("exclusions asked for"),
    "exclusion_approved": N_("exclusions approved"),
    "exclusion_refused": N_("exclusions refused"),
    "exclusion_open": N_("exclusions undecided"),
    "rung_0": N_("on rung D0"),
    "rung_1": N_("on rung D1"),
    "rung_2": N_("on rung D2"),
    "rung_3": N_("on rung D3"),
    "rung_4": N_("on rung D4"),
    "rung_5": N_("on rung D5"),
    "rule_soon_48": N_("D0: nearly due"),
    "rule_soon_share": N_("D0: little of the limit left"),
    "rule_soon_24": N_("D1: due within a day"),
    "rule_unsigned": N_("D1: not signed for in time"),
    "rule_milestone": N_("D1: milestone missed"),
    "rule_overdue": N_("D2: overdue"),
    "rule_first_rework": N_("D2: sent back"),
    "rule_whistle_late": N_("D2: late at a whistle"),
    "rule_over_limit": N_("D3: over as long as the limit"),
    "rule_over_workdays": N_("D3: over by working days"),
    "rule_reworks": N_("D3: sent back too often"),
    "rule_transfers": N_("D3: passed through too many units"),
    "rule_returns": N_("D3: given back too often"),
    "rule_repeats": N_("D3: brought again too often"),
    "rule_cluster": N_("D3: too many people, one event"),
    "rule_uncured": N_("D4: raised and still open"),
    "rule_listed": N_("D4: on a meeting's list"),
    "rule_group": N_("D4: group visit overdue"),
    "rule_proposed": N_("D5: proposed by people"),
    "missed": N_("on D2 to D4, and nobody acted"),
    "missed_2": N_("on D2, and nobody acted"),
    "missed_3": N_("on D3, and nobody acted"),
    "missed_4": N_("on D4, and nobody acted"),
    "age_1": N_("overdue, age band 1"),
    "age_2": N_("overdue, age band 2"),
    "age_3": N_("overdue, age band 3"),
    "age_4": N_("overdue, age band 4"),
    "age_5": N_("overdue, age band 5"),
    "age_more": N_("overdue longest"),
    "citizen_overdue": N_("late by the citizen's clock"),
    "bounced": N_("going to and fro"),
    "extended": N_("extended"),
    "paused": N_("paused by a hearing"),
    "due_tonight": N_("limit ends today"),
    "due_by_cutoff": N_("limit ends by the next meeting's cutoff"),
    "late": N_("units late"),
    "soon": N_("units nearly late"),
    "soft": N_("units past the soft limit"),
    "arrived": N_("units there"),
    "summoned": N_("units called and wanted"),
    "awaiting": N_("units that have not answered"),
    "coming": N_("units on the way"),
    "heard_from": N_("units that have answered, not yet on the way"),
    "silent": N_("units without an answer, not late"),
    "claimed": N_("units there by their own word"),
    "leads": N_("lead units called"),
    "leads_there": N_("lead units there"),
    "under_way": N_("whistles under way"),
    "all_there": N_("whistles with all units there"),
    "today": N_("whistles accepted today"),
    "pairs": N_("arrivals due"),
    "pairs_kept": N_("arrivals in time"),
    "pairs_late": N_("arrivals late or missing"),
    "lead_pairs": N_("arrivals of lead units due"),
    "lead_pairs_kept": N_("arrivals of lead units in time"),
    "assist_pairs": N_("arrivals of assisting units due"),
    "assist_pairs_kept": N_("arrivals of assisting units in time"),
    "unconfirmed": N_("arrivals unconfirmed"),
    "whole": N_("whistles due"),
    "whole_kept": N_("whistles with all units in time"),
    "whole_late": N_("whistles with a unit late"),
    "accepted": N_("whistles accepted"),
    "void": N_("whistles ruled void"),
    "cancelled": N_("whistles withdrawn"),
    "signed_off": N_("whistles signed off"),
    "pairs_closed": N_("units of whistles signed off"),
    "rated_town": N_("units rated by the town"),
    "good_town": N_("units the town rates as good"),
    "rated_unit": N_("whistles rated by the units"),
    "good_unit": N_("whistles the units rate as good"),
    "spots": N_("whistles on spots for the agenda"),
}

STATES = {
    "merged": N_("merged"),
    "invalid": N_("not valid"),
    "settled_online": N_("settled"),
    "closed": N_("closed"),
    "awaiting_dispatch": N_("to dispatch"),
    "answered": N_("to verify"),
    "overdue": N_("overdue"),
    "due_soon": N_("nearly due"),
    "open": N_("in hand"),
}


def set_name(name: str) -> str:
    """What a set of cases is called on the screen."""
    return _(SETS.get(name, name))


def state_name(name: str) -> str:
    """What a case's state is called on the screen."""
    return _(STATES.get(name, name))


PERIODS = {
    "live": N_("this period"),
    "previous": N_("the period before"),
    "days30": N_("30 days"),
    "month": N_("this month"),
    "quarter": N_("this quarter"),
    "year": N_("this year"),
    "all": N_("all"),
}


def periods(
    chosen: tuple[Any, Any], offered: list[tuple[str, str, bool]], taken: tuple[str, str]
) -> html.Section:
    """The period in words, the periods to choose from, and the same figures as files (CSV, Excel)."""
    links = choices([(_(PERIODS[name]), href, here) for name, href, here in offered])
    return html.Section([html.H1(span(*chosen)), links, files(*taken)], className="filters all")


def choices(links: list[tuple[str, str, bool]]) -> html.P:
    """Links side by side: label, address, and whether it is the one chosen."""
    drawn = [dcc.Link(label, href=href, className="here" if here else "") for label, href, here in links]
    return html.P(drawn, className="choices")


def unknown_view(made: html.P, asked: str, shown: str) -> html.P:
    """The choices of views; where the address asks for one that is not there, they say so."""
    if asked != shown:
        said = _("There is no view “{name}”; the first is shown.").format(name=asked)
        made.children = [*made.children, html.Span(said, className="note")]
    return made


KINDS = {
    "unit": N_("Unit"), "other": N_("Other unit"), "channel": N_("Channel"), "category": N_("Category"),
    "area": N_("Area"), "issue": N_("Kind"), "event": N_("Event"), "reason": N_("Reason"),
    "start": N_("from"), "end": N_("until"),
}  # fmt: skip
"""What narrows a list, as its chip says it."""


def narrowed(filters: list[tuple[str, str, str]]) -> html.P:
    """What narrows the figures now: kind, name, and the address without it."""
    drawn = [
        html.Span(
            [_(KINDS.get(kind, kind)), " ", html.B(name), " ", dcc.Link("✕", href=href, title=_("remove"))],
            className="chip",
        )
        for kind, name, href in filters
    ]
    return html.P(drawn, className="chips")


def span(start: Any, end: Any) -> str:
    """A period in words: its first and last day, and how many days it has."""
    if words.absent(start) or start.year <= 1970:
        return _("All records up to {last}").format(last=f"{end:%Y-%m-%d}")
    last = end - timedelta(seconds=1)
    form = "%m-%d" if start.year == last.year else "%Y-%m-%d"  # the second year only where it is another
    days = (last.date() - start.date()).days + 1
    text = _("{first}—{last}, {n} days in all")
    return text.format(first=f"{start:%Y-%m-%d}", last=f"{last:{form}}", n=days)
