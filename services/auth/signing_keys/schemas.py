"""Public keys as JSON Web Keys (RFC 7517, RFC 8037)."""

from typing import Literal

from chassis.schemas import Output


class Jwk(Output):
    """An Ed25519 public key."""

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    use: Literal["sig"] = "sig"
    alg: Literal["EdDSA"] = "EdDSA"
    kid: str
    x: str


class Jwks(Output):
    """The keys that tokens alive today may be signed with, newest first."""

    keys: list[Jwk]
