"""The neutral error tree that every room raises and the edges translate.

    PorticoError
     ├─ Invalid             the request cannot be understood as it stands   (HTTP 400, INVALID_ARGUMENT)
     ├─ Unauthenticated     no credential, or not a live one                (401, UNAUTHENTICATED)
     ├─ Forbidden           a live credential that may not do this          (403, PERMISSION_DENIED)
     ├─ NotFound            no such thing, or not yours                     (404, NOT_FOUND)
     ├─ Conflict            the noun's state does not allow it              (409, FAILED_PRECONDITION)
     ├─ PreconditionFailed  If-Match names another version                  (412, ABORTED)
     ├─ TooLarge            more bytes than allowed                         (413, OUT_OF_RANGE)
     ├─ UnsupportedMedia    a content type that the route does not take     (415, INVALID_ARGUMENT)
     ├─ KeyReused           Idempotency-Key with another body               (422, INVALID_ARGUMENT)
     ├─ RangeNotSatisfiable no byte of the file is in the range asked for   (416, OUT_OF_RANGE)
     ├─ RateLimited         a budget is used up                             (429, RESOURCE_EXHAUSTED)
     ├─ Failed              the work could not be done, though the request was right  (500, INTERNAL)
     └─ Unavailable         a dependency does not answer                    (503, UNAVAILABLE)

A rule that can be broken is a subclass: `class InvoiceAlreadyPaid(Conflict)` has the stable code
`invoice_already_paid`.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is wrong: its name as the caller spelled it, and what would be right."""

    field: str
    message: str


class PorticoError(Exception):
    """Something that the caller should be told, in words that a person can act on."""

    code: ClassVar[str] = "error"
    default: ClassVar[str] = "The request could not be carried out."

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, detail: str | None = None, **extra: Any) -> None:
        self.detail = detail or self.default
        self.extra = extra
        super().__init__(self.detail)


class Invalid(PorticoError):
    """The request cannot be understood as it stands; `errors` names the fields."""

    default = "Some fields are not right."

    def __init__(self, detail: str | None = None, *, errors: list[FieldError] | None = None, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.errors = errors or []

    @classmethod
    def field(cls, name: str, message: str) -> "Invalid":
        """One wrong field."""
        return cls(message, errors=[FieldError(name, message)])


class Unauthenticated(PorticoError):
    """No credential, or not a live one."""

    default = "Sign in, or send a valid credential."


class Forbidden(PorticoError):
    """A live credential that may not do this."""

    default = "This credential may not do that."


class NotFound(PorticoError):
    """No such thing, or not yours: the two are never told apart."""

    default = "There is nothing here, or it is not yours."


class Conflict(PorticoError):
    """The noun's state does not allow it."""

    default = "That is not possible in the present state."


class PreconditionFailed(PorticoError):
    """If-Match names another version than the present one."""

    default = "It was changed meanwhile. Load it again and repeat the change."


class TooLarge(PorticoError):
    """More bytes than allowed."""

    default = "The body is too large."


class UnsupportedMedia(PorticoError):
    """A content type that the route does not take."""

    default = "This content type is not taken here."


class RangeNotSatisfiable(PorticoError):
    """No byte of the file is in the range asked for; `size` is the file's size in bytes."""

    default = "No byte of the file is in that range."

    def __init__(self, detail: str | None = None, *, size: int, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.size = size


class KeyReused(PorticoError):
    """An Idempotency-Key came with another body than the first time."""

    code = "idempotency_key_reused"
    default = "This Idempotency-Key was used with another body. Use a new key for a new request."


class RateLimited(PorticoError):
    """A budget is used up; `retry_after` is in whole seconds."""

    default = "Too many requests. Wait a little and try again."

    def __init__(self, detail: str | None = None, *, retry_after: int, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.retry_after = retry_after


class Failed(PorticoError):
    """The request was right, and yet the work could not be done; nothing was changed."""

    default = "That could not be done. Nothing was changed; try again shortly."


class Unavailable(PorticoError):
    """A dependency does not answer in time; nothing was changed."""

    default = "A part of the service does not answer at the moment. Nothing was changed; try again shortly."
