"""`make setup`: does nothing when all is current, and what it does is whole."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_setting_up_again_says_and_touches_nothing() -> None:
    run("deploy/setup")
    stub = ROOT / "generated" / "portico" / "events" / "v1" / "event_pb2.py"
    before = stub.stat().st_mtime_ns
    assert run("deploy/setup") == ""
    assert stub.stat().st_mtime_ns == before


def test_every_definition_has_typed_stubs() -> None:
    run("deploy/setup")
    for definition in (ROOT / "proto").rglob("*.proto"):
        stub = ROOT / "generated" / definition.relative_to(ROOT / "proto").with_suffix("")
        for ending in ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py"):
            assert stub.with_name(stub.name + ending).exists(), stub.name + ending


def test_a_subset_of_the_lock_keeps_its_hashes() -> None:
    subset = run("deploy/setup/subset.py", "requirements-dev.lock", "grpcio-tools", "protobuf").splitlines()
    names = [line.split("==")[0] for line in subset if "==" in line]
    assert names == ["grpcio-tools", "protobuf"]
    assert sum("--hash=sha256:" in line for line in subset) == len(subset) - len(names)


def test_make_alone_tells_what_there_is() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "run", "test", "check", "bench", "clean"):
        assert f"make {target}" in told
