"""Signing keys: published, rotated under load, forgotten when their last token is over."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chassis.migrations import migrate
from services.auth.housekeeping import tidy
from services.auth.sessions.models import LIFETIME
from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT, GRACE, LONGEST_TOKEN, ROTATE_AFTER, SigningKey
from services.auth.tests.doors import statuses
from tests.fixtures import start_postgres
from tests.house import Agency, House, running_house


async def rotate(house: House) -> str:
    chassis = house.chassis("auth")
    async with chassis.database.unit(DEPLOYMENT) as session:
        key = await signing_keys.rotate(session, vault=chassis.vault, now=house.clock())
    return key.kid


async def log_in(house: House, agency: Agency) -> str:
    body = {"email": agency.email, "password": agency.password}
    answer = await house.gateway.post("/api/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


async def heard_everywhere(house: House, kid: str) -> bool:
    """Whether every service has the key: it has two minutes for that, which the settable clock takes at once."""
    return all(house.chassis(name).authenticator.has_key(kid) for name in house.apps)


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


async def test_anybody_can_verify_a_token_with_the_published_keys(house: House) -> None:
    agency = await house.agency()
    answer = await house.gateway.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    keys = {key["kid"]: key for key in answer.json()["keys"]}
    key = keys[kid_of(agency.token)]
    assert {name: key[name] for name in ("kty", "crv", "use", "alg")} == {
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
    }
    assert set(key) == {"kty", "crv", "use", "alg", "kid", "x"}
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    claims = jwt.decode(agency.token, public, ["EdDSA"], audience="portico", issuer="http://localhost:8080")
    assert claims["agency"] == agency.id
    assert claims["role"] == "owner"
    assert timedelta(seconds=claims["exp"] - claims["iat"]) == LIFETIME


async def test_the_next_key_is_published_before_it_signs(house: House) -> None:
    agency = await house.agency()
    following = await rotate(house)
    keys = (await house.gateway.get("/.well-known/jwks.json")).json()["keys"]
    assert following == keys[0]["kid"]
    assert kid_of(await log_in(house, agency)) != following
    house.clock.advance(minutes=3)
    assert kid_of(await log_in(house, agency)) == following


async def test_rotation_under_load_refuses_no_valid_token(house: House) -> None:
    agencies = await asyncio.gather(*(house.agency() for _ in range(3)))
    tokens = [agency.token for agency in agencies]
    stop = asyncio.Event()
    answers: list[int] = []

    async def use_tokens() -> None:
        while not stop.is_set():
            token = secrets.choice(tokens)
            answers.extend(await statuses(house, house.http_with({"Authorization": f"Bearer {token}"})))

    users = [asyncio.create_task(use_tokens()) for _ in range(4)]
    kids = set()
    for turn in range(3):
        following = await rotate(house)
        await house.eventually(partial(heard_everywhere, house, following))
        house.clock.advance(minutes=3)
        fresh = await log_in(house, agencies[turn])
        kids.add(kid_of(fresh))
        tokens.append(fresh)
        await asyncio.sleep(0.2)
    stop.set()
    await asyncio.gather(*users)
    assert len(kids) == 3
    assert len(answers) > 10
    assert set(answers) == {200}


def key_that_signed(start: datetime) -> SigningKey:
    return SigningKey(
        agency_id=DEPLOYMENT, public_key=b"p" * 32, sealed_private_key=b"s", signs_from=start, created_at=start
    )


def test_a_key_stays_published_until_its_last_token_is_over(house: House) -> None:
    start = house.clock()
    key = key_that_signed(start)
    assert not key.is_due(start + ROTATE_AFTER - timedelta(seconds=1))
    assert key.is_due(start + ROTATE_AFTER)
    end = start + ROTATE_AFTER
    key.hand_over(end)
    assert not key.is_due(end)
    last_token_ends = end + LIFETIME
    assert key.is_published(last_token_ends + GRACE - timedelta(seconds=1))
    assert not key.is_published(last_token_ends + GRACE)


def test_the_private_half_is_wiped_once_nobody_signs_with_it(house: House) -> None:
    key = key_that_signed(house.clock())
    end = house.clock()
    key.forget_private_half(end + GRACE)
    assert key.sealed_private_key, "it signs still"
    key.hand_over(end)
    key.forget_private_half(end + GRACE - timedelta(seconds=1))
    assert key.sealed_private_key, "a request under way may sign still"
    key.forget_private_half(end + GRACE)
    assert key.sealed_private_key is None


def test_no_session_outlives_what_keys_are_kept_for() -> None:
    assert LIFETIME <= LONGEST_TOKEN


@pytest.fixture
def empty_database(variables: dict[str, str], workspace: Path) -> Iterator[str]:
    """A server of its own, because keys belong to the whole deployment and these grow old."""
    server = start_postgres(workspace / "aging", durable=False)
    migrate("auth", server.url, variables["PORTICO_SECRET_KEY"])
    yield server.url
    server.discard()


@pytest.fixture
async def aging(variables: dict[str, str], empty_database: str) -> AsyncIterator[House]:
    """auth alone, on a database without keys."""
    async with running_house(variables | {"PORTICO_DATABASE_URL": empty_database}, ("auth",)) as house:
        yield house


async def published_kids(house: House) -> list[str]:
    return [key["kid"] for key in (await house.gateway.get("/.well-known/jwks.json")).json()["keys"]]


async def test_housekeeping_rotates_a_key_that_is_due_once_and_drops_it_later(aging: House) -> None:
    context = aging.apps["auth"].state.context
    agency = await aging.agency()
    first = kid_of(agency.token)
    await tidy(context)
    assert await published_kids(aging) == [first]
    aging.clock.advance(days=ROTATE_AFTER.days + 1)
    await asyncio.gather(*(tidy(context) for _ in range(3)))
    second, *others = await published_kids(aging)
    assert others == [first]
    aging.clock.advance(days=29)
    await tidy(context)
    assert await published_kids(aging) == [second, first]
    aging.clock.advance(days=2)
    await tidy(context)
    assert await published_kids(aging) == [second]
    assert kid_of(await log_in(aging, agency)) == second
