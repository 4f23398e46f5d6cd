"""What the portal forgets of a client who is erased; each column of text is decided about here."""

from chassis.erasing import ERASED_NAME, LAST_VERSION, Columns, Plan
from services.portal.blobs.models import PREFIX
from services.portal.leads.models import PREFIX as LEAD_PREFIX

_PICTURES = (
    f"SELECT '{PREFIX}/' || b.agency_id || '/' || b.id FROM blobs b"  # noqa: S608 (a constant)
    " WHERE b.agency_id = :agency AND b.owner_id = :client"
)
# Who asked by a form before they became a client, or has asked once more.
_THEIR_LEADS = "client_id = :client OR lower(email) = lower(:email)"
_LEAD_IDS = f"SELECT l.id FROM leads l WHERE l.agency_id = :agency AND ({_THEIR_LEADS})"  # noqa: S608 (a constant)
_LEAD_FILES = (
    f"SELECT '{LEAD_PREFIX}/' || f.agency_id || '/' || f.id FROM lead_files f"  # noqa: S608 (constants)
    f" WHERE f.agency_id = :agency AND f.lead_id IN ({_LEAD_IDS})"
)
_OTHERS = (
    "(SELECT coalesce(jsonb_agg(one ORDER BY place), '[]') FROM jsonb_array_elements(recipients)"
    " WITH ORDINALITY AS r (one, place) WHERE one ->> 'id' <> CAST(:client AS text))"
)

PLAN = Plan(
    objects=[_PICTURES, _LEAD_FILES],
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
        # Before the leads: by them their files are found.
        "lead_files": Columns(
            rows=f"lead_id IN ({_LEAD_IDS})", removed=True, impersonal=["field", "name", "mime_type", "sha256"]
        ),
        "leads": Columns(
            rows=_THEIR_LEADS,
            erased={
                "name": ERASED_NAME,
                "message": "''",
                "answers": "CAST('{}' AS jsonb)",
                "note": "''",
                "email": "''",
            },
            impersonal=["form_name", "questions", "status"],
        ),
        "intake_forms": Columns(impersonal=["name", "slug", "description", "fields"]),
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
