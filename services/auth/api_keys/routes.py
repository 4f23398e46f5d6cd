"""REST of API keys."""

from fastapi import Response

from chassis.errors import Forbidden, Invalid
from chassis.http.dependencies import CurrentManager, Now, PathId, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.api_keys import service
from services.auth.api_keys.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyDeleted, ApiKeyPublic

router = Router(prefix="/api/api-keys", tags=["API keys"])


@router.post(
    "",
    status_code=201,
    response_model=ApiKeyCreated,
    responses=problems(Forbidden, service.KeysAreForPeople, Invalid),
)
async def create_api_key(body: ApiKeyCreate, staff: CurrentManager, session: Session, now: Now) -> ApiKeyCreated:
    """Create an API key.

    The key is shown this once; only its hash is kept. With `expiresAt` it is refused from that moment on. For owners
    and admins in person.
    """
    return await service.create_api_key(session, staff, body=body, now=now)


@router.get("", response_model=list[ApiKeyPublic], responses=problems(Forbidden, service.KeysAreForPeople))
async def list_api_keys(
    staff: CurrentManager, session: Session, page: Paging, response: Response
) -> list[ApiKeyPublic]:
    """List the agency's API keys, newest first; those that have run out too, until they are deleted."""
    keys = await service.list_api_keys(session, staff, after=page.after, limit=page.limit + 1)
    return page.respond(keys, response)


@router.delete("/{key_id}", response_model=ApiKeyDeleted, responses=problems(Forbidden, service.KeysAreForPeople))
async def delete_api_key(key_id: PathId, staff: CurrentManager, session: Session, now: Now) -> ApiKeyDeleted:
    """End an API key; it is refused everywhere within a second."""
    await service.delete_api_key(session, staff, key_id=key_id, now=now)
    return ApiKeyDeleted(id=key_id)
