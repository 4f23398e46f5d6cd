"""The story of a magic link: asked for, mailed, used once."""

import asyncio
import secrets
from datetime import UTC, datetime
from uuid import UUID

import jwt
import pytest

from chassis.ids import new_id
from services.auth.secret_tokens import Purpose, SecretTokens
from services.auth.tests.entrances import (
    ACCESS_COOKIE,
    LINK,
    REFRESH_COOKIE,
    SESSIONS,
    SIGNED_IN,
    VALIDATE,
    ask,
    lets_in,
    link_id,
    link_token,
    newcomer,
    nobody,
    refusal,
    shut_portal,
    sign_in,
    use,
)
from services.auth.tests.portal_access import mail_link
from tests.house import Client, House

GONE = "This link is not valid any longer. Ask for a new one."


def tokens(house: House) -> SecretTokens:
    return SecretTokens(house.environment["PORTICO_SECRET_KEY"])


async def sessions_of(client: Client) -> list[dict[str, object]]:
    answer = await client.agency.http.get(f"/api/clients/{client.id}/sessions")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_the_mailed_link_signs_its_client_in(house: House) -> None:
    client = await newcomer(house)
    before = int(datetime.now(UTC).timestamp())
    session = await client.session()
    assert set(session.body) == SIGNED_IN
    assert session.body["id"] == client.id
    assert session.body["username"] == client.email
    assert before + 900 <= session.body["accessExpiresUnix"] <= int(datetime.now(UTC).timestamp()) + 900
    assert await lets_in(house, session.token)
    seen = (await session.http.get("/api/portal")).json()
    assert seen["client"]["id"] == client.id
    assert (await session.browser.get("/api/portal")).json()["client"] == seen["client"], "by cookie alone"


async def test_the_access_token_is_a_client_token_of_fifteen_minutes(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    header, claims = (
        jwt.get_unverified_header(session.token),
        jwt.decode(session.token, options={"verify_signature": False}),
    )
    assert (header["typ"], header["alg"]) == ("client+jwt", "EdDSA")
    assert claims["exp"] - claims["iat"] == 900
    assert claims["exp"] == session.body["accessExpiresUnix"]
    assert claims["sub"] == session.body["id"]


async def test_asking_answers_alike_whoever_is_asked_for(house: House) -> None:
    agency, shut = await house.agency(), await house.agency()
    client, locked_out = await agency.client(), await shut.client()
    await shut_portal(house, locked_out)
    answers = [
        await ask(house, client.email, agency.slug),
        await ask(house, nobody(), agency.slug),
        await ask(house, client.email, "no-such-agency"),
        await ask(house, client.email, shut.slug),
        await ask(house, locked_out.email, shut.slug),
    ]
    assert {answer.status_code for answer in answers} == {204}
    assert {answer.content for answer in answers} == {b""}
    varying = {"date", "x-request-id", "x-ratelimit-reset"}
    headers = [{k: v for k, v in answer.headers.items() if k not in varying} for answer in answers]
    assert headers == [headers[0]] * len(answers)


async def test_nobody_is_mailed_for_an_unknown_address_or_a_shut_portal(house: House) -> None:
    agency = await house.agency()
    client, stranger = await agency.client(), nobody()
    await shut_portal(house, client)
    for email in (client.email, stranger):
        assert (await ask(house, email, agency.slug)).status_code == 204
    await shut_portal(house, client, shut=False)
    last = await agency.client()
    await last.magic_link()
    assert not [mail for mail in await house.mails(client.email) if "#magic=" in str(mail["links"])]
    assert await house.mails(stranger) == []


async def test_names_of_agencies_and_addresses_are_taken_in_any_case(house: House) -> None:
    client = await newcomer(house)
    assert (await ask(house, client.email.title(), client.agency.slug.upper())).status_code == 204
    assert (await use(house, await link_token(house, client))).status_code == 200


async def test_the_same_address_at_two_agencies_is_two_clients(house: House) -> None:
    first = await newcomer(house)
    second = await (await house.agency()).client(email=first.email)
    for client in (first, second):
        assert (await sign_in(house, client)).body["id"] == client.id


async def test_the_token_is_taken_from_the_query_or_from_the_body(house: House) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    assert (await house.gateway.post(VALIDATE)).json()["errors"][0]["field"] == "token"
    differing = await house.gateway.post(VALIDATE, params={"token": token}, json={"token": token + "x"})
    assert differing.status_code == 400
    assert (await house.gateway.post(VALIDATE, params={"token": token})).status_code == 200
    token = await link_token(house, client)
    assert (await house.gateway.post(VALIDATE, params={"token": token}, json={"token": token})).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
async def test_nothing_but_a_post_uses_a_link(house: House, method: str) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    for _ in range(2):
        answer = await house.gateway.request(method, VALIDATE, params={"token": token})
        assert answer.status_code == 405
        assert "set-cookie" not in answer.headers
    assert await sessions_of(client) == []
    assert (await use(house, token)).status_code == 200


async def test_of_two_hundred_who_use_a_link_at_once_one_gets_in(house: House) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    answers = await asyncio.gather(*(use(house, token) for _ in range(200)))
    winners = [answer for answer in answers if answer.status_code == 200]
    assert len(winners) == 1
    assert await lets_in(house, winners[0].json()["accessToken"])
    assert len(await sessions_of(client)) == 1
    losers = [refusal(answer) for answer in answers if answer.status_code != 200]
    assert losers == [losers[0]] * 199
    assert losers[0]["code"] == "link_not_valid"


async def test_every_link_that_signs_nobody_in_gets_one_and_the_same_refusal(house: House) -> None:
    agency = await house.agency()
    used, late, deleted = [await agency.client() for _ in range(3)]
    made = tokens(house)
    replayed, expired, of_nobody = [await link_token(house, client) for client in (used, late, deleted)]
    assert (await use(house, replayed)).status_code == 200
    assert (await agency.http.delete(f"/api/clients/{deleted.id}")).status_code == 200
    head, _, mac = (await link_token(house, late)).rpartition(".")
    answers = [
        await use(house, token)
        for token in (
            replayed,
            of_nobody,
            f"{head}.{mac[:-2]}{'AA' if mac[-2:] != 'AA' else 'BB'}",
            SecretTokens("another secret " * 3).token(Purpose.MAGIC_LINK, new_id()),
            made.token(Purpose.MAGIC_LINK, new_id()),
            made.token(Purpose.INVITATION, new_id()),
            made.token(Purpose.REFRESH, UUID((await sessions_of(used))[0]["id"])),
            head.replace(".1", ".2") + f".{mac}",
            "",
            "ml_",
            "nonsense",
            "ml_" + "é" * 40 + ".1." + "A" * 43,
            "x" * 100_000,
            used.token,
            agency.token,
        )
    ]
    house.clock.advance(minutes=61)
    answers.append(await use(house, expired))
    found = [refusal(answer) for answer in answers]
    assert found == [found[0]] * len(found)
    assert (found[0]["status"], found[0]["code"], found[0]["detail"]) == (401, "link_not_valid", GONE)
    assert not found[0]["cookies"]


async def test_the_link_of_an_address_that_is_nobodys_opens_nothing(house: House) -> None:
    agency = await house.agency()
    await ask(house, nobody(), agency.slug)
    async with house.database("auth").unit(UUID(agency.id)) as session:
        connection = await session.connection()
        rows = (await connection.exec_driver_sql("SELECT id, client_id FROM magic_links")).all()
    assert [row.client_id for row in rows] == [None]
    assert (await mail_link(house, agency, LINK, rows[0].id)).url == ""
    assert (await use(house, tokens(house).token(Purpose.MAGIC_LINK, rows[0].id))).status_code == 401


async def test_a_link_lives_sixty_minutes_to_the_second(house: House) -> None:
    client = await newcomer(house)
    first, second = await link_token(house, client), await link_token(house, client)
    house.clock.advance(minutes=60, seconds=-10)
    assert (await use(house, first)).status_code == 200
    house.clock.advance(seconds=11)
    assert refusal(await use(house, second))["code"] == "link_not_valid"


async def test_a_link_lives_as_long_as_the_agency_has_set(house: House) -> None:
    client = await newcomer(house)
    before = await link_id(house, client)
    changed = await client.agency.http.patch("/api/v1/client-portal/config", json={"magic_link_minutes": 10})
    assert changed.status_code == 200, changed.text

    async def short() -> bool:
        async with house.database("auth").unit(UUID(client.agency.id)) as session:
            connection = await session.connection()
            return bool((await connection.exec_driver_sql("SELECT magic_link_minutes FROM agencies")).scalar() == 10)

    await house.eventually(short)
    first, second = await link_token(house, client), await link_token(house, client)
    house.clock.advance(minutes=10, seconds=-10)
    assert (await use(house, first)).status_code == 200
    house.clock.advance(seconds=11)
    assert (await use(house, second)).status_code == 401
    assert (await mail_link(house, client.agency, LINK, before)).url, "made while it was 60 minutes"


async def test_a_link_that_was_used_or_is_over_is_mailed_to_nobody(house: House) -> None:
    client = await newcomer(house)
    used, over = await link_id(house, client), await link_id(house, client)
    live = await mail_link(house, client.agency, LINK, used)
    ends = live.expires_at.ToDatetime(tzinfo=UTC)
    assert abs((ends - house.clock()).total_seconds() - 3600) < 30
    assert (await use(house, live.url.partition("#magic=")[2])).status_code == 200
    assert (await mail_link(house, client.agency, LINK, used)).url == ""
    other = await house.agency()
    assert (await mail_link(house, other, LINK, over)).url == "", "another agency's"
    house.clock.advance(minutes=61)
    assert (await mail_link(house, client.agency, LINK, over)).url == ""


async def test_asking_again_leaves_older_links_good_and_using_one_leaves_the_others(house: House) -> None:
    client = await newcomer(house)
    links = [await link_token(house, client) for _ in range(3)]
    for link in (links[1], links[0], links[2]):
        assert (await use(house, link)).status_code == 200
    assert len(await sessions_of(client)) == 3


async def test_links_end_with_the_address_that_they_were_mailed_to(house: House) -> None:
    client = await newcomer(house)
    neighbour = await client.agency.client()
    path = f"/api/clients/{client.id}"
    unsent, old, kept = (
        await link_id(house, client),
        await link_token(house, client),
        await link_token(house, neighbour),
    )
    assert (await client.agency.http.patch(path, json={"name": "Ada King", "email": client.email})).status_code == 200
    assert (await mail_link(house, client.agency, LINK, unsent)).url, "the address is the same"
    assert (await client.agency.http.patch(path, json={"email": f"new-{client.email}"})).status_code == 200
    assert refusal(await use(house, old))["code"] == "link_not_valid"
    assert (await mail_link(house, client.agency, LINK, unsent)).url == ""
    assert (await use(house, kept)).status_code == 200
    client.email = f"new-{client.email}"
    assert (await sign_in(house, client)).body["username"] == client.email


async def test_a_shut_portal_signs_nobody_in_and_uses_no_link_up(house: House) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    await shut_portal(house, client)
    refused = await use(house, token)
    assert (refused.status_code, refused.json()["code"]) == (403, "portal_closed")
    assert "set-cookie" not in refused.headers
    await shut_portal(house, client, shut=False)
    assert (await use(house, token)).status_code == 200


async def test_a_portal_token_in_the_query_is_no_magic_link(house: House) -> None:
    client = await newcomer(house)
    assert (await client.http.get(SESSIONS)).status_code == 200, "known to this process"
    answer = await house.gateway.post(VALIDATE, params={"token": client.token})
    assert refusal(answer)["code"] == "link_not_valid"
    assert await sessions_of(client) == []


@pytest.mark.parametrize("header", ["Authorization", "X-Portal-Token"])
async def test_a_magic_link_is_no_credential_and_is_not_used_up_as_one(house: House, header: str) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    value = f"Bearer {token}" if header == "Authorization" else token
    assert (await house.http_with({header: value}).get(SESSIONS)).status_code == 401
    assert (await house.gateway.get("/api/portal", params={"token": token})).status_code == 401
    assert (await use(house, token)).status_code == 200


@pytest.mark.parametrize("value", ["Bearer nonsense", "Bearer pk_00000000_x", "Basic eDp5", "x"])
async def test_a_credential_that_is_sent_along_is_not_looked_at(house: House, value: str) -> None:
    client = await newcomer(house)
    assert (await ask(house, client.email, client.agency.slug, Authorization=value)).status_code == 204
    answer = await use(house, await link_token(house, client), Authorization=value)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_sign_a_browser_in(house: House, site: str) -> None:
    token = await link_token(house, await newcomer(house))
    form = {"Sec-Fetch-Site": site, "Content-Type": "application/x-www-form-urlencoded"}
    answer = await house.gateway.post(VALIDATE, params={"token": token}, headers=form)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_write")
    assert "set-cookie" not in answer.headers
    assert (await use(house, token, **{"Sec-Fetch-Site": "same-origin"})).status_code == 200


async def test_the_cookies_are_out_of_reach_of_scripts(house: House) -> None:
    answer = await use(house, await link_token(house, await newcomer(house)))
    access, refresh = sorted(answer.headers.get_list("set-cookie"))
    assert access.startswith(f"{ACCESS_COOKIE}={answer.json()['accessToken']}; ")
    assert refresh.startswith(f"{REFRESH_COOKIE}={answer.json()['refreshToken']}; ")
    for cookie, seconds in ((access, range(895, 901)), (refresh, range(2592000, 2592001))):
        parts = set(cookie.split("; "))
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= parts
        assert "Secure" not in parts, "this house has no HTTPS"
        assert {f"Max-Age={second}" for second in seconds} & parts


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nobody", "tenantCode": "x"}, "email"),
        ({"email": "a@client.test"}, "tenantCode"),
        ({"tenantCode": "x"}, "email"),
        ({"email": "a@client.test", "tenantCode": ""}, "tenantCode"),
        ({"email": "a@client.test", "tenantCode": "a\x00b"}, "tenantCode"),
        ({"email": "a@client.test", "tenantCode": 7}, "tenantCode"),
        ({"email": ["a@client.test"], "tenantCode": "x"}, "email"),
        ({"email": "a@client.test", "tenantCode": "x", "clientId": str(new_id())}, "clientId"),
    ],
)
async def test_a_wrong_request_names_the_field(house: House, body: dict[str, object], field: str) -> None:
    answer = await house.gateway.post("/api/v1/portal/auth/request-magic-link", json=body)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_what_uses_a_link_has_no_other_fields(house: House) -> None:
    answer = await house.gateway.post(VALIDATE, json={"token": "x", "id": secrets.token_hex(4)})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["id"]
