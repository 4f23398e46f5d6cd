"""The jobs that make and check sealed PDFs; they run in a worker process only.

A sealed PDF is the signed paper's pages, a certificate page and one digital signature over every byte of it: PAdES
(ETSI EN 319 142-1, baseline B-B), ECDSA P-256 with SHA-256, as a certification that permits no change (ISO 32000-2,
12.8.2.2, DocMDP level 1).
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko's lower half has no annotations.

import base64
import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.typesetting_job import compile_here
from chassis.worker_child import JsonObject
from services.projects.signatures.canonical import is_canonical
from services.projects.signatures.inspection import Unsealable, clean_copy

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import PdfFileWriter
    from pyhanko.sign.validation import EmbeddedPdfSignature

KEY_VALID_FOR = timedelta(days=3653)
_TEMPLATES = Path(__file__).parent / "templates"


def make_key(job: JsonObject, _: bytes) -> tuple[JsonObject, bytes]:
    """A P-256 key and its self-signed certificate (DER): `{name, notBefore}` -> `{certificate, notAfter}`, key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Portico"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, str(job["name"])[:64]),
        ]
    )
    not_before = datetime.fromisoformat(str(job["notBefore"]))
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_before + KEY_VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = base64.b64encode(certificate.public_bytes(der)).decode()
    return {"certificate": public, "notAfter": (not_before + KEY_VALID_FOR).isoformat()}, private


def seal(job: JsonObject, pdf: bytes) -> tuple[JsonObject, bytes]:
    """The sealed PDF of a paper.

    The job names `certificate` and `key` (DER in base64), `picture` (PNG in base64, or empty), `facts` (what the
    certificate page says), `field`, `signer` and `without` (why the pages are left out, or empty; then `pdf` is
    ignored). Answers `{pages: whether the paper's own pages are in it, without}`.
    """
    without = str(job["without"])
    if not without:
        try:
            return {"pages": True, "without": ""}, _seal_pages(job, pdf)
        except Unsealable as reason:
            without = str(reason)
    return {"pages": False, "without": without}, _seal(job, None, without)


def verify(job: JsonObject, pdf: bytes) -> tuple[JsonObject, bytes]:
    """Whether the PDF is one of ours, untouched: `{certificates: [DER in base64]}` -> `{intact}`."""
    certificates = [base64.b64decode(str(one)) for one in job["certificates"]]  # type: ignore[attr-defined]
    return {"intact": any(check_seal(pdf, one) for one in certificates)}, b""


def check_seal(pdf: bytes, certificate: bytes) -> bool:
    """True when the only signature is by that certificate, holds, and covers every byte of the file."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return len(signatures) == 1 and is_canonical(signatures[0], pdf) and _holds(signatures[0], certificate)
    except Exception:  # a changed byte breaks the structure as often as the digest, in ways that nobody can list
        return False


def _seal_pages(job: JsonObject, pdf: bytes) -> bytes:
    try:
        return _seal(job, clean_copy(pdf), "")
    except Unsealable:
        raise
    except Exception as error:  # a stranger made the file: what it makes pyHanko raise is not ours to foresee
        raise Unsealable("it is damaged or breaks the rules of the PDF format") from error


def _seal(job: JsonObject, copy: "PdfFileWriter | None", without: str) -> bytes:
    picture = base64.b64decode(str(job["picture"]))
    files = {"signature.png": picture} if picture else {}
    facts: dict[str, Any] = {**job["facts"], "without": without, "picture": next(iter(files), None)}  # type: ignore[dict-item]
    page = compile_here(_TEMPLATES, "certificate.typ", json.dumps(facts), files)
    sealed = _sign(_with_certificate(copy, page), job)
    if not check_seal(sealed, base64.b64decode(str(job["certificate"]))):
        raise RuntimeError("the seal does not hold")
    return sealed


def _holds(signature: "EmbeddedPdfSignature", certificate: bytes) -> bool:
    from asn1crypto import x509  # type: ignore[import-untyped]
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    ours = x509.Certificate.load(certificate)
    at = ours.not_valid_before + timedelta(days=2)  # what was sealed in time stays so after the certificate has ended
    context = ValidationContext(trust_roots=[ours], allow_fetching=False, moment=at)
    status = validate_pdf_signature(signature, context)
    return (
        signature.signer_cert.dump() == certificate
        and status.intact
        and status.valid
        and status.trusted
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and signature.docmdp_level == MDPPerm.NO_CHANGES
    )


def _with_certificate(copy: "PdfFileWriter | None", page_pdf: bytes) -> "PdfFileWriter":
    from pyhanko.pdf_utils.generic import DictionaryObject, NumberObject, pdf_name
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    certificate = PdfFileReader(io.BytesIO(page_pdf))
    if copy is None:
        return copy_into_new_writer(certificate, {"stream_xrefs": True})
    for number in range(int(certificate.root["/Pages"]["/Count"])):
        page = certificate.find_page_for_modification(number)[0].get_object()
        bare = DictionaryObject({key: page.raw_get(key) for key in page if key not in ("/Parent", "/StructParents")})
        bare.container_ref = page.container_ref
        for inherited in ("/MediaBox", "/Resources"):
            if inherited not in bare:
                bare[pdf_name(inherited)] = page["/Parent"][inherited]
        # Named here, or the page would take the paper's own cut and turn from the tree it is put into.
        bare[pdf_name("/CropBox")] = bare["/MediaBox"]
        bare[pdf_name("/Rotate")] = NumberObject(0)
        copy.insert_page(copy.import_object(bare))
    return copy


def _sign(writer: "PdfFileWriter", job: JsonObject) -> bytes:
    from asn1crypto import keys, x509  # type: ignore[import-untyped]
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(base64.b64decode(str(job["certificate"]))),
        signing_key=keys.PrivateKeyInfo.load(base64.b64decode(str(job["key"]))),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=str(job["field"]),
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=f"Signed by {job['signer']}",
    )
    sealed = signers.sign_pdf(writer, metadata, signer=signer)
    return bytes(sealed.getbuffer())
