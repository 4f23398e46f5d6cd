"""Webhooks reach public addresses only: by spelling, by name, by what a name turns into, by where a socket ends."""

import pytest

from services.notify.addresses import AddressRefused, is_public, parse_address
from services.notify.connections import AddressGuard, SystemResolver
from services.notify.tests.fakes import Names
from services.notify.tests.office import Guarded
from services.notify.tests.test_deliveries import INVOICE, deliveries, register
from tests.fakes.receiver import Receiver

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.255",
    "169.254.169.254", "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "100::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "3ffe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "192.0.1.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
]

# {port} is that of a listener on this machine, which nothing may reach.
HOSTILE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://LOCALHOST:{port}/", "http://localhost.:{port}/",
    "http://foo.localhost:{port}/", "http://printer.local/", "http://db.internal/", "http://router.home.arpa/",
    "http://nas.lan/", "http://intranet/", "http://metadata/", "http://metadata.google.internal/",
    "http://127.1:{port}/", "http://127.0.1:{port}/", "http://0x7f.1:{port}/", "http://0x7f000001:{port}/",
    "http://2130706433:{port}/", "http://0177.0.0.1:{port}/", "http://017700000001:{port}/", "http://0:{port}/",
    "http://0.0.0.0:{port}/", "http://127.0.0.1.:{port}/", "http://127.000.000.001:{port}/", "http://1.1.1.1.127.1/",
    "http://0x7f.0.0.0x1:{port}/", "http://4294967297/", "http://256.0.0.1/", "http://127.0.0.0x1/",
    "http://１２７.０.０.１:{port}/", "http://①②⑦.⓪.⓪.①:{port}/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "http://127。0。0。1:{port}/",
    "http://%31%32%37.0.0.1:{port}/", "http://127%2e0%2e0%2e1:{port}/", "http://loc%61lhost:{port}/",
    "http://[::1]:{port}/", "http://[::]:{port}/", "http://[0:0:0:0:0:0:0:1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/", "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]/", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[fe80::1%25lo]:{port}/",
    "http://[fe80::1%lo]:{port}/", "http://[fd00::1]/", "http://[::1/", "http://::1:{port}/", "http://[v1.fe80::a+en1]/",
    "http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://168.63.129.16/", "http://10.0.0.1/",
    "http://user:pass@hooks.example.com/", "http://hooks.example.com@127.0.0.1:{port}/", "http://127.0.0.1:{port}@x.com/",
    "http://hooks.example.com\\@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@hooks.example.com/", "http://a.com#@127.0.0.1/",
    "http:///127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http:127.0.0.1:{port}/", "//127.0.0.1:{port}/",
    "http://hooks.example.com /", "http://hooks.example.com\r\nHost: 127.0.0.1/", "http://\t127.0.0.1:{port}/",
    "http://127.0.0.1\x00.example.com:{port}/", "http://hooks.example.com:0/", "http://hooks.example.com:65536/",
    "http://hooks.example.com:-1/", "http://-example.com/", "http://example..com/", "http://" + "a" * 64 + ".com/",
    "ftp://hooks.example.com/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "unix:///var/run/docker.sock",
    "javascript:alert(1)", "data:text/plain,x", "http://", "https://", "http://?", "nonsense", "http://.", "http://..",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_a_private_range_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_address_is_refused_at_registration(guarded: Guarded, receiver: Receiver, url: str) -> None:
    agency = await guarded.house.agency()

    answer = await agency.http.post(
        "/api/zapier", json={"url": url.replace("{port}", str(receiver.port)), "events": ["*"]}
    )

    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["field"] == "url"
    assert receiver.connections == 0
    assert (await agency.http.get("/api/zapier")).json() == []


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_a_private_address_is_refused_at_registration(
    guarded: Guarded, address: str
) -> None:
    agency = await guarded.house.agency()
    guarded.names.resolve("trap.example.com", ["93.184.216.34", address])

    answer = await agency.http.post("/api/zapier", json={"url": "https://trap.example.com/", "events": ["*"]})

    assert answer.status_code == 400
    assert answer.json()["code"] == "address_refused"


async def test_a_name_that_turns_private_after_registration_reaches_nothing(
    guarded: Guarded, receiver: Receiver
) -> None:
    agency = await guarded.house.agency()
    guarded.names.resolve("rebinding.example.com", ["93.184.216.34"], ["127.0.0.1"])
    await register(agency, f"http://rebinding.example.com:{receiver.port}/")

    await guarded.tell("billing.invoice.viewed", agency, INVOICE)

    async def refused() -> dict[str, str] | None:
        return next((one for one in await deliveries(agency) if one["status"] == "retrying"), None)

    one = await guarded.house.eventually(refused)
    shown = (await agency.http.get(f"/api/webhook-deliveries/{one['id']}")).json()
    assert "not public" in shown["log"][0]["error"]
    assert shown["log"][0]["statusCode"] is None
    assert receiver.connections == 0


async def test_a_name_that_does_not_resolve_yet_may_be_registered(guarded: Guarded) -> None:
    agency = await guarded.house.agency()

    made = await register(agency, "https://not-yet.example.com/hook")

    assert made["url"] == "https://not-yet.example.com/hook"


@pytest.mark.parametrize(
    ("peer", "own"), [("127.0.0.1", "127.0.0.1"), ("10.0.0.2", "10.0.0.3"), ("8.8.8.8", "8.8.8.8"), ("", "")]
)
def test_a_socket_that_ended_at_a_private_address_or_at_ourselves_is_not_used(peer: str, own: str) -> None:
    with pytest.raises(AddressRefused):
        AddressGuard(Names()).check_peer(peer, own)


async def test_production_takes_https_only() -> None:
    guard = AddressGuard(Names(), https_only=True)

    await guard.check(parse_address("https://hooks.example.com/"))
    with pytest.raises(AddressRefused):
        await guard.check(parse_address("http://hooks.example.com/"))


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Hooks.Example.COM", "https://hooks.example.com/"),
        ("https://hooks.example.com:443/a?b=c", "https://hooks.example.com/a?b=c"),
        ("https://hooks.example.com:8443/", "https://hooks.example.com:8443/"),
        ("https://bücher.example/ü?q=ü", "https://xn--bcher-kva.example/%C3%BC?q=%C3%BC"),
        ("https://hooks.example.com/%2f%41?x=%26", "https://hooks.example.com/%2f%41?x=%26"),
        ("https://[2606:4700:0:0::1111]/", "https://[2606:4700::1111]/"),
        ("https://hooks.example.com?x", "https://hooks.example.com/?x"),
    ],
)
def test_an_address_has_one_normal_spelling(url: str, normal: str) -> None:
    assert str(parse_address(url)) == normal
    assert str(parse_address(normal)) == normal


async def test_the_system_resolves_names_and_says_when_it_cannot() -> None:
    resolver = SystemResolver()

    assert "127.0.0.1" in await resolver("localhost", 80)
    with pytest.raises(OSError, match=r".+"):
        await resolver("a" * 64 + ".invalid", 80)
