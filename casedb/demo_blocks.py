"""The demo's requests, drawn and followed block by block of whole days, so that a million fit into memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection

from casedb import (
    demo_cases,
    demo_children,
    demo_hearings,
    demo_items,
    demo_oldest,
    demo_petitions,
    demo_promises,
    demo_routes,
    demo_rows,
    demo_scenes,
    demo_steps,
    demo_stories,
    demo_texts,
    demo_traces,
    first_year,
)
from casedb import tables as t
from casedb.bulk import Columns, load
from casedb.city import City
from casedb.demo_plan import DAY, Plan
from casedb.demo_story import Story
from casedb.demo_time import hourly_weights, moments

WALK_IN = 0.033
"""Share of the matters not settled at a window that become a request."""

BLOCK_CASES = 40_000
"""Requests drawn at once: enough to be fast, few enough to stay in memory."""


@dataclass(frozen=True)
class Luck:
    """That of all requests, and that of what only some of them have, which moves nothing else."""

    all: np.random.Generator
    some: np.random.Generator


@dataclass(frozen=True)
class Planted:
    """The requests of a block that are not left to chance, by place: of a story, and the oldest overdue."""

    told: dict[int, Story] = field(default_factory=dict)
    oldest: dict[int, tuple[int, str]] = field(default_factory=dict)


def requests(
    connection: Connection, wanted: Plan, place: City, visits: Columns, pool: list[demo_items.Candidate]
) -> Iterator[float]:
    """Requests, block by block of whole days; a published year is one block, its totals are for the whole."""
    weights = hourly_weights(wanted, wanted.generator(2)) * wanted.scale
    walks = np.flatnonzero(
        visits["_open_matter"] & (wanted.generator(9).random(len(visits["people"])) < WALK_IN)
    )
    counts = first_year.counts(weights, wanted.generator(3), wanted, len(walks))
    visits["case_id"] = np.full(len(visits["people"]), None, dtype=object)
    days = len(wanted.days)
    step = days if wanted.totals else max(1, int(days * BLOCK_CASES / max(1, counts.sum())))
    for number, day in enumerate(range(0, days, step)):
        block = np.zeros_like(counts)
        block[day * 24 : (day + step) * 24] = counts[day * 24 : (day + step) * 24]
        luck = Luck(wanted.generator(4, number), wanted.generator(10, number))
        begin = wanted.first + np.timedelta64(day * 86_400, "s")
        here = walks[
            (visits["started_at"][walks] >= begin) & (visits["started_at"][walks] < begin + step * DAY)
        ]
        times = np.r_[moments(wanted, block, luck.all), visits["started_at"][here]]
        order = np.argsort(times, kind="stable")
        walk_in = np.zeros(len(times), bool)
        walk_in[np.argsort(order)[len(times) - len(here) :]] = True
        if len(times):
            cases = _one_block(connection, wanted, place, luck, times[order], walk_in, pool)
            visits["case_id"][here[np.argsort(visits["started_at"][here], kind="stable")]] = cases["case_id"][
                walk_in
            ]
        yield min(1.0, (day + step) / days)


def _one_block(
    connection: Connection,
    wanted: Plan,
    place: City,
    luck: Luck,
    times: np.ndarray,
    walk_in: np.ndarray,
    pool: list[demo_items.Candidate],
) -> Columns:
    cases, planted = _drawn(wanted, place, luck, times, walk_in)
    leads, calls = _followed(wanted, place, luck, cases, planted)
    demo_texts.write(place, luck.all, cases)
    for row, (_unit, title) in planted.oldest.items():
        demo_texts.name(cases, row, title)
    for row, story in planted.told.items():
        demo_texts.name(cases, row, story.title, story.place)
    _insert(connection, wanted, place, luck.all, cases, leads, calls)
    _insert_beside(connection, wanted, place, luck.some, cases, leads)
    for name, rows in demo_stories.beside(wanted, cases, planted.told):
        load(connection, t.metadata.tables[name], rows)
    pool += demo_items.candidates(wanted, luck.all, cases, leads, list(planted.oldest))
    return cases


def _drawn(
    wanted: Plan, place: City, luck: Luck, times: np.ndarray, walk_in: np.ndarray
) -> tuple[Columns, Planted]:
    """The requests; a published year has none that are planted, and no legal routes but the petitions."""
    cases = demo_cases.draw(wanted, place, luck.all, times, walk_in, first_year.quotas(wanted.totals))
    planted = Planted()
    if not wanted.totals:
        told = demo_stories.place(wanted, place, cases)
        planted = Planted(told, demo_oldest.place(wanted, place, cases, told))
        demo_routes.settle(place, luck.some, cases, {*planted.told, *planted.oldest})
    demo_cases.finish(place, cases)
    return cases, planted


def _followed(
    wanted: Plan, place: City, luck: Luck, cases: Columns, planted: Planted
) -> tuple[Columns, Columns]:
    """(lead assignments, callbacks), and what came of the requests in the end."""
    rng = luck.all
    steps = demo_steps.handle(wanted, place, rng, cases)
    demo_oldest.keep_open(steps, planted.oldest)
    demo_stories.tell(wanted, place, steps, cases, planted.told)
    leads = demo_rows.leads(wanted, place, rng, cases, steps)
    calls = demo_rows.callbacks(wanted, place, rng, cases, steps)
    first_year.settle_satisfaction(wanted, rng, leads, calls)
    demo_rows.outcome(wanted, rng, cases, leads, calls)
    demo_children.close(cases)
    demo_promises.promise(wanted, luck.some, cases, leads)
    return leads, calls


def _insert(
    connection: Connection,
    wanted: Plan,
    place: City,
    rng: np.random.Generator,
    cases: Columns,
    leads: Columns,
    calls: Columns,
) -> None:
    load(connection, t.cases, cases)
    load(connection, t.assignments, leads)
    load(connection, t.assignments, demo_rows.assists(place, rng, leads))
    load(connection, t.callbacks, calls)
    load(connection, t.contacts, demo_traces.contacts(wanted, rng, leads))
    load(connection, t.evidence, demo_traces.evidence(rng, leads))
    load(connection, t.case_events, demo_traces.events(wanted, rng, leads))
    load(connection, t.exclusions, demo_traces.exclusions(wanted, rng, calls))
    load(connection, t.escalations, demo_traces.escalations(wanted, rng, leads))


def _insert_beside(
    connection: Connection,
    wanted: Plan,
    place: City,
    rng: np.random.Generator,
    cases: Columns,
    leads: Columns,
) -> None:
    """What only some requests have: the call to a merged one, the arrival at a spot, a petition's steps."""
    talks, positions = demo_scenes.scenes(wanted, rng, cases, leads)
    load(connection, t.contacts, talks)
    load(connection, t.evidence, positions)
    load(connection, t.callbacks, demo_children.call_back(wanted, place, rng, cases, leads))
    petitions = demo_petitions.held(cases, leads)
    met, steps = demo_petitions.milestones(wanted, place, rng, cases, petitions)
    load(connection, t.contacts, met)
    load(connection, t.case_events, steps)
    load(connection, t.case_events, demo_hearings.hearings(wanted, rng, petitions))
