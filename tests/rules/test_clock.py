"""The clock: three settings, one refresh step, clear sentences."""

from datetime import datetime

import pytest

from rules.clock import BadClock, Clock

NINE_O_CLOCK = 1_795_309_200.0  # 2026-11-22 09:00 in China, 01:00 UTC


def test_an_empty_setting_is_the_real_time_of_the_zone() -> None:
    clock = Clock.parse("", real=lambda: NINE_O_CLOCK)

    assert clock.now() == datetime(2026, 11, 22, 9, 0)
    assert Clock.parse(None, "UTC", lambda: NINE_O_CLOCK).now() == datetime(2026, 11, 22, 1, 0)
    assert not clock.is_demo
    assert clock.text == ""


def test_a_moment_alone_stands_still() -> None:
    seconds = [NINE_O_CLOCK]
    clock = Clock.parse("2018-12-01T20:00", real=lambda: seconds[0])

    seconds[0] += 3600

    assert clock.now() == datetime(2018, 12, 1, 20, 0)
    assert not clock.is_demo


def test_a_moment_with_a_speed_runs_from_when_it_was_read() -> None:
    seconds = [NINE_O_CLOCK]
    clock = Clock.parse("2026-11-25T09:30x6", real=lambda: seconds[0])

    seconds[0] += 10

    assert clock.now() == datetime(2026, 11, 25, 9, 31)
    assert clock.is_demo


def test_two_processes_share_a_running_clock_by_its_text() -> None:
    seconds = [NINE_O_CLOCK + 0.1234567]
    first = Clock.parse("2026-11-25T09:30x6", real=lambda: seconds[0])
    seconds[0] += 100

    second = Clock.parse(first.text, real=lambda: seconds[0])

    assert second.now() == first.now()
    assert second.text == first.text


def test_a_stated_start_counts_from_there_and_never_before_it() -> None:
    text = f"2026-11-25T09:30x6@{NINE_O_CLOCK:.0f}"

    assert Clock.parse(text, real=lambda: NINE_O_CLOCK + 20).now() == datetime(2026, 11, 25, 9, 32)
    assert Clock.parse(text, real=lambda: NINE_O_CLOCK - 20).now() == datetime(2026, 11, 25, 9, 30)


@pytest.mark.parametrize(
    ("now", "step", "moment"),
    [
        ("2026-11-25T09:30:09", 10, datetime(2026, 11, 25, 9, 30, 0)),
        ("2026-11-25T09:30:10", 10, datetime(2026, 11, 25, 9, 30, 10)),
        ("2026-11-25T09:30:59", 7, datetime(2026, 11, 25, 9, 30, 58)),
        ("2026-11-25T00:00:00", 10, datetime(2026, 11, 25)),
        ("2026-11-25T23:59:59", 86_400, datetime(2026, 11, 25)),
    ],
)
def test_the_moment_is_rounded_down_to_a_step_since_midnight(now: str, step: int, moment: datetime) -> None:
    assert Clock.parse(now).moment(step) == moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yesterday", "cannot be read"),
        ("2026-13-01T00:00", "cannot be read"),
        ("2026-11-25T09:30x", "cannot be read"),
        ("2026-11-25T09:30x0", "speed"),
        ("2026-11-25T09:30x99999", "speed"),
        ("2026-11-25T09:30x-2", "cannot be read"),
        ("2026-11-25T09:30+08:00", "offset"),
    ],
)
def test_a_wrong_setting_is_answered_with_a_sentence_naming_it(text: str, said: str) -> None:
    with pytest.raises(BadClock, match=said) as told:
        Clock.parse(text)

    assert text in str(told.value)


@pytest.mark.parametrize("zone", ["Asia/Ningxi", "", "../etc/passwd"])
def test_an_unknown_zone_is_named(zone: str) -> None:
    with pytest.raises(BadClock, match="no time zone"):
        Clock.parse("", zone)
