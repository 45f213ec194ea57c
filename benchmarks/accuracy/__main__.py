from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from benchmarks.accuracy import measure

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=measure.__doc__)
    parser.add_argument(
        "--data", default=os.environ.get("TESTIMONIA_DATA"), help="folder with data/ and score/ (TESTIMONIA_DATA)"
    )
    parser.add_argument("--only", nargs="*", default=[], metavar="SET", help="names of sets; all when none is given")
    parser.add_argument(
        "--set-floors", action="store_true", help="write what is reached now into floors.yml, also where it is lower"
    )
    args = parser.parse_args()
    _, kept = measure(Path(args.data) if args.data else None, only=args.only, set_floors=args.set_floors)
    sys.exit(0 if kept else 1)
