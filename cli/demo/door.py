"""The REST API as the demo uses it: one call at a time, each safe to repeat."""

from types import TracebackType
from typing import Any, Self

import httpx

from cli.embedded.failure import CannotStart

SECONDS = 60


class Door:
    """Calls as a member of the agency, or as whoever `token` says."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def sign_in(self, email: str, password: str) -> bool:
        """Whether that is the login of a member; further calls are theirs."""
        answer = self._http.post("/api/auth/login", json={"email": email, "password": password})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return False
        self._become(_checked(answer))
        return True

    def register(self, **member: str) -> None:
        """A new agency; further calls are its owner's."""
        self._become(_checked(self._http.post("/api/auth/register", json=member)))

    def post(self, path: str, step: str, *, token: str | None = None, **body: Any) -> Any:
        """Posts once, however often it is called: `step` names the call. With a portal token as that client."""
        return _checked(self._http.post(path, json=body, headers=self._headers(step, token)))

    def patch(self, path: str, **body: Any) -> Any:
        """Changes something that exists."""
        return _checked(self._http.patch(path, json=body))

    def get(self, path: str, **query: str) -> Any:
        """Reads."""
        return _checked(self._http.get(path, params=query))

    def upload(self, step: str, file: tuple[str, bytes, str], **fields: str) -> Any:
        """Uploads name, bytes and media type."""
        return _checked(self._http.post("/api/files", data=fields, files={"file": file}, headers=self._headers(step)))

    def _become(self, signed_in: Any) -> None:
        self._http.headers["Authorization"] = f"Bearer {signed_in['token']}"

    def _headers(self, step: str, token: str | None = None) -> dict[str, str]:
        headers = {"Idempotency-Key": f"demo-{step}"}
        # A client is known by the portal token alone: the member's credential is left out.
        return headers | {"Authorization": "", "X-Portal-Token": token} if token else headers


def _checked(answer: httpx.Response) -> Any:
    if answer.is_success:
        return answer.json()
    request = answer.request
    raise CannotStart(
        f"The demo agency could not be filled: {request.method} {request.url.path} answered {answer.status_code}"
        f"\n{answer.text[:500]}",
        mend="`portico up --no-demo` leaves it out.",
    )
