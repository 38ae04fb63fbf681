"""What the board itself remembers, in a database of its own: never the case database."""

from records.changes import Conflict as Conflict
from records.database import connect as connect
from records.database import default_url as default_url
from records.database import dispose as dispose
from records.refusals import AlreadyAnswered as AlreadyAnswered
from records.refusals import AlreadyFrozen as AlreadyFrozen
from records.refusals import BadAddress as BadAddress
from records.refusals import BadValue as BadValue
from records.refusals import NotFrozen as NotFrozen
from records.refusals import Refusal as Refusal
from records.refusals import Tampered as Tampered
from records.refusals import TooLate as TooLate
from records.refusals import Unwritable as Unwritable
