"""The page of a meeting's record: frozen once on its day, then and now, objections within a working day."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import Engine, create_engine, update

import app
import records
from components import words
from papers import deciding
from queries import database
from records import decisions, freezing, objections, tables
from rules.clock import Clock
from settings import Settings
from tests.builders import add_case
from tests.papers import record_city
from tests.papers.record_city import DAY, NOW

HELD = str(DAY)
LIMIT = datetime(2026, 11, 28)
AFTER = datetime(2026, 11, 28, 0, 0, 10)

Open = Callable[..., ModuleType]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Engine]:
    with record_city.on_file(tmp_path) as (engine, _url):
        yield engine
        records.dispose()
        database.dispose()


@pytest.fixture
def opened(city: Engine, tmp_path: Path) -> Iterator[Open]:
    """Opens the board at a moment, with the viewer's language; gives the page."""
    contexts: list[Any] = []

    def board(now: datetime, kept: str = "", language: str = "en") -> ModuleType:
        for context in contexts:
            context.pop()
        contexts.clear()
        url = kept or f"sqlite:///{tmp_path / 'kept.db'}"
        chosen = Settings(case_database_url=str(city.url), board_database_url=url, refresh_seconds=1)
        server: Flask = app.make_board(chosen, Clock.parse(now.isoformat())).server
        contexts.append(server.test_request_context())
        contexts[-1].push()
        words.use(words.Viewer(language=language, theme="dark", wall=False))
        from pages import meeting_record

        return meeting_record

    yield board
    for context in contexts:
        context.pop()


def text(drawn: Any) -> str:
    return json.dumps(drawn, cls=PlotlyJSONEncoder, ensure_ascii=False)


def freeze(clicks: int | None = 1) -> str:
    from pages import recording_forms

    return recording_forms.freeze(clicks, HELD)


def objecting(words_: str = "not ours", figure: str = "satisfied_k", by: str = "office") -> str:
    from pages import recording_forms

    said, left = recording_forms.file(1, HELD, "u-1", figure, words_, by)
    assert left == ("" if "is filed" in said else words_)
    return said


def hidden() -> dict[str, bool]:
    from pages import recording_forms

    flags = recording_forms.draw_forms({}, HELD, "", "", "")
    return dict(zip(recording_forms.KINDS, flags, strict=False))


def test_before_its_day_a_meeting_shows_what_will_be_frozen_and_cannot_be(opened: Open) -> None:
    page = opened(datetime(2026, 11, 25, 23, 59, 59))

    assert "What will be frozen" in text(page.draw_figures({}, HELD, "", "", "")[0])
    assert hidden()["freeze"]
    assert "on the day of the meeting" in freeze()
    assert freezing.frozen(DAY) is None


def test_from_the_first_second_of_its_day_it_can_be_frozen(opened: Open) -> None:
    opened(datetime(2026, 11, 26))

    assert not hidden()["freeze"]
    assert "Frozen" in freeze()


def test_nothing_is_frozen_without_the_button(opened: Open) -> None:
    opened(NOW)

    with pytest.raises(PreventUpdate):
        freeze(None)

    assert freezing.frozen(DAY) is None


def test_a_frozen_meeting_shows_its_seal_and_that_nothing_differs(opened: Open) -> None:
    page = opened(NOW)
    freeze()

    kept = freezing.frozen(DAY)
    assert kept is not None
    head = text(page.draw_head({}, HELD, ""))
    assert kept.sha256 in head and "frozen 2026-11-26 09:30" in head and "1 then, 1 now" in head
    figures, others = page.draw_figures({}, HELD, "", "", "")
    assert "Every figure is as it was" in text(figures)
    assert "Every table is as it was" in text(others)
    assert hidden()["freeze"] and not hidden()["correct"]


def test_then_and_now_name_the_cases_with_links(opened: Open, city: Engine) -> None:
    page = opened(NOW)
    freeze()
    record_city.back_date(city)
    record_city.rate_anew(city)

    figures = text(page.draw_figures({}, HELD, "", "", "")[0])

    assert "entered late" in figures and "/cases/after?" in figures
    assert "rated anew" in figures and "/cases/c-3?" in figures
    assert "corrected" not in figures


def test_a_meeting_is_frozen_once_and_the_page_says_so(opened: Open) -> None:
    opened(NOW)
    freeze()

    assert "is frozen; only corrections" in freeze()


def test_a_decision_saved_meanwhile_is_said_in_its_own_sentence(opened: Open) -> None:
    opened(NOW)
    from pages import recording

    decisions.save(DAY, "c-1", {"pledge": "mend"}, 0, "clerk A", NOW)

    said = recording.done(lambda: freezing.freeze(DAY, b"{}", {}, NOW, {}).sha256)[0]

    assert "clerk A saved this item" in said
    assert freezing.frozen(DAY) is None


def test_what_was_decided_is_frozen_too(opened: Open) -> None:
    opened(NOW)
    decisions.save(DAY, "c-1", {"pledge": "mend"}, 0, "clerk A", NOW)

    freeze()

    kept = freezing.frozen(DAY)
    assert kept is not None
    assert [one["pledge"] for one in json.loads(kept.body)["decisions"]] == ["mend"]


def decided(page: ModuleType) -> str:
    return text(page.draw_decided({}, HELD, ""))


def test_only_what_is_decided_counts_and_is_listed_as_it_was_frozen(opened: Open) -> None:
    page = opened(NOW)
    assert "Nothing is decided" in decided(page)
    every = dict.fromkeys(deciding.STATED, "decided")
    due = datetime(2026, 12, 6)
    decisions.save(DAY, "c-1", {"case_id": "c-1", "pledge": "mend", "due": due, "states": every}, 0, "A", NOW)
    decisions.save(
        DAY, "c-2", {"case_id": "c-2", "pledge": "soon", "states": {"pledge": "recording"}}, 0, "A", NOW
    )

    before, head = decided(page), text(page.draw_head({}, HELD, ""))
    freeze()
    after = decided(page)

    assert "1, and 1 recorded but not decided" in head
    for said in (before, after):
        assert "1 decision" in said and "mend" in said and "12-05" in said and "1 more recorded" in said
        assert "soon" not in said


def test_data_that_stopped_are_said_with_their_age_before_freezing(opened: Open) -> None:
    from pages import recording_forms

    page = opened(NOW)

    ask = recording_forms.draw_forms({}, HELD, "", "", "")[-1]
    assert "The data stop at 2026-11-" in ask and "Freeze the record" in ask
    assert "The data stop at 2026-11-" in text(page.draw_head({}, HELD, ""))
    freeze()
    assert "The data stop" not in text(page.draw_head({}, HELD, ""))


def test_data_that_came_until_the_cutoff_are_frozen_without_a_warning(opened: Open, city: Engine) -> None:
    from pages import recording_forms

    with city.begin() as connection:
        add_case(connection, datetime(2026, 11, 25, 23, 50), case_id="last")
    page = opened(NOW)

    assert recording_forms.draw_forms({}, HELD, "", "", "")[-1].startswith("Freeze the record")
    assert "newest record 2026-11-25 23:50" in text(page.draw_head({}, HELD, ""))


def test_a_record_that_was_altered_says_so_and_the_page_goes_on(opened: Open, tmp_path: Path) -> None:
    page = opened(NOW)
    freeze()
    behind = create_engine(f"sqlite:///{tmp_path / 'kept.db'}")
    with behind.begin() as connection:
        connection.execute(update(tables.records).values(body=b"{}"))
    behind.dispose()

    assert "was altered" in text(page.draw_head({}, HELD, ""))
    assert all(hidden().values())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "own database cannot be reached"), ("zh", "记录库连不上")]
)
def test_without_its_own_database_the_board_still_shows_the_figures(
    opened: Open, language: str, said: str
) -> None:
    page = opened(NOW, "sqlite:////proc/none/board.db", language)

    assert said in text(page.draw_head({}, HELD, ""))
    assert '"12"' in text(page.draw_figures({}, HELD, "", "", "")[0])
    assert all(hidden().values())
    assert said in freeze()


def test_exactly_at_its_limit_an_objection_counts_and_later_it_is_refused(opened: Open) -> None:
    opened(LIMIT)
    assert "Objection 1 is filed" in objecting()

    opened(AFTER)
    assert "time to object ended" in objecting()

    kept = objections.of(DAY)
    assert [(one.number, one.until_at) for one in kept] == [(1, LIMIT)]


def test_an_objection_stands_beside_its_number_with_the_answer(opened: Open) -> None:
    from pages import recording_forms

    page = opened(NOW)
    freeze()
    objecting("call 13812345678")
    assert "Objection 1 is answered" in recording_forms.answer(1, HELD, 1, "yes", "indeed", "centre")[0]

    figures = text(page.draw_figures({}, HELD, "", "", "")[0])

    assert "Objection 1" in figures and "市城管局" in figures and "indeed" in figures and "upheld" in figures
    assert "13812345678" not in figures
    assert "1 objection" in text(page.draw_said({}, HELD, "", "", "")[0])


def test_an_objection_without_words_is_refused(opened: Open) -> None:
    opened(NOW)

    assert "nothing was saved" in objecting("  ")
    assert objections.of(DAY) == []


def test_corrections_are_appended_and_the_record_stays(opened: Open) -> None:
    from pages import recording_forms

    page = opened(NOW)
    assert "not frozen yet" in recording_forms.correct(1, HELD, "13", "centre")[0]
    freeze()
    before = freezing.frozen(DAY)

    assert "Correction 1" in recording_forms.correct(1, HELD, "13, not 12", "centre")[0]

    assert "13, not 12" in text(page.draw_said({}, HELD, "", "", "")[1])
    assert freezing.frozen(DAY) == before


def test_a_day_without_a_meeting_is_refused_by_name(opened: Open) -> None:
    page = opened(NOW)

    with pytest.raises(ValueError, match="2026-11-24"):
        page.draw_head({}, "2026-11-24", "")
