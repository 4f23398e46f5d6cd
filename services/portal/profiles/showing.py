"""Puts together what a client is shown of themselves: facts of auth's and what they told."""

from chassis.principals import Client
from services.portal.clients import ClientFacts
from services.portal.profiles.schemas import Avatar, BillingAddress, ClientProfile, Me
from services.portal.profiles.service import Told


def me(client: Client, facts: ClientFacts, told: Told) -> Me:
    """The person who is signed in; a company is none, so its name is the client's only."""
    first_name, _, last_name = ("" if client.is_company else facts.name).partition(" ")
    return Me(
        avatar=_avatar(told),
        client_id=client.id,
        client_name=facts.company or facts.name,
        email=facts.email or "",
        first_name=first_name,
        id=client.id,
        last_name=last_name.strip(),
    )


def client_profile(client: Client, facts: ClientFacts, told: Told) -> ClientProfile:
    """The client, with telephone, address and picture."""
    address = BillingAddress(**told.profile.address)
    if told.profile.address:
        address.id = str(told.profile.id)
    return ClientProfile(
        avatar=_avatar(told),
        billing_address=address,
        email=facts.email or "",
        id=client.id,
        name=facts.name,
        phone=told.profile.phone,
    )


def _avatar(told: Told) -> Avatar:
    ids, picture = told.profile.avatar, told.picture
    if ids is None or picture is None:
        return Avatar()
    return Avatar(
        blob_id=str(ids.picture),
        height=picture.height,
        thumbnail_blob_id=str(ids.thumbnail),
        width=picture.width,
    )
