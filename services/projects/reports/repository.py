"""The SQL of reports."""

from datetime import date
from uuid import UUID

from chassis.database import Reader
from services.projects.reports.models import Hours, ProjectTime, Spent

# Of the tables of sibling features, whose classes are not to be imported here. Names are looked up for those alone
# that are shown.
_HOURS = """
WITH spent AS MATERIALIZED (
  SELECT e.project_id, sum(e.minutes) AS minutes, coalesce(sum(e.minutes) FILTER (WHERE e.billable), 0) AS billable
  FROM time_entries e
  WHERE e.agency_id = $1 AND ($2::date IS NULL OR e.worked_on >= $2) AND ($3::date IS NULL OR e.worked_on <= $3)
  GROUP BY e.project_id),
living AS (
  SELECT s.*, count(*) OVER () AS projects, sum(s.minutes) OVER () AS all_minutes,
         sum(s.billable) OVER () AS all_billable
  FROM spent s
  WHERE EXISTS (SELECT FROM projects p WHERE p.agency_id = $1 AND p.id = s.project_id AND p.deleted_at IS NULL)
  ORDER BY s.minutes DESC, s.project_id DESC LIMIT $4)
SELECT l.*, p.name, p.client_id, c.name AS client_name
FROM living l
JOIN projects p ON p.agency_id = $1 AND p.id = l.project_id
JOIN clients c ON c.agency_id = $1 AND c.id = p.client_id
ORDER BY l.minutes DESC, l.project_id DESC
"""


async def hours(reader: Reader, agency_id: UUID, *, first_on: date | None, last_on: date | None, limit: int) -> Hours:
    """The time of some days by project, those that took most first; of deleted projects none."""
    rows = await reader.fetch(_HOURS, agency_id, first_on, last_on, limit)
    if not rows:
        return Hours()
    largest = [
        ProjectTime(
            row["project_id"], row["name"], row["client_id"], row["client_name"], Spent(row["minutes"], row["billable"])
        )
        for row in rows
    ]
    return Hours(largest, rows[0]["projects"], Spent(int(rows[0]["all_minutes"]), int(rows[0]["all_billable"])))
