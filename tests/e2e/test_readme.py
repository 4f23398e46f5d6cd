"""The README's tour works as it stands there."""

import re
import subprocess
from pathlib import Path

from tests.e2e.stack import ROOT, Stack

TOUR = re.compile(r"<!-- story -->\n```sh\n(.*?)```", re.DOTALL)


def test_the_tour_by_curl_can_be_pasted_into_a_shell(stack: Stack, tmp_path: Path) -> None:
    (tour,) = TOUR.findall((ROOT / "README.md").read_text())
    script = "set -euo pipefail\n" + tour.replace("http://localhost:8080", stack.url)
    told = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-2000:]
    assert "paid" in told.stdout.splitlines()
    assert '"status":"signed"' in told.stdout
    assert '"status":"completed"' in told.stdout


def test_every_file_that_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
