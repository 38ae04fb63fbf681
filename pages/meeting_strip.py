"""The strip of an item with its segments and timer, the same for wall and clerk. No page."""

from datetime import date
from typing import Any

from components import meeting_present as wall
from components.meeting_present import Bar, Timer
from pages import agenda, meeting_place
from pages.agenda import Item
from queries.meetings_pack import Pack
from rules import rulebook


def bar(found: Pack, listed: list[Item], item: Item, moment: Any) -> Bar:
    """The strip of an item."""
    place, of = agenda.counted(listed, item)
    return Bar(
        found.meeting.number, item.part, moment, wall.until(found.scope.as_of, found.is_closed), place, of,
        _groups(listed, item), _timer(found.meeting.actual, item, moment), wall.batch(item),
    )  # fmt: skip


def _groups(listed: list[Item], item: Item) -> tuple[int, ...]:
    """How many items of each group its part has; of the look-back those of the last batch, and older ones."""
    mine = [one for one in listed if one.part == item.part]
    if item.part == agenda.ASSIGN:
        sizes = [sum(one.item_group == group for one in mine) for group in agenda.GROUPS]
    else:
        sizes = [sum(one.is_older is older for one in mine) for older in (False, True)]
    return tuple(size for size in sizes if size)


def _timer(day: date, item: Item, moment: Any) -> Timer:
    book = rulebook.load().meeting
    limits = {
        agenda.LOOK_BACK: book.minutes_look_back,
        agenda.TEN_DAYS: book.minutes_figures,
        agenda.ASSIGN: book.minutes_item,
    }
    place = meeting_place.clock(day)
    return Timer(place.seconds(moment), place.is_running, limits[item.part], place.version)
