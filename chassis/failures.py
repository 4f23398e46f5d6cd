"""What a failing database means to whoever asked: try again, somebody was faster, or a value it cannot hold."""

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from chassis.errors import Conflict, Invalid, PorticoError, Unavailable

# The server is away, ends, recovers or has no room; a lock or a statement took too long; two waited for each other.
_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.TransactionRollbackError,
    asyncpg.exceptions.LockNotAvailableError,
    PoolTimeout,
    OSError,
    TimeoutError,
)


class EditedMeanwhile(Conflict):
    """Two changes of the same row met; the later one is refused."""

    default = "It was changed by somebody else at the same moment. Load it again and repeat the change."


class ValueOutOfRange(Invalid):
    """A value that no column can hold; schemas should have refused it by its field."""

    default = "A value is too large, or has a character that cannot be kept."


def failure_of(error: BaseException) -> PorticoError | None:
    """The error to tell the caller, or None when this is not the database's doing."""
    if isinstance(error, StaleDataError):
        return EditedMeanwhile()
    # SQLAlchemy wraps its own dialect's error, which has asyncpg's as its cause.
    cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(cause, asyncpg.DataError):
        return ValueOutOfRange()
    if isinstance(cause, _AWAY):
        return Unavailable()
    return None
