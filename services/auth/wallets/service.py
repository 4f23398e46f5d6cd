"""Use cases of wallets: challenge one, prove it, report how its shares are kept."""

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, NotFound
from chassis.principals import Client
from services.auth.context import Context
from services.auth.wallets import repository
from services.auth.wallets.models import (
    BackupStatus,
    ChallengeNotOurs,
    ChallengeOver,
    CompanyHasNoWallet,
    SignatureNotValid,
    SigningStatus,
    Wallet,
)
from services.auth.wallets.schemas import WalletProof
from services.auth.wallets.signatures import signature_bytes

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)


async def challenge_wallet(client: Client, address: str, *, context: Context, now: datetime) -> str:
    """The message to sign with the wallet of that address. Invalid for what is no address."""
    _require_person(client)
    if not _ADDRESS.fullmatch(address):
        raise Invalid.field("address", "must be 0x and 40 hexadecimal digits")
    checksummed = await context.recoverer.checksummed(address)
    # Digits all in one case carry no checksum (EIP-55).
    if address not in (checksummed, "0x" + address[2:].lower(), "0x" + address[2:].upper()):
        raise Invalid.field("address", "has a wrong checksum: a letter is mistyped or in the wrong case")
    return context.challenges.make(client.id, checksummed, now=now)


async def prove_wallet(
    session: AsyncSession, client: Client, *, proof: WalletProof, context: Context, now: datetime
) -> str:
    """The address that the client has shown to be theirs; one they had before is forgotten.

    ChallengeNotOurs for a message that was not made for this client, ChallengeOver when it has expired or was used,
    SignatureNotValid when it is not the wallet's.
    """
    _require_person(client)
    challenge = context.challenges.read(client.id, proof.message)
    if challenge is None:
        raise ChallengeNotOurs
    if not challenge.is_live(now):
        raise ChallengeOver
    signature = signature_bytes(proof.signature)
    # Asked before the first statement, so that no connection is held meanwhile.
    if signature is None or await context.recoverer.signer(proof.message, signature) != challenge.address:
        raise SignatureNotValid
    wallet = await _wallet_of(session, client, now=now)
    wallet.prove(challenge.address, challenged_at=challenge.issued_at, now=now)
    return challenge.address


async def report_signing(session: AsyncSession, client: Client, *, status: SigningStatus, now: datetime) -> None:
    """Write down where the device keeps its signing shares. StatusNotForward when it had come as far already."""
    _require_person(client)
    (await _wallet_of(session, client, now=now)).report_signing(status, now)


async def report_backup(session: AsyncSession, client: Client, *, status: BackupStatus, now: datetime) -> None:
    """Write down how far the backup has come. StatusNotForward when it had come as far already."""
    _require_person(client)
    (await _wallet_of(session, client, now=now)).report_backup(status, now)


def _require_person(client: Client) -> None:
    if client.is_company:
        raise CompanyHasNoWallet


async def _wallet_of(session: AsyncSession, client: Client, *, now: datetime) -> Wallet:
    await repository.ensure(session, client.agency_id, client.id, now=now)
    wallet = await repository.lock(session, client.agency_id, client.id)
    if wallet is None:
        raise NotFound
    return wallet
