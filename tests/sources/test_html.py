"""Web pages: the main text, its structure, and what the page states."""

from __future__ import annotations

import pytest
from sources.checks import passages, read

from testimonia.errors import Refused
from testimonia.text import Document


def page(text: str) -> Document:
    (document,) = read(text, "text/html")
    return document


ARTICLE = """<!doctype html><html lang="de-AT"><head><title>The mud &amp; the mayor | Orle Gazette</title>
<meta property="og:site_name" content="Orle Gazette"><meta name="author" content="By Jane Roe">
<meta property="article:published_time" content="2011-05-03T10:00:00+02:00">
<meta property="article:section" content="Harbour">
<link rel="canonical" href="https://gazette.example/mud"><style>p{color:red}</style></head>
<body><nav><a href="/">Home</a></nav><div class="sidebar"><p>Buy our mugs, they are large and they are blue.</p></div>
<main><h1>The mud &amp; the mayor</h1>
<p>The mayor&#8217;s   mud\r\nis <b>back</b>.</p><blockquote><p>“Mud,” he wrote, “is a state of mind.”</p></blockquote>
<ul><li>one<ul><li>two</li></ul></li></ul><figure><img src=x alt=y><figcaption>The mayor in mud</figcaption></figure>
<table><tr><th>Year</th><th>Tons</th></tr><tr><td>1902</td><td>40</td></tr></table>
<pre>  a  b
c</pre><p>First line<br>second line<br><br>new paragraph</p><script>var p = "<p>no</p>";</script></main>
<div id="comments"><p>First! I was in the mud before it was known.</p></div>
<footer>© Orle Gazette</footer></body></html>"""


def test_structure_and_facts_of_an_article() -> None:
    document = page(ARTICLE)
    assert passages(document) == [
        ("heading", 1, "The mud & the mayor"),
        ("paragraph", 0, "The mayor’s mud is back."),
        ("blockquote", 1, "“Mud,” he wrote, “is a state of mind.”"),
        ("list", 1, "one"),
        ("list", 2, "two"),
        ("caption", 0, "The mayor in mud"),
        ("paragraph", 0, "Year Tons"),
        ("paragraph", 0, "1902 40"),
        ("preformatted", 0, "a  b\nc"),
        ("paragraph", 0, "First line\nsecond line"),
        ("paragraph", 0, "new paragraph"),
    ]
    assert (document.title, document.byline, document.publisher) == ("The mud & the mayor", "Jane Roe", "Orle Gazette")
    assert (document.date, document.url, document.language) == ("2011-05-03", "https://gazette.example/mud", "de")
    assert document.categories == ("Harbour",)


def test_changed_characters_lead_back() -> None:
    document = page(ARTICLE)
    for words, origin in (("’s mud", "&#8217;s   mud"), ("is back", "is <b>back"), ("mud & the", "mud &amp; the")):
        at = document.text.index(words)
        start, end = document.offsets.to_source(at, at + len(words))
        assert ARTICLE[start:end] == origin


def test_what_json_states_is_believed() -> None:
    document = page(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], '
        '"headline": "H", "datePublished": "1999-12-31T23:00Z", "author": [{"name": "Ann Lind"}, {"name": "Bo Ek"}],'
        '"publisher": {"name": "The Star"}}]}</script><p>Words of the text.</p>'
    )
    assert (document.title, document.byline, document.publisher, document.date) == (
        "H", "Ann Lind, Bo Ek", "The Star", "1999-12-31",
    )  # fmt: skip


def test_visible_lines_are_read() -> None:
    document = page(
        "<h2>On kettles</h2><p>By Edith Parr</p><p>9 October 1954</p><p>The kettle has arrived at Hallam.</p>"
    )
    assert (document.title, document.byline, document.date) == ("On kettles", "Edith Parr", "1954-10-09")


def test_nothing_is_invented() -> None:
    document = page("<p>On 3 May 1911 the ledger was found by Jane Roe. Updated daily.</p>")
    assert (document.title, document.byline, document.publisher, document.date) == (None, None, None, None)


def test_containers_are_texts_and_teasers_are_not() -> None:
    body = "<p>" + "Words of one text of the page. " * 12 + "</p>"
    post = '<div class="post hentry"><h2 class="entry-title">'
    post += '<a href="http://e.example/{0}" rel="bookmark">Post {0}</a></h2>'
    post += '<div class="entry-meta">Posted on <abbr class="published" title="2010-01-0{0}">then</abbr> by '
    post += '<span class="author vcard">Ann Lind</span></div>' + body
    post += '<footer class="entry-meta"><a rel="category tag" href="/c">Mud</a></footer></div>'
    documents = read(
        "<h1 class=page-title>Archive for the ‘Harbour’ Category</h1>" + post.format(1) + post.format(2)
        + "<article><h3>A teaser</h3>More</article>",
        "text/html",
    )  # fmt: skip
    assert [(d.title, d.date, d.byline, d.url, d.categories) for d in documents] == [
        ("Post 1", "2010-01-01", "Ann Lind", "http://e.example/1", ("Harbour", "Mud")),
        ("Post 2", "2010-01-02", "Ann Lind", "http://e.example/2", ("Harbour", "Mud")),
    ]
    assert all("Posted on" not in d.text and "Mud" not in d.text for d in documents)


def test_headings_of_a_theme_part_texts_without_containers() -> None:
    body = "<p>" + "Words of one text of the page. " * 12 + "</p>"
    documents = read(
        f"<div id=content><h2 class=entry-title>One</h2>{body}<h3>Inside</h3>{body}"
        f"<h2 class=entry-title>Two</h2>{body}</div>",
        "text/html",
    )
    assert [(d.title, d.text.count("Inside")) for d in documents] == [("One", 1), ("Two", 0)]


def test_headings_with_bylines_part_texts_and_sections_do_not() -> None:
    body = "<p>" + "Words of one text of the page, which go on for a good while. " * 6 + "</p>"
    documents = read(
        f"<h2>The first text</h2><p>By Ann Lind</p><p>May 3, 2001</p>{body}<h2>A section of it</h2>{body}"
        f"<h2>The second text</h2><p>By Bo Ek</p><p>May 9, 2001</p>{body}",
        "text/html",
    )
    assert [(d.title, d.byline, d.date) for d in documents] == [
        ("The first text", "Ann Lind", "2001-05-03"), ("The second text", "Bo Ek", "2001-05-09"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>a < b & c &unknown; &#99999999999;</p>", "a < b & c &unknown; &#99999999999;"),
        ("<p>one<!-- two", "one"),
        ("<p>one<!-->two", "onetwo"),
        ('<p title="a>b">one</p>', "one"),
        ('<p title="a>one</p>', "one"),
        ("<p>one</P></div></span>two", "one\n\ntwo"),
        ("<p>one<p>two<li>three<li>four", "one\n\ntwo\n\nthree\n\nfour"),
        ("<div>" * 100_000 + "one", "one"),
        ("<b>" * 100_000 + "one" + "</i>" * 100_000, "one"),
        ("one<script>two</SCRIPT >three", "onethree"),
        ("<p>one<td>two</p>", "one\n\ntwo"),
        ("<p>&nbsp;</p><p>one&nbsp;</p>", "one\xa0"),
        ("<P HIDDEN>no</P><p style='display: none'>no</p>one", "one"),
    ],
)
def test_broken_markup(text: str, words: str) -> None:
    assert page(text).text == words


def test_a_page_of_markup_alone_is_refused() -> None:
    with pytest.raises(Refused, match="no text"):
        read("<html><script>var a</script><nav>Home</nav></html>", "text/html")
