"""The sections of a snapshot, who tells them, and the module that switches each on."""

from services.portal.portal_settings.models import Module

WORK_SECTIONS = ("projects", "files", "threads", "timeEntries", "updates", "contracts")
PAPER_SECTIONS = ("invoices", "quotes", "creditNotes")
SECTIONS = (
    *("projects", "files", "invoices", "quotes", "contracts", "threads", "timeEntries", "updates"),
    "creditNotes",
)

MODULE_OF = {
    "projects": Module.PROJECTS,
    "files": Module.FILES,
    "invoices": Module.INVOICES,
    "creditNotes": Module.INVOICES,
    "quotes": Module.PROPOSALS,
    "contracts": Module.CONTRACTS,
    "threads": Module.MESSAGES,
    "timeEntries": Module.TIME_LOGS,
    "updates": Module.PROJECTS,
}
