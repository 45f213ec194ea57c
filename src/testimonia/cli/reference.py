"""The page on the commands, made from their help: ``python -m testimonia.cli.reference > docs/commands.md``."""

from __future__ import annotations

from typing import Any

from typer.main import get_command

from testimonia.cli.commands import app

_HEAD = """# The commands

Made from `--help` by `python -m testimonia.cli.reference > docs/commands.md`.

Exit status: 0 when all went well; 1 when something was refused, or `verify` found what does not hold; 2 when an option,
a file or the base cannot be used; 130 after Ctrl-C. Errors are a sentence on standard error.
"""
_WIDTH = 100


def page() -> str:
    """The page in Markdown."""
    group: Any = get_command(app)
    context = group.context_class(group, info_name="testimonia", terminal_width=_WIDTH)
    parts = [_HEAD, _block(group.get_help(context))]
    for name, command in group.commands.items():
        inner = group.context_class(command, info_name=name, parent=context, terminal_width=_WIDTH)
        parts += [f"## {name}\n", _block(command.get_help(inner))]
    return "\n".join(parts)


def _block(words: str) -> str:
    lines = (line.rstrip() for line in words.splitlines())
    return "```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
