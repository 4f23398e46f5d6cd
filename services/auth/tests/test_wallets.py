"""Wallets: proved by the signature of a message that was made for this client, once; and what devices report."""

import asyncio
import re
from collections import Counter
from typing import Any

import httpx
import pytest
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount

from services.auth.tests.custodians import CLIENTS, Backend, backend, client_of
from tests.house import House

CHALLENGE = "/api/v1/clients/me/wallet/challenge"
WALLET = "/api/v1/clients/me/wallet"
SIGNING = "/api/v1/clients/me/signing-share-pairs"
BACKUP = "/api/v1/clients/me/backup-share-pairs"
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

# The grammar of EIP-4361 as far as our messages use it.
EIP_4361 = re.compile(
    r"(?P<domain>[^\s/]+) wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9a-fA-F]{40})\n\n"
    r"(?P<statement>[\x20-\x7e]+)\n\n"
    r"URI: (?P<uri>https?://\S+)\nVersion: 1\nChain ID: (?P<chain>\d+)\nNonce: (?P<nonce>[a-zA-Z0-9]{8,})\n"
    r"Issued At: (?P<issued>\S+Z)\nExpiration Time: (?P<expires>\S+Z)\nRequest ID: (?P<request>[A-Za-z0-9-]*)"
)


def new_wallet() -> LocalAccount:
    account: LocalAccount = Account.create()
    return account


def sign(wallet: LocalAccount, message: str) -> str:
    return "0x" + wallet.sign_message(encode_defunct(text=message)).signature.hex().removeprefix("0x")


async def challenge(http: httpx.AsyncClient, address: str) -> str:
    answer = await http.get(CHALLENGE, params={"address": address})
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"message"}
    return str(answer.json()["message"])


async def prove(http: httpx.AsyncClient, message: str, signature: str) -> httpx.Response:
    return await http.post(WALLET, json={"message": message, "signature": signature})


async def address_of(custodian: Backend, client_id: str) -> Any:
    return (await custodian.call("GET", f"/{client_id}"))["address"]


async def test_a_wallet_is_proved_and_shown_to_the_custodian(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address.lower())
    answer = await prove(http, message, sign(wallet, message))
    assert (answer.status_code, answer.json()) == (200, {"address": wallet.address})
    assert await address_of(custodian, client_id) == wallet.address
    assert [item["address"] for item in (await custodian.http.get(CLIENTS)).json()] == [wallet.address]


async def test_the_message_is_one_by_eip_4361_for_this_deployment_and_client(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    wallet = new_wallet()
    found = EIP_4361.fullmatch(await challenge(http, wallet.address.lower()))
    assert found
    assert (found["domain"], found["uri"], found["chain"]) == ("localhost:8080", "http://localhost:8080", "1")
    assert (found["address"], found["request"]) == (wallet.address, client_id)
    other = EIP_4361.fullmatch(await challenge(http, wallet.address))
    assert other
    assert other["nonce"] != found["nonce"]


@pytest.mark.parametrize("credential", ["portal token", "client key", "session"])
async def test_every_credential_of_a_client_may_prove_a_wallet(house: House, credential: str) -> None:
    custodian = await backend(house)
    client, made = await custodian.agency.client(), await custodian.create()
    password = await custodian.one_time_password(made["id"])
    signed_in = await house.signed_in("/api/v1/portal/auth/otp", {"otp": password})
    http = {"portal token": client.http, "client key": house.bearer(made["clientApiKey"]), "session": signed_in.http}[
        credential
    ]
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    assert (await prove(http, message, sign(wallet, message))).status_code == 200


async def test_another_wallet_takes_the_place_of_the_first(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    for wallet in (new_wallet(), new_wallet()):
        message = await challenge(http, wallet.address)
        assert (await prove(http, message, sign(wallet, message))).status_code == 200
        assert await address_of(custodian, client_id) == wallet.address


async def test_the_signature_of_another_wallet_proves_nothing(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    message = await challenge(http, new_wallet().address)
    answer = await prove(http, message, sign(new_wallet(), message))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_not_valid")
    assert await address_of(custodian, client_id) is None


async def test_the_signature_of_another_message_proves_nothing(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    wallet = new_wallet()
    first, second = await challenge(http, wallet.address), await challenge(http, wallet.address)
    answer = await prove(http, first, sign(wallet, second))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_not_valid")


async def test_a_message_made_for_another_client_proves_nothing(house: House) -> None:
    custodian, elsewhere = await backend(house), await backend(house)
    client_id, http = await client_of(house, custodian)
    wallet = new_wallet()
    for other in ((await client_of(house, custodian))[1], (await client_of(house, elsewhere))[1]):
        message = await challenge(other, wallet.address)
        answer = await prove(http, message, sign(wallet, message))
        assert (answer.status_code, answer.json()["code"]) == (400, "challenge_not_ours")
    assert await address_of(custodian, client_id) is None


def altered(message: str, wallet: LocalAccount) -> dict[str, str]:
    """Messages that are not, to the letter, the one that was made, by what is different."""
    lines = message.split("\n")
    nonce = next(line for line in lines if line.startswith("Nonce: "))
    issued = next(line for line in lines if line.startswith("Issued At: "))
    return {
        "another address": message.replace(lines[1], wallet.address),
        "lower-case address": message.replace(lines[1], lines[1].lower()),
        "another domain": message.replace("localhost:8080 wants", "evil.test wants"),
        "another URI": message.replace("URI: http://localhost:8080", "URI: http://evil.test"),
        "another chain": message.replace("Chain ID: 1", "Chain ID: 137"),
        "another version": message.replace("Version: 1", "Version: 2"),
        "another statement": message.replace("moves nothing", "moves something"),
        "another nonce": message.replace(nonce, "Nonce: " + "0" * 64),
        "later": message.replace(issued, "Issued At: 2099-01-01T00:00:00.000Z"),
        "no such day": message.replace(issued, "Issued At: 2026-02-31T00:00:00.000Z"),
        "later end": re.sub(r"Expiration Time: \S+", "Expiration Time: 2099-01-01T00:00:00.000Z", message),
        "no end": re.sub(r"Expiration Time: \S+\n", "", message),
        "a resource": message + "\nResources:\n- https://evil.test",
        "a blank at the end": message + " ",
        "a line at the end": message + "\n",
        "a line at the beginning": "\n" + message,
        "line ends of Windows": message.replace("\n", "\r\n"),
        "nothing but a word": "hello",
        "twice": message + "\n" + message,
        "too long": message + "x" * 900,
    }


async def test_an_altered_message_proves_nothing_although_the_wallet_signed_it(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, new_wallet().address)
    assert await challenge(http, wallet.address)
    for name, text in altered(message, wallet).items():
        assert text != message, name
        answer = await prove(http, text, sign(wallet, text))
        assert (answer.status_code, answer.json()["code"]) == (400, "challenge_not_ours"), name
    assert await address_of(custodian, client_id) is None


async def test_a_challenge_lives_for_ten_minutes(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    house.clock.advance(minutes=10, seconds=-10)
    assert (await prove(http, message, sign(wallet, message))).status_code == 200
    message = await challenge(http, wallet.address)
    house.clock.advance(minutes=10)
    answer = await prove(http, message, sign(wallet, message))
    assert (answer.status_code, answer.json()["code"]) == (409, "challenge_over")


async def test_a_challenge_and_all_before_it_are_good_for_one_proof(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    wallet = new_wallet()
    earlier = await challenge(http, wallet.address)
    await asyncio.sleep(0.01)
    message = await challenge(http, wallet.address)
    assert (await prove(http, message, sign(wallet, message))).status_code == 200
    for used in (message, earlier):
        answer = await prove(http, used, sign(wallet, used))
        assert (answer.status_code, answer.json()["code"]) == (409, "challenge_over")


async def test_of_many_proofs_at_once_one_counts(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    signature = sign(wallet, message)
    answers = await asyncio.gather(*(prove(http, message, signature) for _ in range(30)))
    assert Counter(answer.json().get("code") for answer in answers) == {None: 1, "challenge_over": 29}


def twisted(signature: str) -> dict[str, str]:
    """Signatures that are malformed or out of bounds, by what is wrong."""
    raw = bytes.fromhex(signature[2:])
    r, s, v = int.from_bytes(raw[:32]), int.from_bytes(raw[32:64]), raw[64]

    def made(r: int, s: int, v: int) -> str:
        return "0x" + (r.to_bytes(32) + s.to_bytes(32) + bytes([v])).hex()

    return {
        "high s": made(r, ORDER - s, 55 - v),
        "another recovery": made(r, s, 55 - v),
        "unknown recovery": made(r, s, 29),
        "recovery of a transaction": made(r, s, 37),
        "r is zero": made(0, s, v),
        "s is zero": made(r, 0, v),
        "r is the order": made(ORDER, s, v),
        "s is the order": made(r, ORDER, v),
        "r is no point": made(5, 1, 27),
        "short": signature[:-2],
        "long": signature + "00",
        "compact": signature[:-2][:130],
        "no 0x": signature[2:],
        "no digits": "0x" + "g" * 130,
        "odd": signature[:-1],
        "blank in front": " " + signature,
        "wide digits": "0x" + "１" * 130,
        "nothing": "0x",
    }


async def test_a_twisted_signature_proves_nothing(house: House) -> None:
    custodian = await backend(house)
    client_id, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    good = sign(wallet, message)
    for name, signature in twisted(good).items():
        answer = await prove(http, message, signature)
        assert (answer.status_code, answer.json()["code"]) == (400, "signature_not_valid"), name
    assert await address_of(custodian, client_id) is None
    assert (await prove(http, message, good)).status_code == 200


async def test_a_hardware_wallets_recovery_of_0_or_1_is_taken(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    good = sign(wallet, message)
    signature = good[:-2] + f"{int(good[-2:], 16) - 27:02x}"
    assert (await prove(http, message, signature)).status_code == 200


# The addresses of EIP-55 itself.
@pytest.mark.parametrize(
    "address",
    [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ],
)
async def test_an_address_is_checked_by_its_checksum_and_shown_with_it(house: House, address: str) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    for given in (address, address.lower(), "0x" + address[2:].upper()):
        assert (await challenge(http, given)).split("\n")[1] == address
    mistyped = (
        address[:-1] + address[-1].swapcase() if address[-1].isalpha() else address.swapcase().replace("0X", "0x")
    )
    refused = await http.get(CHALLENGE, params={"address": mistyped})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["address"]


@pytest.mark.parametrize(
    "address", ["", "0x", "0x" + "a" * 39, "0x" + "a" * 41, "a" * 40, "0x" + "g" * 40, "0X" + "a" * 40, "vitalik.eth"]
)
async def test_what_is_no_address_is_refused(house: House, address: str) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    answer = await http.get(CHALLENGE, params={"address": address})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["address"]


async def test_a_company_has_no_wallet(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    await company.client()
    answers = [
        await company.http.get(CHALLENGE, params={"address": new_wallet().address}),
        await prove(company.http, "message", "0x"),
        await company.http.patch(SIGNING, json={"status": "STORED_CLIENT"}),
        await company.http.patch(BACKUP, json={"status": "STORED_CLIENT_BACKUP_SHARE"}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "company_has_no_wallet")] * 4


async def test_wallets_are_for_clients_alone(house: House) -> None:
    custodian = await backend(house)
    for http, status in ((house.gateway, 401), (custodian.agency.http, 403), (custodian.http, 403)):
        answers = [
            await http.get(CHALLENGE, params={"address": new_wallet().address}),
            await prove(http, "message", "0x"),
            await http.patch(SIGNING, json={"status": "STORED_CLIENT"}),
            await http.patch(BACKUP, json={"status": "STORED_CLIENT_BACKUP_SHARE"}),
        ]
        assert [answer.status_code for answer in answers] == [status] * 4


async def test_one_clients_wallet_is_not_anothers(house: House) -> None:
    custodian = await backend(house)
    _, http = await client_of(house, custodian)
    other_id, _ = await client_of(house, custodian)
    wallet = new_wallet()
    message = await challenge(http, wallet.address)
    assert (await prove(http, message, sign(wallet, message))).status_code == 200
    assert await address_of(custodian, other_id) is None
