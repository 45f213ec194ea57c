"""The commands in the order in which a person meets them, and how errors are told."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import testimonia
from testimonia.cli import chronicle, judgements, questions, streams, work
from testimonia.cli.safe import complain
from testimonia.errors import Refused, TestimoniaError

OK, REFUSED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
_UsageError: type[Exception] = typer.BadParameter.__mro__[2]  # Typer has it under another name in each version


class _Told(TyperGroup):
    """A group of commands whose errors are sentences, never tracebacks."""

    def invoke(self, ctx: Any) -> Any:
        with told():
            result = super().invoke(ctx)
            sys.stdout.flush()  # here, so that a closed pipe is noticed while it can be answered
            return result


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turns errors into a sentence on standard error and an exit status."""
    try:
        yield
    except TestimoniaError as error:
        complain(str(error))
        raise typer.Exit(REFUSED if isinstance(error, Refused) else UNUSABLE) from None
    except KeyboardInterrupt:
        complain("Interrupted. What was finished is kept; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read the output has had enough
        _forget_output()
        raise typer.Exit(OK) from None
    except (OSError, MemoryError) as error:
        complain(f"{getattr(error, 'filename', None) or 'this machine'}: {_reason(error)}")
        raise typer.Exit(UNUSABLE) from None
    except (typer.Exit, typer.Abort, _UsageError):
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets a sentence, not a traceback
        complain(f"This is a fault in Testimonia, please report it: {type(error).__name__}: {error}"[:500])
        raise typer.Exit(UNUSABLE) from None


def _reason(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory. Try fewer --jobs, or a part of the input."
    if error.errno == errno.ENOSPC:
        return "the disk is full. Make room and run the command again."
    return f"{error.strerror or error}."


def _forget_output() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=_Told,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    help="Whose words are these, where did they come from, and do the accounts agree?\n\n"
    "Begin with `testimonia demo`, or with your own files: `testimonia read FOLDER`.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"testimonia {testimonia.__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    pass


for command in (
    work.demo,
    work.read,
    questions.documents,
    questions.search,
    questions.quotations,
    chronicle.chronology,
    questions.actors,
    questions.copies,
    questions.conflicts,
    questions.trace,
    judgements.date,
    work.serve,
    work.report,
    work.verify,
    streams.analyse,
    streams.split,
):
    app.command()(command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app(prog_name="testimonia")
