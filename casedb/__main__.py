"""``python -m casedb``: the tools of the case database."""

from casedb.cli import app

app()
