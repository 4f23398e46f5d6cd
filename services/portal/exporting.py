"""Which bytes of the object store belong to an agency's portal when its data is exported."""

from chassis.exporting import Export
from services.portal.blobs.models import PREFIX
from services.portal.leads.models import PREFIX as LEAD_PREFIX

_PICTURES = f"""
    SELECT '{PREFIX}/' || b.agency_id || '/' || b.id AS key,
           'pictures/' || b.id || CASE b.mime_type WHEN 'image/png' THEN '.png' ELSE '.jpg' END AS path
    FROM blobs b WHERE b.agency_id = $1 AND b.expires_at IS NULL ORDER BY b.id
"""  # noqa: S608 (a constant)

_LEAD_FILES = f"""
    SELECT '{LEAD_PREFIX}/' || f.agency_id || '/' || f.id AS key,
           'leads/' || f.lead_id || '/' || f.id || '/' || replace(f.name, '/', '_') AS path
    FROM lead_files f WHERE f.agency_id = $1 AND f.lead_id IS NOT NULL ORDER BY f.id
"""  # noqa: S608 (a constant)

EXPORT = Export(objects=[_PICTURES, _LEAD_FILES])
