"""Progress on standard error, only where a person looks at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from testimonia.reading import Step


@contextmanager
def counting(what: str) -> Iterator[Callable[[], None]]:
    """A function to call once for each thing that is done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} " + what), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)


@contextmanager
def reading() -> Iterator[Callable[[Step], None]]:
    """A function that shows each step of a run, and a line for each refused file."""
    from testimonia.cli.safe import complain, in_line, one_line

    if not sys.stderr.isatty():
        yield lambda step: complain(f"Refused: {step.refused}") if step.refused else None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(step: Step) -> None:
            if step.refused:
                bar.console.print(in_line(f"Refused: {step.refused}"), markup=False, highlight=False)
            where = f" {one_line(step.where[-40:])}" if step.where else ""
            bar.update(task, completed=step.files, total=step.of, description=f"{step.stage}{where}")

        yield show
