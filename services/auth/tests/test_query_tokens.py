"""Which budget a request with `?token=` counts against: that of the token that is read, if it is known to be live."""

from collections.abc import AsyncIterator

import pytest

from services.auth.tests.entrances import SESSIONS, newcomer
from tests.house import House, running_house

LIMIT = 30


@pytest.fixture(scope="module")
async def counted(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth with a general budget that a test can use up."""
    async with running_house(variables | {"PORTICO_RATE_LIMIT": f"{LIMIT}/minute"}, ("auth",)) as house:
        yield house


@pytest.mark.parametrize("query", ["xtoken={0}", "token={0}&token=guess", "a=token={0}"])
async def test_a_live_token_beside_the_one_that_is_read_lends_no_budget(counted: House, query: str) -> None:
    client = await newcomer(counted)
    own, caller = f"{SESSIONS}?token={client.token}", {"X-Forwarded-For": f"198.51.100.{len(query)}"}
    assert (await counted.gateway.get(own)).status_code == 200, "known to this process now"
    codes = [
        (await counted.gateway.get(f"{SESSIONS}?{query.format(client.token)}", headers=caller)).status_code
        for _ in range(LIMIT + 1)
    ]
    assert codes == [401] * LIMIT + [429]
    assert (await counted.gateway.get(own, headers=caller)).status_code == 200, "the token's own budget is untouched"
