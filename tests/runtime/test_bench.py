"""The benchmarks keep up with what they measure: each of their programs can still be loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What it renders with is installed by whoever wants the comparison.
ELSEWHERE = {"bench.limits.weasyprint_page", "bench.__main__"}
MODULES = sorted(".".join(file.relative_to(ROOT).with_suffix("").parts) for file in (ROOT / "bench").rglob("*.py"))


def test_the_benchmarks_tell_how_they_are_run() -> None:
    told = subprocess.run([sys.executable, "-m", "bench", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "B7" in told.stdout


@pytest.mark.parametrize("module", [module for module in MODULES if module not in ELSEWHERE])
def test_a_program_of_the_benchmarks_can_be_loaded(module: str) -> None:
    loaded = subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, capture_output=True, text=True)
    assert loaded.returncode == 0, loaded.stderr
