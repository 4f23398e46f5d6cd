"""`python -m cli.refuse`: ends with 1 when a secret of docker-compose's `.env` cannot be used, before it is."""

import os
import re
import sys
from collections.abc import Iterator, Mapping

from cli.checks.weakness import HOW_TO_MAKE_ONE, MASTER_BYTES, PASSWORD_BYTES, weakness

SECRETS = {"PORTICO_SECRET_KEY": MASTER_BYTES, "POSTGRES_PASSWORD": PASSWORD_BYTES, "NATS_PASSWORD": PASSWORD_BYTES}
# These two stand in addresses, as they are (RFC 3986, 2.3).
IN_ADDRESSES = ("POSTGRES_PASSWORD", "NATS_PASSWORD")


def unusable(environment: Mapping[str, str]) -> Iterator[str]:
    """One line for each secret that is weak, which development allows, or breaks the address it stands in."""
    production = environment.get("PORTICO_ENV", "production") == "production"
    for name, at_least in SECRETS.items():
        secret = environment.get(name, "")
        if production and (found := weakness(secret, at_least)):
            yield f"{name} {found}"
        if name in IN_ADDRESSES and not re.fullmatch(r"[\w.~-]+", secret, re.ASCII):
            yield f"{name} has other characters than letters, digits and . _ ~ -"


if __name__ == "__main__":
    if problems := list(unusable(os.environ)):
        sys.exit(f"Refused: {'; '.join(problems)}. {HOW_TO_MAKE_ONE}")
