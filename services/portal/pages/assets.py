"""The files of the web front end, held in memory and addressed by what they contain."""

import asyncio
import gzip
import hashlib
import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import orjson

from chassis.http.languages import DEFAULT_LANGUAGE
from services.portal.pages.modules import imported_by

WEB = Path(__file__).resolve().parent.parent / "web"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# The clients' pages, the agency's, and those that need no script.
FACES = ("portal", "app", "site")
FIRST_STYLES = ("tokens", "base", "controls", "components")
FONT = "vendor/inter"
# Written for those who read the files; readers of pages need not fetch them.
_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)


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
    """All files under `root` by their relative names, and the HTML documents that refer to them.

    Beside the files as they lie there: each face's style sheets as one, `styles/{face}.css`, and its texts as a
    module, `locales/{language}/{face}.js`. With `watch` files that have changed are read again.
    """

    def __init__(self, root: Path = WEB, *, watch: bool = False) -> None:
        self._root, self._watch = root, watch
        self._read()

    @property
    def prefix(self) -> str:
        """Where this build's files are: the address changes with their content, so they may be kept for ever."""
        return f"/assets/{self.build}"

    def find(self, name: str) -> Asset | None:
        """A file by its relative name."""
        return self._files.get(name)

    @property
    def languages(self) -> Collection[str]:
        """Those that there are texts in."""
        return self._texts.keys()

    def document(
        self, name: str, *, face: str = "site", language: str = DEFAULT_LANGUAGE, rows: str = "", **texts: str
    ) -> str:
        """An HTML document with its addresses and texts filled in; texts are escaped, `rows` is HTML."""
        self._look_again()
        said = self._texts[language]["shared"]["document"] | self._words[language].get(name, {})
        filled = {key: html.escape(text) for key, text in (said | texts).items()}
        return Template(self._documents[name]).substitute(
            filled,
            assets=self.prefix,
            face=face,
            language=language,
            styles=f'<link rel="stylesheet" href="{self.prefix}/styles/{face}.css">',
            modules=self._preloads(face, language),
            rows=rows,
        )

    def words(self, language: str, name: str) -> dict[str, str]:
        """What a document says under `name`: see `html/en.json`."""
        self._look_again()
        words: dict[str, str] = self._words[language][name]
        return words

    def said(self, language: str, what: str) -> dict[str, str]:
        """Title and text of a page that says one thing."""
        self._look_again()
        said: dict[str, dict[str, str]] = self._words[language]["said"]
        return said.get(what, said["error"])

    def _look_again(self) -> None:
        if self._watch and self._stamp() != self._read_at:
            self._read()

    def _read(self) -> None:
        self._read_at = self._stamp()
        self._files = {
            path.relative_to(self._root).as_posix(): Asset(path.read_bytes(), MEDIA_TYPES[path.suffix])
            for path in sorted(self._root.rglob("*"))
            if path.suffix in MEDIA_TYPES
        }
        self._texts, self._words = self._in_each_language("locales"), self._in_each_language("html")
        self._documents = {path.stem: path.read_text() for path in sorted((self._root / "html").glob("*.html"))}
        self._files |= dict(self._sheets()) | dict(self._catalogues())
        self._graphs = {face: imported_by(self._files, f"{face}/main.js") for face in FACES}
        digest = hashlib.sha256()
        for name, asset in self._files.items():
            digest.update(name.encode() + b"\0" + asset.body)
        self.build = digest.hexdigest()[:12]

    def _in_each_language(self, folder: str) -> dict[str, Any]:
        return {path.stem: orjson.loads(path.read_bytes()) for path in sorted((self._root / folder).glob("*.json"))}

    def _stamp(self) -> tuple[int, int]:
        paths = list(self._root.rglob("*"))
        return len(paths), max(path.stat().st_mtime_ns for path in paths)

    def _sheets(self) -> Iterator[tuple[str, Asset]]:
        common = [name for name in self._files if name.startswith("styles/")]
        first = [f"styles/{name}.css" for name in FIRST_STYLES]
        for face in FACES:
            own = [name for name in self._files if name.startswith(f"{face}/") and name.endswith(".css")]
            rest = [name for name in common if name not in first]
            body = b"\n".join(_COMMENT.sub(b"", self._files[name].body) for name in (*first, *rest, *own))
            yield f"styles/{face}.css", Asset(body, MEDIA_TYPES[".css"])

    def _catalogues(self) -> Iterator[tuple[str, Asset]]:
        for language, texts in self._texts.items():
            # What stands in the document itself need not come twice.
            shared = {part: said for part, said in texts["shared"].items() if part != "document"}
            for face in ("portal", "app"):
                part = orjson.dumps({"shared": shared, face: texts[face]})
                yield f"locales/{language}/{face}.js", Asset(b"export default " + part, MEDIA_TYPES[".js"])

    def _preloads(self, face: str, language: str) -> str:
        """One round trip for the whole module graph instead of one for each level of it."""
        graph = self._graphs[face]
        names = [*graph, f"locales/{language}/{face}.js"] if graph else []
        return "\n  ".join(f'<link rel="modulepreload" href="{self.prefix}/{name}">' for name in names)
