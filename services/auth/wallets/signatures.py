"""Signatures of wallets: their parts and bounds, before anybody computes with them."""

import re

# The order of secp256k1's group (SEC 2, 2.4.1). Of the two values of `s` that fit a message, EIP-2 takes the lower.
_ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141
_SHAPE = re.compile(r"0x[0-9a-fA-F]{130}", re.ASCII)
# Hardware wallets write 0 and 1 where the yellow paper has 27 and 28.
_RECOVERY = (0, 1, 27, 28)


def signature_bytes(text: str) -> bytes | None:
    """The 65 bytes r, s, v of a signature in hexadecimal; None where a part is missing or out of its bounds."""
    if not _SHAPE.fullmatch(text):
        return None
    signature = bytes.fromhex(text[2:])
    r, s, v = int.from_bytes(signature[:32]), int.from_bytes(signature[32:64]), signature[64]
    return signature if 0 < r < _ORDER and 0 < s <= _ORDER // 2 and v in _RECOVERY else None
