"""The worker's side of chassis.typesetting: compiles Typst templates with warm fonts and compilers."""

import base64
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chassis.worker_child import JsonObject

if TYPE_CHECKING:
    import typst


def typeset(job: JsonObject, _: bytes) -> tuple[JsonObject, bytes]:
    """The job behind `Typesetter.pdf`."""
    files = {str(name): base64.b64decode(content) for name, content in dict(job["files"]).items()}  # type: ignore[call-overload]
    return {}, compile_here(Path(str(job["dir"])), str(job["name"]), str(job["data"]), files)


def compile_here(template_dir: Path, name: str, data: str, files: Mapping[str, bytes]) -> bytes:
    """Compile in the calling process, which must be a worker: Typst blocks and its memory stays."""
    if not files:
        return _pdf(_compiler(template_dir), template_dir / name, data)
    with tempfile.TemporaryDirectory(prefix="portico-typst-") as place:
        root = Path(place)
        shutil.copytree(template_dir, root, dirs_exist_ok=True)
        for file, content in files.items():
            (root / Path(file).name).write_bytes(content)
        return _pdf(_new_compiler(root), root / name, data)


def _pdf(compiler: "typst.Compiler", source: Path, data: str) -> bytes:
    pdf = compiler.compile(input=source, sys_inputs={"data": data}, format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no document")
    return pdf


@lru_cache(maxsize=8)
def _compiler(template_dir: Path) -> "typst.Compiler":
    return _new_compiler(template_dir)


def _new_compiler(root: Path) -> "typst.Compiler":
    import typst

    return typst.Compiler(root=root, font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts()
