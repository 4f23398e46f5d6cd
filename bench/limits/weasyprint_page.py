"""Peer of B5: WeasyPrint on the printable page; `python bench/limits/weasyprint_page.py PAGE COUNT` tells milliseconds.

It runs in whatever Python has WeasyPrint, and imports nothing of ours.
"""

import json
import sys
import time
from pathlib import Path

import weasyprint


def main() -> None:
    """Render once to be warm, then count."""
    html, count = Path(sys.argv[1]).read_text(), int(sys.argv[2])
    weasyprint.HTML(string=html).write_pdf()
    took = []
    for _ in range(count):
        began = time.perf_counter()
        weasyprint.HTML(string=html).write_pdf()
        took.append((time.perf_counter() - began) * 1000)
    print(json.dumps(took))


if __name__ == "__main__":
    main()
