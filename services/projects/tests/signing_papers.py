"""Papers to sign: honest ones, and those that a stranger makes to break whoever opens them."""

import io
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject, TextStringObject
from reportlab.pdfgen import canvas


def paper(*pages: str) -> bytes:
    """A plain PDF with one line of text on each page."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for text in pages or ("The contract",):
        sheet.drawString(100, 700, text)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def texts_of(pdf: bytes) -> list[str]:
    """What each page says."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _changed(change: Callable[[PdfWriter], Any]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _action(kind: str, **more: Any) -> DictionaryObject:
    entries = {NameObject("/S"): NameObject(kind)} | {NameObject(f"/{name}"): value for name, value in more.items()}
    return DictionaryObject(entries)


def with_script() -> bytes:
    """A script that runs when the paper is opened."""
    action = _action("/JavaScript", JS=TextStringObject("app.alert('pay me');"))
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("alert"), action])})
    names = DictionaryObject({NameObject("/JavaScript"): tree})
    return _changed(lambda writer: writer._root_object.update({NameObject("/Names"): names}))


def with_hidden_launch() -> bytes:
    """A link that starts a program, its kind behind a reference."""

    def change(writer: PdfWriter) -> None:
        kind = writer._add_object(NameObject("/Launch"))
        action = DictionaryObject({NameObject("/S"): kind, NameObject("/F"): TextStringObject("cmd.exe")})
        rectangle = ArrayObject([NumberObject(number) for number in (0, 0, 600, 800)])
        link = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/Rect": rectangle, "/A": action}
        note = writer._add_object(DictionaryObject({NameObject(key): value for key, value in link.items()}))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([note])

    return _changed(change)


def with_opening_address() -> bytes:
    """A paper that calls home when it is opened."""
    action = _action("/URI", URI=TextStringObject("https://attacker.example/"))
    return _changed(lambda writer: writer._root_object.update({NameObject("/OpenAction"): action}))


def with_attachment() -> bytes:
    """A file within the paper."""
    return _changed(lambda writer: writer.add_attachment("invoice.exe", b"MZ"))


def locked() -> bytes:
    """A password on it."""
    return _changed(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def with_biting_tail() -> bytes:
    """A page tree that is its own child."""

    def change(writer: PdfWriter) -> None:
        pages = writer._root_object.raw_get("/Pages")
        pages.get_object()[NameObject("/Kids")].append(pages)

    return _changed(change)


def with_claimed_pages(count: int) -> bytes:
    """A page tree that lies about its size."""

    def change(writer: PdfWriter) -> None:
        writer._root_object["/Pages"][NameObject("/Count")] = NumberObject(count)

    return _changed(change)


def without_pages() -> bytes:
    """Nothing to read."""
    return _changed(lambda writer: writer._root_object.update({NameObject("/Pages"): NullObject()}))


def nested(depth: int) -> bytes:
    """Brackets within brackets."""
    return _raw(f"<< /Type /Catalog /Pages 2 0 R /Deep {'[' * depth}{']' * depth} >>")


def with_looping_revisions() -> bytes:
    """A cross-reference table that names itself as the one before it."""
    plain = paper()
    table = plain.rindex(b"xref\n", 0, plain.rindex(b"startxref"))
    return plain.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % table, 1)


def with_huge_size() -> bytes:
    """A trailer that claims two thousand million objects."""
    return paper().replace(b"/Size 8", b"/Size 2000000000", 1)


def bomb(megabytes: int = 600) -> bytes:
    """A cross-reference stream that unpacks to more than a worker may hold."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    head = b"%%PDF-1.7\n"[1:]
    stream = (
        b"1 0 obj\n<< /Type /XRef /Size 4 /W [1 4 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed)
    )
    return head + stream + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def already_signed() -> bytes:
    """A digital signature of someone else on it."""
    import base64

    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from services.projects.signatures.sealing import make_key

    made, key = make_key({"name": "Somebody else", "notBefore": datetime.now(UTC).isoformat()}, b"")
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(base64.b64decode(str(made["certificate"]))),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(paper()))
    signed = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Theirs"), signer=signer)
    return bytes(signed.getbuffer())


def _raw(catalog: str) -> bytes:
    objects = [
        catalog,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def scanned() -> bytes:
    """A page of paper that went through a scanner."""
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "ivory").save(out, "PDF")
    return out.getvalue()


def with_form() -> bytes:
    """Fields to fill in."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.acroForm.textfield(name="name", x=100, y=600, value="Zoë")
    sheet.acroForm.checkbox(name="yes", x=100, y=500)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def typeset() -> bytes:
    """A tagged document with an outline, links within it and to the web."""
    import typst

    links = b'#link(<one>)[see] #link("https://portico.example")[a link]'
    made = typst.compile(b"#outline()\n= One <one>\n" + links + b"\n#lorem(900)")
    assert isinstance(made, bytes)
    return made


HONEST: dict[str, Callable[[], bytes]] = {
    "plain": paper,
    "scanned": scanned,
    "form": with_form,
    "typeset": typeset,
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    "script": with_script,
    "hidden_launch": with_hidden_launch,
    "opening_address": with_opening_address,
    "attachment": with_attachment,
    "locked": locked,
    "already_signed": already_signed,
    "biting_tail": with_biting_tail,
    "too_many_pages": lambda: with_claimed_pages(10**9),
    "negative_pages": lambda: with_claimed_pages(-5),
    "no_pages": without_pages,
    "nested": lambda: nested(100_000),
    "looping_revisions": with_looping_revisions,
    "huge_size": with_huge_size,
    "bomb": bomb,
    "truncated": lambda: paper()[:-200],
    "only_a_header": lambda: b"%PDF-1.7\n",
    "html_in_front": lambda: b"<html><script>alert(1)</script></html>" + paper(),
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4_000,
}
