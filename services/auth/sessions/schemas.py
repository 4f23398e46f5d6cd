"""Bodies of registration and login, and what both answer."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Email, Input, Name, Output
from services.auth.agencies.schemas import AGENCY_EXAMPLE, AgencyPublic
from services.auth.members.passwords import MAX_LENGTH, MIN_LENGTH
from services.auth.members.schemas import USER_EXAMPLE, UserPublic

# Blanks around a password belong to it, and it is never shown in a log or an error.
NewPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=MIN_LENGTH, max_length=MAX_LENGTH),
    Clean,
    Field(repr=False, json_schema_extra={"format": "password"}),
]
AnyPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=MAX_LENGTH),
    Clean,
    Field(repr=False, json_schema_extra={"format": "password"}),
]


class Registration(Input):
    """A new agency and its owner."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Ada Larsen",
                "email": "ada@northlight.example",
                "password": "a quiet place by the sea",
                "agencyName": "Northlight Studio",
            }
        }
    )

    name: Name
    email: Email
    password: NewPassword
    agency_name: Name


class Login(Input):
    """What a member signs in with."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"email": "ada@northlight.example", "password": "a quiet place by the sea"}}
    )

    email: Email
    password: AnyPassword


class Me(Output):
    """Who is asking; `user` is null for an API key, which is nobody in person."""

    model_config = ConfigDict(json_schema_extra={"example": {"user": USER_EXAMPLE, "agency": AGENCY_EXAMPLE}})

    user: UserPublic | None
    agency: AgencyPublic


class SignedIn(Output):
    """The token of a new session, good for 30 days, and whose it is."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"token": "eyJhbGciOi...", "user": USER_EXAMPLE, "agency": AGENCY_EXAMPLE}}
    )

    token: str = Field(repr=False)
    user: UserPublic
    agency: AgencyPublic


class SignedOut(Output):
    """The session has ended."""

    message: str = "Signed out."
