"""REST of wallets."""

from typing import Annotated

from fastapi import Query

from chassis.errors import Invalid
from chassis.http.dependencies import CurrentClient, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Ctx
from services.auth.wallets import service
from services.auth.wallets.models import (
    ChallengeNotOurs,
    ChallengeOver,
    CompanyHasNoWallet,
    SignatureNotValid,
    StatusNotForward,
)
from services.auth.wallets.schemas import (
    BackupReport,
    BackupReported,
    SigningReport,
    SigningReported,
    WalletAddress,
    WalletChallenge,
    WalletProof,
)

router = Router(prefix="/api/v1/clients/me", tags=["Custodian clients"])

Address = Annotated[
    str, Query(max_length=100, description="The wallet's address: 0x and 40 hexadecimal digits; a checksum is checked.")
]


@router.get("/wallet/challenge", response_model=WalletChallenge, responses=problems(Invalid, CompanyHasNoWallet))
async def challenge_wallet(address: Address, client: CurrentClient, context: Ctx, now: Now) -> WalletChallenge:
    """Get a message to sign with a wallet.

    A message by EIP-4361, for this client and address alone; it expires after ten minutes.
    """
    return WalletChallenge(message=await service.challenge_wallet(client, address, context=context, now=now))


@router.post(
    "/wallet",
    response_model=WalletAddress,
    responses=problems(ChallengeNotOurs, SignatureNotValid, ChallengeOver, CompanyHasNoWallet),
)
async def prove_wallet(
    body: WalletProof, client: CurrentClient, session: Session, context: Ctx, now: Now
) -> WalletAddress:
    """Prove that a wallet is yours.

    Send the challenge to the letter with its signature by EIP-191 (`personal_sign`). The signer is recovered here,
    without asking any chain, so the wallet has to be one that signs with a key of its own. A challenge is good for
    one proof. Portico holds no keys and can move nothing: it only remembers the address.
    """
    return WalletAddress(address=await service.prove_wallet(session, client, proof=body, context=context, now=now))


@router.patch(
    "/signing-share-pairs", response_model=SigningReported, responses=problems(StatusNotForward, CompanyHasNoWallet)
)
async def report_signing(body: SigningReport, client: CurrentClient, session: Session, now: Now) -> SigningReported:
    """Report where your device keeps its signing shares.

    First `STORED_DATABASE`, then `STORED_CLIENT`; it only moves forward. Portico writes the report down for the
    agency and holds no keys and no shares.
    """
    await service.report_signing(session, client, status=body.status, now=now)
    return SigningReported(status=body.status)


@router.patch(
    "/backup-share-pairs", response_model=BackupReported, responses=problems(StatusNotForward, CompanyHasNoWallet)
)
async def report_backup(body: BackupReport, client: CurrentClient, session: Session, now: Now) -> BackupReported:
    """Report how far your device has come with the backup of its shares.

    First `STORED_CUSTODIAN_BACKUP_SHARE`, then `STORED_CLIENT_BACKUP_SHARE_KEY`, then `STORED_CLIENT_BACKUP_SHARE`;
    it only moves forward. Portico writes the report down for the agency and holds no keys and no shares.
    """
    await service.report_backup(session, client, status=body.status, now=now)
    return BackupReported(status=body.status)
