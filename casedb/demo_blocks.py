"""The demo's requests, drawn and followed block by block of whole days, so that a million fit into memory."""

from collections.abc import Iterator

import numpy as np
from sqlalchemy import Connection

from casedb import (
    demo_cases,
    demo_items,
    demo_oldest,
    demo_rows,
    demo_steps,
    demo_texts,
    demo_traces,
    first_year,
)
from casedb import tables as t
from casedb.bulk import Columns, load
from casedb.city import City
from casedb.demo_plan import DAY, Plan
from casedb.demo_time import hourly_weights, moments

WALK_IN = 0.033
"""Share of the matters not settled at a window that become a request."""

BLOCK_CASES = 40_000
"""Requests drawn at once: enough to be fast, few enough to stay in memory."""


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
        rng = wanted.generator(4, number)
        begin = wanted.first + np.timedelta64(day * 86_400, "s")
        here = walks[
            (visits["started_at"][walks] >= begin) & (visits["started_at"][walks] < begin + step * DAY)
        ]
        times = np.r_[moments(wanted, block, rng), visits["started_at"][here]]
        order = np.argsort(times, kind="stable")
        walk_in = np.zeros(len(times), bool)
        walk_in[np.argsort(order)[len(times) - len(here) :]] = True
        if len(times):
            cases = _one_block(connection, wanted, place, rng, times[order], walk_in, pool)
            visits["case_id"][here[np.argsort(visits["started_at"][here], kind="stable")]] = cases["case_id"][
                walk_in
            ]
        yield min(1.0, (day + step) / days)


def _one_block(
    connection: Connection,
    wanted: Plan,
    place: City,
    rng: np.random.Generator,
    times: np.ndarray,
    walk_in: np.ndarray,
    pool: list[demo_items.Candidate],
) -> Columns:
    cases = demo_cases.draw(wanted, place, rng, times, walk_in, first_year.quotas(wanted.totals))
    chosen = {} if wanted.totals else demo_oldest.place(wanted, place, cases)
    demo_cases.finish(place, cases)
    steps = demo_steps.handle(wanted, place, rng, cases)
    demo_oldest.keep_open(steps, chosen)
    leads = demo_rows.leads(wanted, place, rng, cases, steps)
    calls = demo_rows.callbacks(wanted, place, rng, cases, steps)
    first_year.settle_satisfaction(wanted, rng, leads, calls)
    demo_rows.outcome(wanted, rng, cases, leads, calls)
    demo_texts.write(place, rng, cases)
    for row, (_unit, title) in chosen.items():
        demo_texts.name(cases, row, title)
    _insert(connection, wanted, place, rng, cases, leads, calls)
    pool += demo_items.candidates(wanted, rng, cases, leads, list(chosen))
    return cases


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
