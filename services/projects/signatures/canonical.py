"""The one place in a sealed PDF that its signature cannot cover: the signature itself; runs in a worker process only.

A validator reads the hexadecimal CMS object between the two signed ranges leniently: letters of either case, anything
in the padding, lengths and fields that nobody signed. We write it in one way, and take it in no other.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

_SHA256 = {"algorithm": "sha256", "parameters": None}
_ECDSA = {"algorithm": "sha256_ecdsa", "parameters": None}


def is_canonical(signature: "EmbeddedPdfSignature", pdf: bytes) -> bool:
    """Whether the bytes between the signed ranges are exactly those that we would have written."""
    from asn1crypto import cms  # type: ignore[import-untyped]

    start, first, second, rest = (int(number) for number in signature.byte_range)
    if (start, second + rest) != (0, len(pdf)):
        return False
    hole = pdf[first:second]
    written = bytes.fromhex(hole[1:-1].decode("ascii"))
    if hole != b"<" + written.hex().upper().encode() + b">":
        return False
    parsed = cms.ContentInfo.load(written)
    size = len(parsed.dump())
    if parsed.dump(force=True) != written[:size] or any(written[size:]):
        return False
    signed = parsed["content"]
    (signer,), sid = signed["signer_infos"], signed["signer_infos"][0]["sid"].chosen
    return (
        (signed["version"].native, signer["version"].native) == ("v1", "v1")
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and signed["digest_algorithms"].native == [_SHA256]
        # Names compare without regard to case, so the bytes have to.
        and sid["issuer"].dump() == signature.signer_cert.issuer.dump()
        and signer["digest_algorithm"].native == _SHA256
        and signer["signature_algorithm"].native == _ECDSA
        and (len(signed["certificates"]), signed["crls"].native, signer["unsigned_attrs"].native) == (1, None, None)
    )
