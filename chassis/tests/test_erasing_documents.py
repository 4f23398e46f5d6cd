"""What stays of a document that tells of an erased client: its bones."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from chassis.erasing_documents import ERASED, ERASED_CLIENT, Subject, blanked, blanked_envelope, blanked_json
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import Actor, ActorKind

CLIENT = UUID("0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10")


def an_event(type: str = "projects.message.created", **more: object) -> Event:
    return Event(
        id=new_id(),
        type=type,
        agency_id=new_id(),
        aggregate="message",
        aggregate_id=new_id(),
        aggregate_version=3,
        actor=Actor(ActorKind.CLIENT, CLIENT, "Ada Lovelace"),
        occurred_at=datetime.now(UTC),
        data={"id": str(new_id()), "clientId": str(CLIENT), "content": "Hello"},
        internal=dict(more),
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", str(CLIENT)),
        ("clientId", str(CLIENT)),
        ("attachmentIds", [str(CLIENT)]),
        ("createdAt", "2026-11-22T04:52:43.173Z"),
        ("dueDate", "2030-01-31"),
        ("received_on", "2030-01-31"),
        ("status", "partially_paid"),
        ("type", "client_portal.token_created"),
        ("currency", "EUR"),
        ("number", "INV-0001"),
        ("sha256", "a" * 64),
        ("storageKey", f"projects/{CLIENT}/{CLIENT}"),
        ("amount", 12.5),
        ("visible", True),
        ("company", None),
        ("note", ""),
    ],
)
def test_ids_times_states_and_numbers_stay(key: str, value: object) -> None:
    assert blanked({key: value}) == {key: value}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "ada"),
        ("description", "ada"),
        ("question", "ada"),
        ("status", "Ada is ill"),
        ("number", "Ada"),
        ("dueDate", "when Ada comes"),
        ("clientId", "ada@client.test"),
        ("phone", "+351 21 555 0123"),
        ("lines", ["Work for Ada"]),
        ("author", {"name": "ada"}),
        ("url", "https://ada.test/x"),
    ],
)
def test_all_other_words_go(key: str, value: object) -> None:
    text = str(blanked({key: value}))
    assert "ada" not in text.lower().replace("update", "")
    assert ERASED in text


def test_an_email_address_is_none_and_answers_are_no_more() -> None:
    told = {"email": "ada@client.test", "clientEmail": "ada@client.test", "answers": {"status": "ada"}}
    assert blanked(told) == {"email": None, "clientEmail": None, "answers": {}}


def test_blanking_twice_is_blanking_once() -> None:
    once = blanked({"name": "Ada", "email": "ada@client.test", "answers": {"a": "b"}, "id": str(CLIENT)})
    assert blanked(once) == once


def test_what_is_no_json_becomes_an_empty_object() -> None:
    assert blanked_json("<p>Ada</p>") == b"{}"


def test_an_event_keeps_what_happened_to_which_id() -> None:
    event = an_event(comment="From Ada")
    blank = Event.decode(blanked_envelope(event.encode()))
    assert (blank.id, blank.type, blank.aggregate_id, blank.aggregate_version, blank.occurred_at) == (
        event.id,
        event.type,
        event.aggregate_id,
        event.aggregate_version,
        event.occurred_at,
    )
    assert blank.data == event.data | {"content": ERASED}
    assert blank.internal == {"comment": ERASED}
    assert blank.actor == Actor(ActorKind.CLIENT, CLIENT, ERASED_CLIENT)


def test_what_is_no_event_is_emptied() -> None:
    assert blanked_envelope(b"Ada \xff") == b""


def test_the_erasure_itself_is_told_as_it_is_and_loses_its_names_when_all_have_heard() -> None:
    event = an_event("auth.client.erased", names="sealed")
    assert blanked_envelope(event.encode()) == event.encode()
    assert Event.decode(blanked_envelope(event.encode(), settled=True)).internal == {}


def test_a_document_tells_of_a_client_by_id_or_by_address() -> None:
    ada = Subject(CLIENT, ("Ada Lovelace", "Ada@Client.test"))
    assert ada.is_told_of(f'{{"clientId": "{CLIENT}"}}'.encode())
    assert ada.is_told_of(b'{"to": "ADA@client.test"}')
    assert not ada.is_told_of(b'{"name": "Ada Lovelace"}')
    assert ada.is_named_in(b'{"name": "Ada Lovelace"}')
    assert not Subject(CLIENT, ("Ada",)).is_named_in(b'{"name": "Ada"}')


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Ada", "Ada's Canada", "*'s Canada"),
        ("Ada (Ltd.)", "For Ada (Ltd.), Ada", "For *, Ada"),
        ("ada@client.test", "to ada@client.test.", "to *."),
        ("A", "A and B", "A and B"),
        ("Zoë", "zoë, Zoës", "*, Zoës"),
        (".*", "anything", "anything"),
        ('Ada "A" Byron', 'For Ada "A" Byron', "For *"),
        ('Ada "A" Byron', '{"a": "Ada \\"A\\" Byron"}', '{"a": "*"}'),
    ],
)
def test_names_are_found_as_whole_words(name: str, text: str, left: str) -> None:
    assert re.sub(Subject(CLIENT, (name,)).pattern, "*", text, flags=re.IGNORECASE) == left


def test_without_a_name_nothing_is_found() -> None:
    assert re.sub(Subject(CLIENT).pattern, "*", "anything") == "anything"
