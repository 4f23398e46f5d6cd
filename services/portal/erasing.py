"""What the portal forgets of a client who is erased; each column of text is decided about here."""

from chassis.erasing import ERASED_NAME, LAST_VERSION, Columns, Plan
from services.portal.blobs.models import PREFIX

_PICTURES = (
    f"SELECT '{PREFIX}/' || b.agency_id || '/' || b.id FROM blobs b"  # noqa: S608 (a constant)
    " WHERE b.agency_id = :agency AND b.owner_id = :client"
)
_OTHERS = (
    "(SELECT coalesce(jsonb_agg(one ORDER BY place), '[]') FROM jsonb_array_elements(recipients)"
    " WITH ORDINALITY AS r (one, place) WHERE one ->> 'id' <> CAST(:client AS text))"
)

PLAN = Plan(
    objects=[_PICTURES],
    tables={
        "profiles": Columns(rows="client_id = :client", removed=True, impersonal=["phone", "address"]),
        "blobs": Columns(rows="owner_id = :client", removed=True, impersonal=["public_name", "mime_type", "sha256"]),
        "invitations": Columns(
            rows="contact_id = :client OR company_id IS NOT NULL",
            erased={
                "recipients": _OTHERS,
                "custom_message": "CASE WHEN contact_id = :client THEN '' ELSE custom_message END",
            },
        ),
        "clients": Columns(
            rows="id = :client",
            erased={
                "name": ERASED_NAME,
                "email": "NULL",
                "company": "NULL",
                "company_id": "NULL",
                "deleted_at": "coalesce(deleted_at, :now)",
                "source_version": LAST_VERSION,
            },
        ),
        "companies": Columns(kept={"name": "names a company, which its other clients belong to"}),
        "agencies": Columns(impersonal=["name", "slug"]),
        "portal_settings": Columns(
            impersonal=[
                *("portal_name", "portal_logo", "primary_color", "secondary_color"),
                *("welcome_message", "enabled_modules", "sender_name"),
            ]
        ),
    },
)
