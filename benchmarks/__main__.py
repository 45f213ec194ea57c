"""Both benchmarks, their tables on standard output and in ``benchmarks/results/``."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

import testimonia
from benchmarks import accuracy, speed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--data", default=os.environ.get("TESTIMONIA_DATA"), help="folder with data/ and score/ (TESTIMONIA_DATA)"
    )
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results", help="folder for the tables")
    parser.add_argument("--page", type=Path, help="write the tables as a Markdown page too (docs/accuracy.md)")
    parser.add_argument(
        "--set-floors", action="store_true", help="write what is reached now into floors.yml, also where it is lower"
    )
    args = parser.parse_args()
    data = Path(args.data) if args.data else None
    scores, kept = accuracy.measure(data, set_floors=args.set_floors)
    tables = [scores, speed.measure(data)]
    head = f"Testimonia {testimonia.__version__}, {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC"
    args.results.mkdir(parents=True, exist_ok=True)
    file = args.results / f"{testimonia.__version__}-{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S}.txt"
    file.write_text("\n\n".join([head, *(t.text() for t in tables)]) + "\n", encoding="utf-8")
    print(f"written to {file}")
    if args.page:
        intro = (Path(__file__).parent / "page.md").read_text(encoding="utf-8")
        args.page.write_text(
            "\n\n".join([intro.rstrip(), *(t.markdown() for t in tables), head]) + "\n", encoding="utf-8"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
