"""Makes one OpenAPI document of all services' own."""

from collections.abc import Mapping
from pathlib import Path

from chassis.openapi import Document, merge

SERVICES = ("auth", "projects", "billing", "portal", "notify")
CHAPTERS = {
    "Sessions": "Registering an agency, signing in and out.",
    "Team": "The agency itself, its members, and invitations to become one.",
    "API keys": "Credentials for the agency's machines.",
    "Clients": "The agency's contacts, who open the portal and get invoices.",
    "Companies": "What groups clients; its portal shows the projects and papers of them all.",
    "Projects": "The work for a client.",
    "Tasks": "What is to be done in a project; its progress is made of them.",
    "Activity": "What happened, newest first.",
    "Feedback": "What clients say of work that is done.",
    "Files": "Uploads in versions, and what was decided on each.",
    "Contracts": "Texts that a client signs, and templates to begin them with.",
    "Signatures": "Signing a file, the evidence of it, and whether a sealed PDF is one of ours.",
    "Messages": "Threads and messages between the agency and a client.",
    "Time": "What was worked on a project, written down by hand or by a timer.",
    "Updates": "Client-ready reports on a project, drafted from its facts.",
    "Quotes": "Offers to a client; what is accepted becomes a project.",
    "Invoices": "What a client owes; from draft to paid.",
    "Recurring invoices": "Invoices that are issued by themselves, week by week or month by month.",
    "Reminders": "Mails to clients about invoices that come due and are not paid.",
    "Credit notes": "Papers that take back an invoice or a part of it.",
    "Payments": "Money that came in or went back, and the providers that tell of it.",
    "Reports": "Money and time in sums, as charts show them.",
    "Intake": "Forms that anyone may fill in who is no client yet.",
    "Leads": "What came in by intake forms, until it is a client and a project.",
    "Search": "One question over clients, work and papers.",
    "Portal": "What a client sees and does, with a portal token.",
    "Client sessions": "How a client signs in without a portal token: by a mailed link, or handed over by the agency.",
    "Portal profile": "Who a client is, with address, picture and figures: the client's own view.",
    "Client portal": "Invitations and portal tokens; how the portal looks and what is switched on.",
    "Custodian clients": "Clients that the agency's own backend makes and signs in.",
    "Notifications": "Which mails one gets, and how soon.",
    "Webhooks": "Telling the agency's own tools what happened.",
    "Data": "Taking everything along that is kept of an agency; having a client forgotten.",
    "Live": "The same while it happens, as event streams, for the agency and its clients.",
}
INTRODUCTION = Path(__file__).with_name("introduction.md")


def assemble(documents: Mapping[str, Document], origin: str) -> Document:
    """The document of the deployment at `origin`, from those of its services by name."""
    ordered = {service: documents[service] for service in SERVICES if service in documents}
    info = {
        "title": "Portico API",
        "version": "1",
        "summary": "Projects, files, messages, approvals, signatures and invoices for agencies and their clients.",
        "description": INTRODUCTION.read_text(),
    }
    tags = [{"name": name, "description": text} for name, text in CHAPTERS.items()]
    return merge(ordered, info=info, servers=[{"url": origin, "description": "This deployment"}], tags=tags)
