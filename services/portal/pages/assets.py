"""The files of the web front end, held in memory and addressed by what they contain."""

import asyncio
import gzip
import hashlib
import html
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template

WEB = Path(__file__).resolve().parent.parent / "web"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
STYLES = ("tokens", "base", "controls", "components", "pages")
# Loaded with the first page; what is left out is loaded where it is used.
PRELOADED = ("lib/", "components/", "pages/", "vendor/preact-", "vendor/htm-")


@dataclass
class Asset:
    """One file."""

    body: bytes
    media_type: str
    _packed: bytes | None = None

    async def packed(self) -> bytes:
        """The file in gzip, packed at its first use in a thread: the largest takes a tenth of a second."""
        if self._packed is None:
            self._packed = await asyncio.to_thread(gzip.compress, self.body, 9)
        return self._packed


class Assets:
    """All files under `root` by their relative names, and the HTML documents that refer to them."""

    def __init__(self, root: Path = WEB) -> None:
        self._files = {
            path.relative_to(root).as_posix(): Asset(path.read_bytes(), MEDIA_TYPES[path.suffix])
            for path in sorted(root.rglob("*"))
            if path.suffix in MEDIA_TYPES
        }
        self._documents = {path.stem: path.read_text() for path in sorted((root / "html").glob("*.html"))}
        digest = hashlib.sha256()
        for name, asset in self._files.items():
            digest.update(name.encode() + b"\0" + asset.body)
        self.build = digest.hexdigest()[:12]

    @property
    def prefix(self) -> str:
        """Where this build's files are: the address changes with their content, so they may be kept for ever."""
        return f"/assets/{self.build}"

    def find(self, name: str) -> Asset | None:
        """A file by its relative name."""
        return self._files.get(name)

    def document(self, name: str, *, rows: str = "", **texts: str) -> str:
        """An HTML document with its addresses and texts filled in; texts are escaped, `rows` is HTML."""
        filled = {key: html.escape(text) for key, text in texts.items()}
        return Template(self._documents[name]).substitute(
            filled, assets=self.prefix, styles=self._styles, modules=self._modules, rows=rows
        )

    @cached_property
    def _styles(self) -> str:
        return "\n  ".join(f'<link rel="stylesheet" href="{self.prefix}/styles/{name}.css">' for name in STYLES)

    @cached_property
    def _modules(self) -> str:
        """One round trip for the whole module graph instead of one for each level of it."""
        names = [name for name in self._files if name.startswith(PRELOADED)]
        return "\n  ".join(f'<link rel="modulepreload" href="{self.prefix}/{name}">' for name in names)
