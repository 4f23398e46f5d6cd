"""The front end's source: whole, layered, and free of what the policy would block."""

import hashlib
import re
from pathlib import Path, PurePosixPath

import pytest

from services.portal.pages.assets import PRELOADED, STYLES, WEB, Assets

LAYERS = ("vendor", "lib", "components", "pages", "")
SOURCES = sorted(path for path in WEB.rglob("*.js") if "vendor" not in path.relative_to(WEB).parts)
IMPORT = re.compile(r"""^(?:import|export) [^'\n]*from '([^']+)'|import\('([^']+)'\)""", re.MULTILINE)


def layer(path: Path) -> int:
    return LAYERS.index(path.relative_to(WEB).parts[0] if len(path.relative_to(WEB).parts) > 1 else "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_modules_import_only_what_exists_and_lies_to_their_left(path: Path) -> None:
    for name in (fixed or lazy for fixed, lazy in IMPORT.findall(path.read_text())):
        target = (path.parent / PurePosixPath(name)).resolve()
        assert target.is_file(), f"{path.name} imports {name}"
        assert layer(target) <= layer(path), f"{path.name} imports {name}, which lies to its right"


def test_only_the_api_module_makes_requests() -> None:
    makers = [
        path
        for path in SOURCES
        if re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon|EventSource|WebSocket", path.read_text())
    ]
    assert [path.name for path in makers] == ["api.js"]


def test_no_module_writes_html_or_inline_styles() -> None:
    for path in SOURCES:
        assert not re.search(r"innerHTML|dangerouslySet|insertAdjacentHTML|\bstyle=|\beval\(", path.read_text()), path


def test_vendored_files_are_those_that_were_pinned() -> None:
    vendor = WEB / "vendor"
    sums = dict(reversed(line.split("  ", 1)) for line in (vendor / "SHA256SUMS").read_text().splitlines())
    there = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert there == set(sums)
    for name, expected in sums.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == expected, name


def test_every_vendored_package_keeps_its_licence_and_its_version() -> None:
    for package in (path for path in (WEB / "vendor").iterdir() if path.is_dir()):
        assert (package / "LICENSE").is_file()
        assert re.search(r"-\d+\.\d+\.\d+$", package.name)


async def test_the_first_view_is_at_most_80_kb_packed() -> None:
    assets = Assets()
    names = [path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.suffix in (".js", ".mjs")]
    first = [name for name in names if name.startswith(PRELOADED)] + ["main.js"]
    first += [f"styles/{name}.css" for name in STYLES]
    packed = [len(await asset.packed()) for name in first if (asset := assets.find(name))]
    assert len(packed) == len(first)
    assert sum(packed) <= 80_000
