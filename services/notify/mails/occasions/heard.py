"""What the mails read of events, and how they are ordered."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.notify.mails.facts import Facts, Order
from services.notify.mails.models import Audience, Template


class Heard(BaseModel):
    """The few fields that a mail reads of a noun's public JSON; all others are let pass."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class HeardPerson(Heard):
    """Who did something, or whom it is about."""

    name: str = ""
    email: str | None = None
    kind: str = ""


def to_client(template: Template, client_id: UUID, facts: Facts) -> Order:
    """A mail to a client."""
    return Order(template=template, audience=Audience.CLIENT, recipient_id=client_id, facts=facts)


def to_members(template: Template, facts: Facts) -> Order:
    """A mail to the agency's members."""
    return Order(template=template, audience=Audience.MEMBERS, facts=facts)
