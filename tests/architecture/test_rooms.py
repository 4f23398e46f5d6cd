"""The house rules that an import linter cannot see."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("auth", "projects", "billing", "portal", "notify")
EVERY_SERVICE_HAS = (
    "__init__.py",
    "main.py",
    "config.py",
    "dependencies.py",
    "rpc",
    "events.py",
    "consumers.py",
)
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|manager|base|misc)(_|\.|$)")
LONGEST_FILE = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def code() -> list[Path]:
    files = tracked("*.py", "*.js", "*.css", "*.proto", "*.sh", "*.yml")
    return [file for file in files if "vendor" not in file.parts]


def test_no_file_is_too_long() -> None:
    long = {str(f.relative_to(ROOT)): n for f in code() if (n := len(f.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_file_has_a_vague_name() -> None:
    assert [str(file.relative_to(ROOT)) for file in tracked("*.py", "*.js") if VAGUE.search(file.name)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_services_are_of_one_shape(service: str) -> None:
    room = ROOT / "services" / service
    missing = [name for name in EVERY_SERVICE_HAS if not (room / name).exists() and not (room / f"{name}.py").exists()]
    assert missing == [] or (service == "notify" and missing == ["events.py"])


def test_use_cases_never_commit() -> None:
    guilty = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in (ROOT / "services").rglob("service.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert guilty == []


def test_a_repository_is_used_by_its_own_feature_only() -> None:
    guilty = []
    for file in (ROOT / "services").rglob("*.py"):
        if "tests" in file.parts or "migrations" in file.parts or file.name == "main.py":
            continue
        own = ".".join(file.relative_to(ROOT).parent.parts)
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("services."):
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                for name in names:
                    if name.endswith(".repository") and name.rpartition(".")[0] != own:
                        guilty.append(f"{file.relative_to(ROOT)} uses {name}")
    assert guilty == []


def test_nothing_committed_names_this_machine_or_a_package_host() -> None:
    words = ["/" + "work/", "/" + "farm/", "files.python" + "hosted", "registry.npm" + "js", "pypi" + ".org"]
    pattern = "|".join(re.escape(word) for word in words)
    found = subprocess.run(
        ["git", "grep", "-nIE", rf"(^|[^A-Za-z0-9_.-])({pattern})", "--", ".", ":!*/vendor/*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert found.stdout == ""
