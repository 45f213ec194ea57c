"""Markdown: marks off, structure kept, front matter read."""

from __future__ import annotations

import pytest
from sources.checks import passages, read

TEXT = """---
title: "The green book"
author: Anton Brill
publisher: Coast Press
date: 1938-05-02
tags:
  - Memoirs
  - Ports
draft: false
---

# The green book

I have been *asked* about the [green **book**](http://e.example/a_(b)) for
twenty years\\*, says `the_author` of snake_case.

> He wrote:
> “It is **not** here.”
>
> > Nor there.

- one
- two
  - three

1. first

Under me
--------

    code  stays *so*

```
fenced
```

![a plan](p.png) &amp; more<br/>

***

[ref]: http://e.example
"""


def test_structure_and_front_matter() -> None:
    (document,) = read(TEXT, "text/markdown")
    assert passages(document) == [
        ("heading", 1, "The green book"),
        ("paragraph", 0, "I have been asked about the green book for\ntwenty years*, says the_author of snake_case."),
        ("blockquote", 1, "He wrote:\n“It is not here.”"),
        ("blockquote", 2, "Nor there."),
        ("list", 1, "one"),
        ("list", 1, "two"),
        ("list", 2, "three"),
        ("list", 1, "first"),
        ("heading", 2, "Under me"),
        ("preformatted", 0, "code  stays *so*"),
        ("preformatted", 0, "fenced"),
        ("paragraph", 0, "a plan & more"),
        ("paragraph", 0, "***"),
    ]
    assert (document.title, document.byline, document.publisher) == ("The green book", "Anton Brill", "Coast Press")
    assert (document.date, document.categories) == ("1938-05-02", ("Memoirs", "Ports"))
    stated = {s.field: TEXT[s.start : s.end] for s in document.stated}
    assert stated["date"] == "1938-05-02"
    assert stated["title"] == "The green book"


def test_words_lead_back_over_the_marks() -> None:
    (document,) = read(TEXT, "text/markdown")
    at = document.text.index("green book for")
    start, end = document.offsets.to_source(at, at + len("green book for"))
    assert TEXT[start:end] == "green **book**](http://e.example/a_(b)) for"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"),
        ("**bold and *both***", "bold and both"),
        ("[not a link] (x) and [one][ref]", "[not a link] (x) and one"),
        ("<https://e.example/x> and <b>bold</b> and a < b", "https://e.example/x and bold and a < b"),
        ("a\r\nb  \r\nc", "a\nb\nc"),
        ("\\# no heading", "# no heading"),
        ("---\nno: front matter", "---\n\nno: front matter"),
        ("> quoted\nlazily", "quoted\nlazily"),
    ],
)
def test_inline_marks(text: str, words: str) -> None:
    (document,) = read(text, "text/markdown")
    assert document.text == words


def test_posts_under_one_another_are_texts() -> None:
    body = "Words of one text, which go on for a good while until they count. " * 4
    documents = read(
        f"# One\n\nMay 3, 2001 by Ann Lind\n\n{body}\n\n## Part\n\n{body}\n\n# Two\n\nMay 9, 2001\n\n{body}",
        "text/markdown",
    )
    assert [(d.title, d.date) for d in documents] == [("One", "2001-05-03"), ("Two", "2001-05-09")]
