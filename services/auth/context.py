"""What the use cases of auth need besides a session: built once by the composition root."""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.database import Database
from chassis.erasing import SealedNames
from chassis.limits import Limiter
from chassis.secrets import Vault
from services.auth.members.hashing import PasswordHasher
from services.auth.portal_tokens.links import PortalLinks
from services.auth.secret_tokens import SecretTokens
from services.auth.wallets.challenges import Challenges
from services.auth.wallets.recoverer import Recoverer


@dataclass(frozen=True, slots=True)
class Context:
    """The tools of one process. `issuer` is the origin that tokens name as theirs."""

    database: Database
    limiter: Limiter
    clock: Clock
    hasher: PasswordHasher
    vault: Vault
    links: PortalLinks
    tokens: SecretTokens
    sealed_names: SealedNames
    challenges: Challenges
    recoverer: Recoverer
    issuer: str
    registrations_per_address: str
    magic_links_per_address: str
    client_sign_ins_per_address: str
