"""ETag and If-Match on single resources (RFC 9110): the row's version, in quotes."""

from typing import Annotated

from fastapi import Depends, Header, Response

from chassis.errors import PreconditionFailed


def set_etag(response: Response, version: int) -> None:
    """Name the version that the answer shows."""
    response.headers["ETag"] = f'"{version}"'


class Match:
    """What the caller's If-Match header asks for; without one anything matches."""

    def __init__(self, asked: str | None) -> None:
        self._asked = asked

    def check(self, version: int) -> None:
        """Raise PreconditionFailed unless the version is one that was asked for."""
        if self._asked is None or self._asked.strip() == "*":
            return
        if f'"{version}"' not in [tag.strip().removeprefix("W/") for tag in self._asked.split(",")]:
            raise PreconditionFailed


# Asynchronous, because FastAPI runs every other callable in a thread.
async def _match(
    if_match: Annotated[
        str | None,
        Header(max_length=200, description="Change only this version (its ETag); 412 otherwise."),
    ] = None,
) -> Match:
    return Match(if_match)


IfMatch = Annotated[Match, Depends(_match)]
