"""Every sort of credential that there is, in every place where it may stand."""

from tests.trust.calling import Caller, by_bearer, by_body, by_cookie, by_header, by_query
from tests.trust.plant import Plant

STAFF_COOKIE = "portico"
CLIENT_COOKIE = "portico-client"
# The names of the callers below, for tests that are named after them.
STAFF = ("staff token", "staff cookie", *(f"API key: {scope}" for scope in ("read", "write", "custodian", "all")))
CLIENTS = (
    "portal token in the address",
    "portal token in the header",
    "portal token in the body",
    "portal token as Bearer",
    "company token in the header",
    "company token in the body",
    "client session",
    "client cookie",
    "client session token (cst_)",
    "client key (cak_)",
)


def find_caller(plant: Plant, name: str) -> Caller:
    """One of the callers below."""
    return next(caller for caller in staff_callers(plant) + client_callers(plant) if caller.name == name)


def staff_callers(plant: Plant) -> list[Caller]:
    """An owner, in person and by key."""
    ids = plant.ids
    return [
        by_bearer("staff token", plant.agency.token, ids),
        by_cookie("staff cookie", STAFF_COOKIE, plant.agency.token, ids),
        *(by_bearer(f"API key: {scope}", key, ids) for scope, key in plant.keys.items()),
    ]


def client_callers(plant: Plant) -> list[Caller]:
    """A client, by each credential that it may have; its company; and a client that the agency's backend made."""
    ids, token = plant.ids, plant.client.token
    return [
        by_query("portal token in the address", token, ids),
        by_header("portal token in the header", token, ids),
        by_body("portal token in the body", token, ids),
        by_bearer("portal token as Bearer", token, ids),
        by_header("company token in the header", plant.company.token, plant.company_ids),
        by_body("company token in the body", plant.company.token, plant.company_ids),
        by_bearer("client session", plant.session.token, ids),
        by_cookie("client cookie", CLIENT_COOKIE, plant.session.token, ids),
        by_bearer("client session token (cst_)", plant.custodian.token, plant.custodian_ids),
        by_bearer("client key (cak_)", plant.custodian.key, plant.custodian_ids),
    ]
