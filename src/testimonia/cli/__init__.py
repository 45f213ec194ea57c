"""The command line: one command a verb, no logic. Each module here imports what it needs only when a command runs."""

from testimonia.cli.commands import app, main

__all__ = ["app", "main"]
