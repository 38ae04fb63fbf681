"""Why the board's own database says no: each a sentence in Chinese (`zh`) and English (`en`)."""


class Refusal(Exception):
    """Something was not kept; the message is one sentence for the person at the screen."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Unwritable(Refusal):
    """The board's database cannot be used: full, read-only, locked, gone or foreign (`kind`)."""

    def __init__(self, kind: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.kind = kind


class BadAddress(ValueError):
    """BOARD_DATABASE_URL makes no sense; the board does not start."""


class BadValue(Refusal):
    """What was handed in cannot be kept: unknown, too long, without its sign of time."""


class AlreadyFrozen(Refusal):
    """The record of this meeting is closed; only corrections may be appended."""


class NotFrozen(Refusal):
    """There is no record of this meeting to correct yet."""


class Tampered(Refusal):
    """A frozen record is no longer what was frozen."""


class TooLate(Refusal):
    """The limit for objecting is over."""


class AlreadyAnswered(Refusal):
    """An objection has its answer."""
