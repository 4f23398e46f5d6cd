"""Which modules a module needs before it can run."""

import posixpath
import re
from collections.abc import Mapping
from typing import Protocol

# `import x from './y.js'` and `export x from './y.js'`; an `import('./y.js')` is fetched only when it is called.
_NEEDED = re.compile(rb"""^(?:import|export)\b[^'"()]*?['"](\.{1,2}/[^'"]+)['"]""", re.MULTILINE)
_NEEDED_PACKED = re.compile(rb"""\bfrom\s*["'](\.{1,2}/[^"']+)["']""")


class HasBody(Protocol):
    """A file."""

    @property
    def body(self) -> bytes:
        """Its bytes."""


def imported_by(files: Mapping[str, HasBody], entry: str) -> list[str]:
    """The module `entry` and all that it imports, itself or through others; files that are not there are left out."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found or name not in files:
            continue
        found[name] = None
        body = files[name].body
        for target in sorted({*_NEEDED.findall(body), *_NEEDED_PACKED.findall(body)}):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), target.decode())))
    return list(found)
