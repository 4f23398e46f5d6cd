"""The body of an exchange."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input


class OneTimePasswordExchange(Input):
    """The one-time password that the agency's backend got for the client."""

    model_config = ConfigDict(json_schema_extra={"example": {"otp": "otp_Zk3v8Qm1x5..."}})

    otp: Annotated[str, StringConstraints(min_length=1, max_length=200), Clean, Field(repr=False)]
