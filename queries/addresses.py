"""What an address bar says: to the questions, to the page that shows them, and of who reads."""

from urllib.parse import parse_qsl, urlencode

READER = ("wall", "lang", "theme", "rotate")
"""What an address says of the reader."""

SHOWN = ("view", "columns")
"""What it says of how a page shows its figures; the rest is what the questions are asked with."""


def pairs(search: str | None) -> dict[str, str]:
    """All arguments of an address."""
    return dict(parse_qsl((search or "").lstrip("?")))


def arguments(search: str | None) -> dict[str, str]:
    """The arguments of questions in an address."""
    return {name: text for name, text in pairs(search).items() if name not in (*READER, *SHOWN)}


def shown(search: str | None) -> dict[str, str]:
    """The arguments that only a page itself reads."""
    return {name: text for name, text in pairs(search).items() if name in SHOWN}


def carrying(address: str, search: str | None) -> str:
    """An address with a query, and with the arguments of this one that only a page itself reads."""
    return "&".join(filter(None, (address, urlencode(shown(search)))))


def turned(search: str | None, **changed: str | None) -> str:
    """The same address with some arguments changed; None takes one away."""
    return "?" + urlencode({name: text for name, text in (pairs(search) | changed).items() if text})
