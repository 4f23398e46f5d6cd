"""The web front end hangs together: every module is there, and every text in both languages and in use."""

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "services" / "portal" / "web"
MODULES = sorted(path for path in WEB.rglob("*.js") if "vendor" not in path.parts)
LAYERS = ("vendor", "lib", "components")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}/[^']+)'""")
KEY = re.compile(r"""\bt\(\s*'([\w.]+)'""")
# Keys are also put together: named('shared.states', status), t(`app.roles.${role}`), { name: 'app.shell.home' }.
PREFIX = re.compile(r"""[`']((?:shared|portal|app)(?:\.\w+)*)""")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FORMS = {"zero", "one", "two", "few", "many", "other"}


def texts_of(language: str) -> dict[str, str | dict[str, str]]:
    """Every text by its dotted key; those with plural forms as a dict."""

    def flat(tree: dict[str, object], at: str) -> Iterator[tuple[str, str | dict[str, str]]]:
        for name, value in tree.items():
            key = f"{at}.{name}".strip(".")
            if isinstance(value, dict) and not set(value) <= FORMS:
                yield from flat(value, key)
            else:
                yield key, value  # type: ignore[misc]

    return dict(flat(json.loads((WEB / "locales" / f"{language}.json").read_text()), ""))


def named_in(text: str | dict[str, str]) -> set[str]:
    """The placeholders of a text."""
    return set(PLACEHOLDER.findall(json.dumps(text, ensure_ascii=False)))


ENGLISH = texts_of("en")
GERMAN = texts_of("de")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_what_a_module_imports_is_there(module: Path) -> None:
    for target in IMPORT.findall(module.read_text()):
        assert (module.parent / target).resolve().is_file(), target


def layer(room: str) -> int:
    """How far to the right a room lies: each uses what lies to its left, the two faces not each other."""
    return LAYERS.index(room) if room in LAYERS else len(LAYERS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_module_uses_only_what_lies_to_its_left(module: Path) -> None:
    room = module.relative_to(WEB).parts[0]
    for target in IMPORT.findall(module.read_text()):
        reached = posixpath.normpath(posixpath.join(module.parent.relative_to(WEB).as_posix(), target)).split("/")[0]
        assert reached == room or layer(reached) < layer(room), target


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_every_text_that_a_module_asks_for_is_there(module: Path) -> None:
    asked = set(KEY.findall(module.read_text()))
    assert {key for key in asked if key not in ENGLISH} == set()


def test_both_languages_have_the_same_texts() -> None:
    assert set(ENGLISH) ^ set(GERMAN) == set()


def test_a_text_has_the_same_placeholders_in_both_languages() -> None:
    odd = [key for key in set(ENGLISH) & set(GERMAN) if named_in(ENGLISH[key]) != named_in(GERMAN[key])]
    assert odd == []


def test_every_text_is_in_use() -> None:
    said = "\n".join(path.read_text() for path in [*MODULES, *WEB.glob("html/*.html")])
    mentioned = {found.rstrip(".") for found in PREFIX.findall(said)}
    spare = [
        key
        for key in ENGLISH
        if not key.startswith("shared.document.")
        and not any(key == one or key.startswith(f"{one}.") for one in mentioned)
    ]
    assert spare == []
