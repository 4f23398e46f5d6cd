"""The typesetter makes PDFs of templates and data, and a bad document harms only itself."""

import asyncio
import io
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from pypdf import PdfReader

from chassis.typesetting import Typesetter
from chassis.worker import DeadlinePassed, JobFailed

TEMPLATES = Path(__file__).parent / "templates"


@pytest_asyncio.fixture
async def typesetter() -> AsyncIterator[Typesetter]:
    """A typesetter that ends with the test."""
    typesetter = Typesetter()
    yield typesetter
    await typesetter.close()


def text_of(pdf: bytes) -> str:
    """What a reader reads."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


async def letter(typesetter: Typesetter, title: str, text: str) -> str:
    return text_of(await typesetter.pdf(TEMPLATES, "letter.typ", {"title": title, "text": text}))


async def test_the_document_says_what_the_data_says(typesetter: Typesetter) -> None:
    assert "Grüße an Zoë" in await letter(typesetter, "Letter", "Grüße an Zoë")


async def test_one_process_makes_every_document(typesetter: Typesetter) -> None:
    await letter(typesetter, "First", "one")
    first = typesetter.worker.pid
    assert "two" in await letter(typesetter, "Second", "two")
    assert typesetter.worker.pid == first is not None


async def test_data_is_never_taken_for_markup_or_code(typesetter: Typesetter) -> None:
    hostile = '#read("/etc/passwd") $x$ *bold* #import "x.typ"'
    assert '#read("/etc/passwd") $x$ *bold* #import "x.typ"' in await letter(typesetter, "Letter", hostile)


async def test_a_picture_lies_beside_the_template(typesetter: Typesetter) -> None:
    png = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(png, "PNG")
    data = {"title": "Letter", "text": "with a picture", "picture": "stamp.png"}
    pdf = await typesetter.pdf(TEMPLATES, "letter.typ", data, files={"stamp.png": png.getvalue()})
    assert [image.image.size for image in PdfReader(io.BytesIO(pdf)).pages[0].images if image.image] == [(20, 10)]


async def test_a_document_past_its_deadline_is_unavailable_and_the_next_one_works(typesetter: Typesetter) -> None:
    await letter(typesetter, "Warm", "up")
    with pytest.raises(DeadlinePassed):
        await typesetter.pdf(TEMPLATES, "letter.typ", {"title": "", "text": "", "slow": True}, deadline=0.5)
    assert "again" in await letter(typesetter, "Letter", "again")


async def test_a_killed_worker_is_replaced_without_the_caller_noticing(typesetter: Typesetter) -> None:
    await letter(typesetter, "First", "one")
    pid = typesetter.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert "two" in await letter(typesetter, "Second", "two")


async def test_a_template_that_is_missing_is_an_error_of_ours(typesetter: Typesetter) -> None:
    with pytest.raises(JobFailed, match="No such file"):
        await typesetter.pdf(TEMPLATES, "absent.typ", {})


async def test_the_parent_never_loads_typst() -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from chassis.typesetting import Typesetter\n"
        "async def main():\n"
        "    typesetter = Typesetter()\n"
        f"    pdf = await typesetter.pdf(Path({str(TEMPLATES)!r}), 'letter.typ', {{'title': 'T', 'text': 'x'}})\n"
        "    await typesetter.close()\n"
        "    print(pdf[:5].decode(), 'typst' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script), stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": ":".join(sys.path)}
    )
    out, _ = await child.communicate()
    assert out.decode().split() == ["%PDF-", "False"]
