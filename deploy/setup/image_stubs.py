"""`image_stubs.py PYTHON`: builds the protobuf stubs inside an image, without type stubs."""

import sys
from pathlib import Path

import stubs

if __name__ == "__main__":
    stubs.ensure(Path(__file__).resolve().parents[2], Path(sys.argv[1]), typed=False)
