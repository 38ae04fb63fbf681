"""The hall's queues: every public question about visitors, windows and waits, by its one name."""

from queries.queues_advice import advice
from queries.queues_arrivals import arrivals
from queries.queues_flow import heat, newest, visit_funnel
from queries.queues_hall import hall
from queries.queues_waits import waits, waits_total
from queries.queues_windows import windows

__all__ = [
    "advice",
    "arrivals",
    "hall",
    "heat",
    "newest",
    "visit_funnel",
    "waits",
    "waits_total",
    "windows",
]
