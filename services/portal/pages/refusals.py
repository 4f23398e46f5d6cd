"""What is answered where there is nothing, and for the gateway when a service does not answer."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException

from chassis import errors
from chassis.http.problems import problem
from services.portal.dependencies import Portal
from services.portal.pages.answers import message, wants_page
from services.portal.pages.assets import Assets

# Status -> code, what a page says (see `html/en.json`), and what a program is told.
_GATEWAY = {
    404: (errors.NotFound.code, "not_found", errors.NotFound.default),
    413: (errors.TooLarge.code, "too_large", errors.TooLarge.default),
    429: (errors.RateLimited.code, "rate_limited", errors.RateLimited.default),
    502: ("bad_gateway", "unavailable", errors.Unavailable.default),
    503: (errors.Unavailable.code, "unavailable", errors.Unavailable.default),
    504: (
        "gateway_timeout",
        "gateway_timeout",
        "A part of the service did not answer in time. Look whether it was done before you try again.",
    ),
}
_OTHER = ("error", "error", "The request could not be carried out.")

router = APIRouter(include_in_schema=False, redirect_slashes=False)


@router.get("/_gateway/errors/{status}")
async def gateway_error(status: int, request: Request, portal: Portal) -> Response:
    """The body of an error that the gateway itself answers."""
    if not 400 <= status <= 599:
        raise HTTPException(404)
    code, what, text = _GATEWAY.get(status, _OTHER)
    if wants_page(request):
        return message(request, portal.assets, status, what)
    return problem(status, text, code)


def install(app: FastAPI, assets: Assets) -> None:
    """Answer browsers that ask for a page which is not there with a page that says so."""
    plain = cast(Callable[[Request, Any], Awaitable[Response]], app.exception_handlers[HTTPException])

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and wants_page(request):
            return message(request, assets, 404, "nothing_here")
        return await plain(request, error)

    app.add_exception_handler(HTTPException, answer)
