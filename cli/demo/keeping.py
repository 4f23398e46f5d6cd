"""`portico demo`: fills the demo agency once, and remembers its login beside the data."""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cli.demo.story import AGENCY, OWNER, OWNER_EMAIL
from cli.embedded.secret_files import write_private


@dataclass(frozen=True)
class Demo:
    """Login of the demo agency's owner and a client's portal token; `complete` when all of it is there."""

    email: str
    password: str
    portal_token: str = ""
    complete: bool = False


def fill(file: Path, url: str) -> Demo:
    """Makes the agency behind `url`, or what is still missing of it; `file` keeps what was made (mode 0600).

    Of an agency that is complete only the portal token is made again, where it has ended.
    """
    # Imported here: `portico up` only wants to know what is remembered, and needs no HTTP client for that.
    from cli.demo.door import Door
    from cli.demo.telling import renew, tell

    demo = remembered(file) or Demo(OWNER_EMAIL, f"demo-{secrets.token_urlsafe(9)}")
    with Door(url) as door:
        known = door.sign_in(demo.email, demo.password)
        if known and demo.complete:
            demo = replace(demo, portal_token=renew(door))
            _keep(file, demo)
            return demo
        if not known:
            # Kept before it is used: cut off in between, the next call signs in instead of failing on the address.
            demo = Demo(demo.email, demo.password)
            _keep(file, demo)
            door.register(name=OWNER, email=demo.email, password=demo.password, agencyName=AGENCY)
        demo = Demo(demo.email, demo.password, tell(door, datetime.now(UTC).date()), complete=True)
    _keep(file, demo)
    return demo


def remembered(file: Path) -> Demo | None:
    """What an earlier call has kept."""
    return Demo(**json.loads(file.read_text())) if file.exists() else None


def _keep(file: Path, demo: Demo) -> None:
    write_private(file, json.dumps(asdict(demo), indent=2) + "\n")
