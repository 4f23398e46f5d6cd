"""One try over TLS: the name is what is verified, whatever address it was connected to."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chassis.ids import new_id
from services.notify.connections import AddressGuard
from services.notify.deliveries import posting
from services.notify.deliveries.models import Outcome, Parcel
from services.notify.deliveries.posting import Poster
from services.notify.tests.fakes import Names
from tests.fakes.receiver import Answer, Receiver, receiving

HOST = "hooks.example.com"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(pem))
    return path


async def post(receiver: Receiver, *, host: str = HOST, trust: Path | None = None) -> Outcome:
    names = Names()
    names.resolve(host, ["127.0.0.1"])
    tls = ssl.create_default_context(cafile=trust) if trust else None
    poster = Poster(AddressGuard(names, allow_private=True), tls=tls)
    try:
        return await poster.post(Parcel(receiver.url("/hook?a=1", host), b"k" * 32, new_id(), '{"a":"ü"}'))
    finally:
        await poster.close()


async def test_tls_and_host_keep_the_name_that_was_asked_for(certificate: Path) -> None:
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate)
    asked: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: asked.append(name)  # type: ignore[assignment]
    async with receiving(tls=server) as receiver:
        outcome = await post(receiver, trust=certificate)

        assert outcome.arrived, outcome.error
        assert asked == [HOST]
        (request,) = receiver.received
        assert request.headers["host"] == f"{HOST}:{receiver.port}"
        assert request.path == "/hook?a=1"
        assert request.body == '{"a":"ü"}'.encode()


async def test_a_try_works_on_the_loop_that_services_run_on(certificate: Path) -> None:
    async def post_over_tls() -> list[Outcome]:
        server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server.load_cert_chain(certificate)
        async with receiving(tls=server) as secure, receiving() as plain:
            return [await post(secure, trust=certificate), await post(plain)]

    outcomes = await asyncio.to_thread(uvloop.run, post_over_tls())

    assert [outcome.error for outcome in outcomes] == [None, None]
    assert all(outcome.arrived for outcome in outcomes)


@pytest.mark.parametrize("host", ["other.example.com", HOST])
async def test_a_certificate_that_is_wrong_or_untrusted_ends_the_try(certificate: Path, host: str) -> None:
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate)
    async with receiving(tls=server) as receiver:
        outcome = await post(receiver, host=host, trust=certificate if host != HOST else None)

        assert not outcome.arrived
        assert "certificate" in (outcome.error or "").lower()
        assert receiver.received == []


@pytest.mark.parametrize(
    ("answer", "status"), [(Answer(hang_s=3600), None), (Answer(500, stall=True), 500), (Answer(200, stall=True), 200)]
)
async def test_a_receiver_that_dawdles_is_left_at_the_deadline(
    receiver: Receiver, answer: Answer, status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "DEADLINE_S", 0.3)
    receiver.answer_always(answer)

    outcome = await post(receiver)

    assert outcome.status_code == status
    assert "no complete answer" in (outcome.error or "")
    # Whoever answered 200 has the event, however slowly the rest of the answer comes.
    assert outcome.arrived == (status == 200)


async def test_a_connection_is_used_for_more_than_one_try(receiver: Receiver) -> None:
    names = Names()
    names.resolve(HOST, ["127.0.0.1"])
    poster = Poster(AddressGuard(names, allow_private=True))

    for _ in range(5):
        assert (await poster.post(Parcel(receiver.url(host=HOST), b"k" * 32, new_id(), "{}"))).arrived
    await poster.close()

    assert len(receiver.received) == 5
    assert receiver.connections == 1


async def test_a_port_nobody_listens_on_is_an_outcome_not_an_exception() -> None:
    async with receiving() as receiver:
        gone = receiver
    outcome = await post(gone)

    assert outcome.status_code is None
    assert outcome.error
