from __future__ import annotations

import argparse
import os
from pathlib import Path

from benchmarks.speed import measure

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=measure.__doc__)
    parser.add_argument(
        "--data", default=os.environ.get("TESTIMONIA_DATA"), help="folder with archive/ (TESTIMONIA_DATA)"
    )
    args = parser.parse_args()
    measure(Path(args.data) if args.data else None)
