"""The front end's source: whole, layered, and free of what the policy would block."""

import hashlib
import re

from services.portal.pages.assets import WEB, Assets

SOURCES = sorted(path for path in WEB.rglob("*.js") if "vendor" not in path.relative_to(WEB).parts)
NAMED = re.compile(r'(?:href|src)="/assets/\w+/([^"]+\.(?:js|mjs|css))"')


def test_only_two_modules_make_requests() -> None:
    making = re.compile(r"(?<!\.)\bfetch\(['`a-z]+, \{|new XMLHttpRequest|sendBeacon|EventSource|WebSocket")
    makers = [path.relative_to(WEB).as_posix() for path in SOURCES if making.search(path.read_text())]
    assert makers == ["lib/api.js", "lib/send-form.js"]


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
    first = set(NAMED.findall(assets.document("face", face="portal", title="Portal", session="none")))
    packed = {name: len(await asset.packed()) for name in first if (asset := assets.find(name))}
    assert set(packed) == first
    assert "portal/main.js" in first
    assert sum(packed.values()) <= 80_000, sorted(packed.items(), key=lambda one: -one[1])[:10]
