"""Bodies of a forgotten password."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Email, Input, Output
from services.auth.members.schemas import NewPassword

Token = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean, Field(repr=False)]


class ForgottenPassword(Input):
    """The address of whoever forgot the password."""

    model_config = ConfigDict(json_schema_extra={"example": {"email": "ada@northlight.example"}})

    email: Email


class NewPasswordByLink(Input):
    """The token of the mailed link, and the next password."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "token": "pwr_0199f1e27c7b71c28f0e6d5c4b3a2910.1.pWq1tq7n2m0cVvJz3n8B9m4o5l6k7j8h9g0f1e2d3c4",
                "password": "a loud place in the hills",
            }
        }
    )

    token: Token
    password: NewPassword


class PasswordReplaced(Output):
    """The password is another."""

    message: str = "Your password has been changed. Sign in with it."
