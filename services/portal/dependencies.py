"""What the portal's routes, RPC and consumers are given: built once by main.py."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from chassis.credentials import Authenticator
from chassis.database import Database
from chassis.http.dependencies import get_context
from services.portal.clients import Papers, Work
from services.portal.pages.assets import Assets
from services.portal.reference.documents import Documents
from services.portal.snapshots.doors import Doors


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


Portal = Annotated[Context, Depends(get_context)]
