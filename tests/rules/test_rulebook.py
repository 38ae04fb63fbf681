"""The rulebook: what the board ships with, and what a centre may change in it."""

from datetime import time
from pathlib import Path

import pytest

from rules import rulebook
from rules.rulebook import BadRule, load, use


@pytest.fixture
def own(tmp_path: Path):
    """Write a centre's own file; give its path."""

    def write(text: str, version: str = 'version = "own"\n') -> Path:
        path = tmp_path / "own.toml"
        path.write_text(version + text, encoding="utf-8")
        return path

    return write


def test_the_values_of_the_screens_are_there() -> None:
    book = load()

    assert (book.load.busy, book.load.near, book.load.over) == (0.70, 0.85, 1.0)
    assert (book.wait.good, book.wait.long) == (30, 60)
    assert (book.whistle.urban, book.whistle.rural, book.whistle.rural_last) == (30, 60, 120)
    assert (book.fresh.stale, book.fresh.lost, book.fresh.failures) == (10, 30, 2)
    assert (book.ranking.least, book.callback.attempts, book.meeting.closest) == (10, 3, 5)
    assert (book.ranking.overlap, book.ranking.design, book.rework.mature) == (0.5, 0.5, 10)
    assert (book.ranking.rho_low, book.ranking.rho_high) == (0.002, 0.5)
    assert (book.ranking.prior_periods, book.exclusion.times) == (12, 2)
    assert (book.ranking.prior_units, book.ranking.prior_total, book.ranking.prior_weight) == (5, 50, 30)
    assert book.exclusion.share == 0.1
    assert book.meeting.days == (6, 16, 26)
    assert book.opening.start == time(8, 30)
    assert (book.ranking.apart, book.petition.routes) == (("行政调解", "执法办案"), ("信访事项",))
    assert (book.repeat.hotline, book.repeat.petition, book.ranking.mostly_weight) == (30, 90, 1.0)


def test_every_rule_says_what_it_rests_on_in_both_languages() -> None:
    rows = load().rows()

    assert len({row["key"] for row in rows}) == len(rows) > 60
    assert all(row["source"] and row["unit"] and row["name_zh"] and row["name_en"] for row in rows)
    assert {row["basis"] for row in rows} == {"law", "local", "centre"}


def test_values_are_printed_as_people_write_them() -> None:
    printed = {row["key"]: row["value"] for row in load().rows()}

    assert printed["meeting.days"] == "6, 16, 26"
    assert printed["opening.start"] == "08:30"
    assert printed["load.near"] == "0.85"
    assert printed["sla.help"] == "3"
    assert printed["ranking.apart"] == "行政调解, 执法办案"


def test_a_centre_s_file_changes_only_what_it_names(own) -> None:
    path = own('[sla.help]\nvalue = 2\nsource = "市府办〔2026〕1号"\nbasis = "local"\n')

    book = load(path)

    assert book.version == "own"
    assert book.sla.help == 2
    assert book.rule("sla.help").source == "市府办〔2026〕1号"
    assert book.rule("sla.help").name_zh == load().rule("sla.help").name_zh
    assert book.sla.consult == 1


def test_a_centre_may_name_other_routes_or_none(own) -> None:
    book = load(own('[petition.routes]\nvalue = ["信访", "信访事项"]\n[ranking.apart]\nvalue = []\n'))

    assert book.petition.routes == ("信访", "信访事项")
    assert book.ranking.apart == ()


def test_the_file_put_in_force_is_what_everybody_reads(own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "_in_force", {})

    use(own("[wait.long]\nvalue = 45\n"))

    assert load().wait.long == 45
    assert use(None).wait.long == load().wait.long == 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[sla.help]\nvalue = "three"\n', "sla.help = 'three'"),
        ("[sla.help]\nvalue = 0\n", "sla.help = 0"),
        ("[sla.help]\nvalue = -1\n", "sla.help = -1"),
        ("[sla.help]\nvalue = 2.5\n", "sla.help = 2.5"),
        ("[sla.help]\nvalue = true\n", "sla.help = True"),
        ("[load.busy]\nvalue = inf\n", "load.busy = inf"),
        ("[load.busy]\nvalue = nan\n", "load.busy = nan"),
        ('[sla.help]\nunit = "week"\n', "sla.help: unit = 'week'"),
        ('[wait.long]\nunit = "hour"\n', "wait.long: unit = 'hour'"),
        ('[sla.help]\nbasis = "custom"\n', "sla.help: basis = 'custom'"),
        ('[sla.help]\nsource = ""\n', "sla.help: source = ''"),
        ('[sla.help]\nname_zh = "x"\n', "sla.help: name_zh"),
        ("[sla.hlep]\nvalue = 3\n", "sla.hlep"),
        ("sla = 3\n", "sla = 3"),
        ("[sla]\nhelp = 3\n", "sla.help = 3"),
        ("[settling.reference]\nvalue = 25\n", "settling.reference = 25"),
        ('[opening.start]\nvalue = "half past eight"\n', "opening.start = 'half past eight'"),
        ('[opening.start]\nvalue = "18:00"\n', "opening.start = 18:00 must be less than opening.end"),
        ("[meeting.days]\nvalue = 6\n", "meeting.days = 6"),
        ("[meeting.days]\nvalue = [6, 6]\n", "meeting.days"),
        ("[meeting.days]\nvalue = [6, 31]\n", "meeting.days"),
        ("[ranking.rho_low]\nvalue = 0.5\n", "ranking.rho_low = 0.5 must be less than ranking.rho_high"),
        ("[ranking.overlap]\nvalue = 50\n", "ranking.overlap = 50"),
        ('[petition.routes]\nvalue = "信访事项"\n', "petition.routes = '信访事项': must be a list of names"),
        ("[petition.routes]\nvalue = [1]\n", "petition.routes = [1]"),
        ('[petition.routes]\nvalue = [""]\n', "petition.routes = ['']"),
        ('[ranking.apart]\nvalue = ["调解", "调解"]\n', "ranking.apart = ['调解', '调解']"),
        ("[load.near]\nvalue = 0.6\n", "load.busy = 0.7 must be less than load.near = 0.6"),
    ],
)
def test_a_wrong_value_is_named_with_its_key(own, text: str, said: str) -> None:
    with pytest.raises(BadRule) as told:
        load(own(text))

    assert said in str(told.value)


def test_a_file_without_a_version_is_refused(own) -> None:
    with pytest.raises(BadRule, match="version"):
        load(own("[sla.help]\nvalue = 2\n", version=""))


def test_a_file_that_cannot_be_read_is_named(own, tmp_path: Path) -> None:
    with pytest.raises(BadRule, match=r"absent\.toml cannot be opened"):
        load(tmp_path / "absent.toml")
    with pytest.raises(BadRule, match="not valid TOML"):
        load(own("[sla.help\n"))


def test_what_the_rulebook_does_not_hold_is_named() -> None:
    with pytest.raises(BadRule, match=r"sla\.lunch"):
        load().rule("sla.lunch")
    with pytest.raises(AttributeError, match="lunch"):
        _ = load().lunch
