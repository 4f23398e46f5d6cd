"""What the portal's routes, RPC and consumers are given: built once by main.py."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from chassis.credentials import Authenticator
from chassis.database import Database
from chassis.http.dependencies import Budgets, CurrentStaff, get_context
from services.portal.blobs.gallery import Gallery
from services.portal.blobs.receiving import Receiving
from services.portal.clients import Directory, Papers, Work
from services.portal.intake_forms.stamps import Stamps
from services.portal.leads.conversion import Converter
from services.portal.leads.keeping import Keeper
from services.portal.pages.assets import Assets
from services.portal.portal_tokens.tokens import Tokens
from services.portal.reference.documents import Documents
from services.portal.replicas.identities import Identities
from services.portal.search.peers import Searchers
from services.portal.snapshots.doors import Doors

# Per credential, as the client-portal API promises.
CLIENT_PORTAL_RATE = "60/minute"


@dataclass(frozen=True, slots=True)
class Context:
    """The portal's own parts."""

    database: Database
    authenticator: Authenticator
    doors: Doors
    work: Work
    papers: Papers
    assets: Assets
    documents: Documents
    tokens: Tokens
    directory: Directory
    identities: Identities
    gallery: Gallery
    receiving: Receiving
    stamps: Stamps
    keeper: Keeper
    converter: Converter
    searchers: Searchers
    origin: str


async def _within_budget(staff: CurrentStaff, budgets: Budgets) -> None:
    await budgets.hit("client-portal", str(staff.credential_id), CLIENT_PORTAL_RATE)


Portal = Annotated[Context, Depends(get_context)]
# Everything under /api/v1/client-portal/ counts against one budget of the credential, whatever else is wrong with it.
WITHIN_BUDGET = Depends(_within_budget)
