"""Forged staff tokens: each is refused, and none makes the services ask anybody outside."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT
from tests.house import House


def encoded(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Forge:
    """A genuine token taken apart, the key it was signed with, and keys of a stranger."""

    token: str
    header: dict[str, Any]
    claims: dict[str, Any]
    key: Ed25519PrivateKey
    listener: str
    stranger: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def signed(
        self,
        header: dict[str, Any] | None = None,
        claims: dict[str, Any] | None = None,
        *,
        drop: str = "",
        by: Ed25519PrivateKey | None = None,
    ) -> str:
        """The token with other headers and claims, rightly signed unless `by` says otherwise."""
        head = {k: v for k, v in (self.header | (header or {})).items() if k != drop}
        body = {k: v for k, v in (self.claims | (claims or {})).items() if k != drop}
        text = f"{encoded(head)}.{encoded(body)}"
        return f"{text}.{encoded((by or self.key).sign(text.encode()))}"

    def raw(self, header: Any, claims: Any, signature: bytes) -> str:
        return f"{encoded(header)}.{encoded(claims)}.{encoded(signature)}"

    def hmacked(self, algorithm: str, digest: Any, secret: bytes) -> str:
        text = f"{encoded(self.header | {'alg': algorithm})}.{encoded(self.claims)}"
        return f"{text}.{encoded(hmac.digest(secret, text.encode(), digest))}"

    @property
    def parts(self) -> list[str]:
        return self.token.split(".")

    @property
    def public_pem(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def public_raw(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def stranger_jwk(self) -> dict[str, str]:
        x = encoded(self.stranger.public_key().public_bytes_raw())
        return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.header["kid"]}


def _flipped(signature: str) -> str:
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[0] ^= 1
    return encoded(bytes(raw))


def _with_order_added(signature: str) -> str:
    """The same signature with the group's order added to S: valid only for a verifier that does not check."""
    raw = base64.urlsafe_b64decode(signature + "==")
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(raw[32:], "little") + order
    return encoded(raw[:32] + s.to_bytes(32, "little"))


HOUR = 3600
FORGERIES: dict[str, Callable[[Forge], str]] = {
    "signed by a stranger": lambda f: f.signed(by=f.stranger),
    "signed by a stranger under an unknown kid": lambda f: f.signed({"kid": uuid4().hex}, by=f.stranger),
    "without kid": lambda f: f.signed(drop="kid"),
    "kid is empty": lambda f: f.signed({"kid": ""}),
    "kid is null": lambda f: f.signed({"kid": None}),
    "kid is a list": lambda f: f.signed({"kid": [f.header["kid"]]}),
    "kid is a path": lambda f: f.signed({"kid": "../../../dev/null"}, by=f.stranger),
    "kid is SQL": lambda f: f.signed({"kid": "' OR '1'='1"}, by=f.stranger),
    "kid in another spelling": lambda f: f.signed({"kid": str(UUID(f.header["kid"]))}),
    "kid in upper case": lambda f: f.signed({"kid": f.header["kid"].upper() + "A"}),
    "alg none": lambda f: f.raw(f.header | {"alg": "none"}, f.claims, b""),
    "alg None": lambda f: f.raw(f.header | {"alg": "None"}, f.claims, b""),
    "alg nOnE, genuine signature": lambda f: f.signed({"alg": "nOnE"}),
    "alg is empty": lambda f: f.signed({"alg": ""}),
    "alg is null": lambda f: f.signed({"alg": None}),
    "alg is a list": lambda f: f.signed({"alg": ["EdDSA"]}),
    "alg is missing": lambda f: f.signed(drop="alg"),
    "alg in lower case": lambda f: f.signed({"alg": "eddsa"}),
    "HS256 with the public key in PEM": lambda f: f.hmacked("HS256", hashlib.sha256, f.public_pem),
    "HS256 with the raw public key": lambda f: f.hmacked("HS256", hashlib.sha256, f.public_raw),
    "HS512 with the raw public key": lambda f: f.hmacked("HS512", hashlib.sha512, f.public_raw),
    "HS256 with an empty secret": lambda f: f.hmacked("HS256", hashlib.sha256, b""),
    "RS256": lambda f: jwt.encode(
        f.claims, rsa.generate_private_key(65537, 2048), "RS256", {"kid": f.header["kid"], "typ": "staff+jwt"}
    ),
    "ES256": lambda f: jwt.encode(
        f.claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": f.header["kid"], "typ": "staff+jwt"}
    ),
    "brings its own jwk": lambda f: f.signed({"jwk": f.stranger_jwk()}, by=f.stranger),
    "names keys at a jku": lambda f: f.signed({"jku": f.listener}, by=f.stranger),
    "names a certificate at an x5u": lambda f: f.signed({"x5u": f.listener}, by=f.stranger),
    "brings an x5c": lambda f: f.signed({"x5c": [encoded(b"certificate")]}, by=f.stranger),
    "kid is an address": lambda f: f.signed({"kid": f.listener}, by=f.stranger),
    "iss is an address": lambda f: f.signed(claims={"iss": f.listener}, by=f.stranger),
    "crit names what nobody knows": lambda f: f.signed({"crit": ["exp2"], "exp2": 1}),
    "crit b64": lambda f: f.signed({"crit": ["b64"], "b64": False}),
    "typ of a client's session": lambda f: f.signed({"typ": "client+jwt"}),
    "typ JWT": lambda f: f.signed({"typ": "JWT"}),
    "typ is missing": lambda f: f.signed(drop="typ"),
    "typ is a list": lambda f: f.signed({"typ": ["staff+jwt"]}),
    "iss of another deployment": lambda f: f.signed(claims={"iss": "https://elsewhere.test"}),
    "iss is missing": lambda f: f.signed(drop="iss"),
    "iss is a list": lambda f: f.signed(claims={"iss": [f.claims["iss"]]}),
    "aud of another product": lambda f: f.signed(claims={"aud": "elsewhere"}),
    "aud is a list with ours": lambda f: f.signed(claims={"aud": ["elsewhere", "portico"]}),
    "aud is missing": lambda f: f.signed(drop="aud"),
    "exp is past": lambda f: f.signed(claims={"exp": f.claims["iat"] - HOUR}),
    "exp is missing": lambda f: f.signed(drop="exp"),
    "exp is text": lambda f: f.signed(claims={"exp": str(f.claims["exp"])}),
    "exp is null": lambda f: f.signed(claims={"exp": None}),
    "exp is true": lambda f: f.signed(claims={"exp": True}),
    "exp is infinite": lambda f: f.signed(claims={"exp": float("inf")}),
    "exp is not a number": lambda f: f.signed(claims={"exp": float("nan")}),
    "iat is missing": lambda f: f.signed(drop="iat"),
    "iat is ahead": lambda f: f.signed(claims={"iat": f.claims["iat"] + HOUR}),
    "nbf is ahead": lambda f: f.signed(claims={"nbf": f.claims["iat"] + HOUR}),
    "sid is missing": lambda f: f.signed(drop="sid"),
    "sid of nobody": lambda f: f.signed(claims={"sid": str(uuid4())}),
    "sid is no uuid": lambda f: f.signed(claims={"sid": "1 OR 1=1"}),
    "sid is a number": lambda f: f.signed(claims={"sid": 1}),
    "sub is missing": lambda f: f.signed(drop="sub"),
    "signature flipped": lambda f: ".".join([*f.parts[:2], _flipped(f.parts[2])]),
    "signature not canonical": lambda f: ".".join([*f.parts[:2], _with_order_added(f.parts[2])]),
    "signature cut": lambda f: f.token[:-10],
    "signature is empty": lambda f: ".".join([*f.parts[:2], ""]),
    "signature of zeros": lambda f: ".".join([*f.parts[:2], encoded(bytes(64))]),
    "other claims under the signature": lambda f: ".".join(
        [f.parts[0], encoded(f.claims | {"role": "admin"}), f.parts[2]]
    ),
    "claims are a list": lambda f: f.raw(f.header, [f.claims], b"x" * 64),
    "claims are not JSON": lambda f: f.raw(f.header, b"{{", b"x" * 64),
    "header is a list": lambda f: f.raw([f.header], f.claims, b"x" * 64),
    "header is not base64": lambda f: f"{{}}.{f.parts[1]}.{f.parts[2]}",
    "four parts": lambda f: f"{f.token}.{f.parts[2]}",
    "two parts": lambda f: ".".join(f.parts[:2]),
    "twice": lambda f: f"{f.token}{f.token}",
    "very long": lambda f: f.signed(claims={"name": "a" * 10_000}),
    "encrypted": lambda f: ".".join([encoded({"alg": "dir", "enc": "A256GCM"}), "", "a", "b", "c"]),
    "only dots": lambda f: "..",
}


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A listener that a fooled verifier would call, and what it heard."""
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys.json", heard
    server.close()


@pytest.fixture(scope="module")
async def forge(running: House, outside: tuple[str, list[bytes]]) -> Forge:
    agency = await running.agency()
    chassis = running.chassis("auth")
    async with chassis.database.unit(DEPLOYMENT) as session:
        _, key = await signing_keys.current(session, vault=chassis.vault, now=running.clock())
    header = jwt.get_unverified_header(agency.token)
    claims = jwt.decode(agency.token, options={"verify_signature": False})
    return Forge(agency.token, header, claims, key, outside[0])


async def test_the_forge_makes_good_tokens_when_it_changes_nothing(house: House, forge: Forge) -> None:
    for genuine in (forge.token, forge.signed(), forge.signed(claims={"name": "A name may change"})):
        http = house.http_with({"Authorization": f"Bearer {genuine}"})
        assert (await http.get("/api/auth/me")).status_code == 200


def test_there_are_more_than_forty_forgeries() -> None:
    assert len(FORGERIES) > 40


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_forgery_is_refused_as_bearer_and_as_cookie(house: House, forge: Forge, name: str) -> None:
    forged = FORGERIES[name](forge)
    assert forged != forge.token
    for headers in ({"Authorization": f"Bearer {forged}"}, {"Cookie": f"portico={forged}"}):
        answer = await house.http_with(headers).get("/api/auth/me")
        assert answer.status_code == 401, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


async def test_no_forgery_made_a_service_call_outside(
    house: House, forge: Forge, outside: tuple[str, list[bytes]]
) -> None:
    for name in ("names keys at a jku", "names a certificate at an x5u", "kid is an address", "iss is an address"):
        await house.http_with({"Authorization": f"Bearer {FORGERIES[name](forge)}"}).get("/api/auth/me")
    assert outside[1] == []


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic {token}",
        "Token {token}",
        "{token}",
        "Bearer {token} {token}",
        "bearer\t{token}x",
    ],
)
async def test_a_header_that_is_not_bearer_and_token_is_refused(house: House, forge: Forge, header: str) -> None:
    answer = await house.http_with({"Authorization": header.format(token=forge.token)}).get("/api/auth/me")
    assert answer.status_code == 401
