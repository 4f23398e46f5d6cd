"""The protobuf stubs: built from proto/ into generated/, whole or not at all."""

import hashlib
import shutil
import subprocess
from pathlib import Path

RUNTIME = {"python": "", "grpc_python": ""}
TYPED = RUNTIME | {"mypy": "quiet:", "mypy_grpc": "quiet:"}


def ensure(root: Path, python: Path, *, again: bool = False, typed: bool = True) -> None:
    """Builds generated/ unless it was built from these very definitions by this very generator."""
    generated = root / "generated"
    stamp = generated / ".built-from"
    definitions = sorted((root / "proto").rglob("*.proto"))
    key = _key(root, definitions)
    if not again and stamp.exists() and stamp.read_text() == key:
        return
    print("Building the protobuf stubs ...", flush=True)
    fresh = root / ".generated-unfinished"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    _compile(root, python, definitions, into=fresh, plugins=TYPED if typed else RUNTIME)
    for directory in [path for path in fresh.rglob("*") if path.is_dir()]:
        (directory / "__init__.py").touch()
    (fresh / stamp.name).write_text(key)
    _swap(fresh, generated)


def _key(root: Path, definitions: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in (root / "requirements-dev.lock", Path(__file__), *definitions):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _compile(root: Path, python: Path, definitions: list[Path], *, into: Path, plugins: dict[str, str]) -> None:
    command = [str(python), "-m", "grpc_tools.protoc", f"--proto_path={root / 'proto'}"]
    command += [f"--{plugin}_out={options}{into}" for plugin, options in plugins.items()]
    # The mypy plugins are programs of the environment: protoc looks for them on the path.
    environment = {"PATH": f"{python.parent}:/usr/local/bin:/usr/bin:/bin"}
    subprocess.run([*command, *map(str, definitions)], env=environment, check=True)  # noqa: S603


def _swap(fresh: Path, generated: Path) -> None:
    old = generated.with_name(".generated-old")
    shutil.rmtree(old, ignore_errors=True)
    if generated.exists():
        generated.rename(old)
    fresh.rename(generated)
    shutil.rmtree(old, ignore_errors=True)
