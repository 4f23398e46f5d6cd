"""Which mails an event is an occasion for: event in, orders out, nothing else."""

from collections.abc import Callable
from uuid import UUID

from chassis.events import Event
from services.notify.mails.facts import Order
from services.notify.mails.occasions.admissions import ADMISSIONS
from services.notify.mails.occasions.money import MONEY
from services.notify.mails.occasions.papers import PAPERS
from services.notify.mails.occasions.work import WORK

OCCASIONS: dict[str, Callable[[Event], list[Order]]] = {**ADMISSIONS, **WORK, **PAPERS, **MONEY}


def orders_for(event: Event) -> list[Order]:
    """The mails that an event asks for; most ask for none."""
    occasion = OCCASIONS.get(event.type)
    return occasion(event) if occasion else []


def project_of(event: Event) -> UUID | None:
    """The project that an event is about, if any; a digest groups what it tells by it."""
    if event.aggregate == "project":
        return event.aggregate_id
    project_id = event.data.get("projectId")
    return UUID(project_id) if project_id else None
