"""Jobs of the worker process, where Ethereum's libraries are loaded: checksums and signers. Nothing goes online."""

from chassis.worker_child import JsonObject


def checksum(data: JsonObject, blob: bytes) -> tuple[JsonObject, bytes]:
    """`{address}` (40 hexadecimal digits after `0x`) -> `{address}` in the spelling of EIP-55."""
    from eth_utils.address import to_checksum_address

    return {"address": to_checksum_address(str(data["address"]))}, b""


def recover(data: JsonObject, blob: bytes) -> tuple[JsonObject, bytes]:
    """`{message}` and the signature's 65 bytes -> `{address}` that signed it by EIP-191, null when nobody did."""
    from eth_account import Account
    from eth_account.messages import encode_defunct
    from eth_keys.exceptions import BadSignature

    try:
        signer = Account.recover_message(encode_defunct(text=str(data["message"])), signature=blob)
    except BadSignature:
        return {"address": None}, b""
    return {"address": signer}, b""
