"""Cases are written with what is to be found in braces; nested ones stand in nested braces."""

from __future__ import annotations


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its braces, and where they stood, outer before inner."""
    spans: list[tuple[int, int]] = []
    plain, opened = "", []
    for char in text:
        if char == "{":
            opened.append(len(plain))
        elif char == "}":
            spans.append((opened.pop(), len(plain)))
        else:
            plain += char
    return plain, sorted(spans, key=lambda s: (s[0], -s[1]))
