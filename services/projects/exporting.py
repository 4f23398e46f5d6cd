"""Which bytes of the object store belong to an agency's projects when its data is exported."""

from chassis.exporting import Export

_FILES = """
    SELECT v.storage_key AS key, 'files/' || v.file_id || '/' || v.number || '/' || replace(f.name, '/', '_') AS path
    FROM file_versions v JOIN files f ON f.agency_id = v.agency_id AND f.id = v.file_id
    WHERE v.agency_id = $1 ORDER BY v.file_id, v.number
"""

EXPORT = Export(objects=[_FILES])
