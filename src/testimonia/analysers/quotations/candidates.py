"""What may be an indirect quotation: a cue in a sentence's tree, with what hangs on it as content and as source."""

from __future__ import annotations

from dataclasses import dataclass

from testimonia.analysers.quotations.lexicon import Lexicon
from testimonia.analysers.quotations.nominals import Subject, noun_phrase, subject
from testimonia.analysers.syntax import Tree

_CLAUSAL = ("ccomp", "xcomp", "csubj")
_OBJECTS = ("obj", "iobj")
_LENGTHS = (1, 2, 4, 8, 16, 32)  # tokens from which on a content counts as one longer
_LOWEST = 2  # letters or digits of a content


@dataclass(slots=True)
class Candidate:
    """Token numbers of one tree. ``content`` may have gaps; ``source`` is the first and last token of a noun phrase.

    ``frame`` names how the content hangs on the cue: clause, clause without "that", parenthesis, infinitive, matter,
    with (a preposition), as, naming, noun, phrase.
    """

    tree: Tree
    cue: list[int]
    frame: str
    content: list[int]
    head: int  # of the content
    source: tuple[int, int] | None = None
    lemma: str = ""
    link: str = ""  # the small word between cue and content
    passive: bool = False
    person: int | None = None  # the one addressed, accused or described
    by: str = "tree"  # what proposed it: the tree, the order of words, or both

    @property
    def length(self) -> int:
        """How long the content is, in steps."""
        return sum(len(self.content) >= n for n in _LENGTHS)


class Candidates:
    """Goes through a tree once and lists the candidates, cue after cue."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def find(self, tree: Tree) -> list[Candidate]:
        found: list[Candidate] = []
        for i, tag in enumerate(tree.tag):
            if tag.startswith("VB"):
                found.extend(self._verb(tree, i))
            elif tag.startswith("NN") or tag == "JJ":
                found.extend(self._noun(tree, i))
        found.extend(self._phrases(tree))
        return [c for c in found if sum(len(tree.lower[k]) for k in c.content if tree.rel[k] != "punct") >= _LOWEST]

    # verbs

    def _verb(self, tree: Tree, i: int) -> list[Candidate]:
        particle = tree.child(i, "compound:prt")
        cue = [i] if particle is None else [i, particle]
        lemma = self.lexicon.lemma(tree.lower[i])
        if particle is not None:
            lemma += " " + tree.lower[particle]
        own = subject(tree, i)
        passive = own is not None and own.passive
        source = self._speaker(tree, i, own)
        if passive and own is not None and own.expletive and source is None:
            return []  # it was said that: nobody says it
        return [Candidate(tree, cue, frame, content, head, source, lemma, link, passive, person)
                for frame, content, head, link, person in self._contents(tree, i, passive)]  # fmt: skip

    def _speaker(self, tree: Tree, i: int, own: Subject | None) -> tuple[int, int] | None:
        """The subject of the verb ``i``; of a passive whoever "by" names."""
        if own is None:
            return None
        if own.passive:
            agent = tree.child(i, "obl:agent")
            return noun_phrase(tree, agent, without_case=True) if agent is not None else None
        return None if own.expletive else noun_phrase(tree, own.token)

    def _contents(self, tree: Tree, i: int, passive: bool) -> list[tuple[str, list[int], int, str, int | None]]:
        """(frame, content, its head, the small word before it, the person in between)."""
        found: list[tuple[str, list[int], int, str, int | None]] = []
        person = tree.child(i, *_OBJECTS)
        for c in tree.all(i, *_CLAUSAL):
            mark = tree.child(c, "mark")
            word = tree.lower[mark] if mark is not None and mark < c else ""
            if self._is_infinitive(tree, c):
                if tree.lower[i] not in self.lexicon.words.auxiliaries:
                    found.append(("infinitive", self._beyond(tree, c, i), c, "to", person))
            elif tree.rel[c] == "xcomp":
                found.extend(self._predicate(tree, i, c, person, passive))
            else:
                frame = "clause" if word == "that" else "bare"
                found.append((frame, self._beyond(tree, c, i), c, word, person))
        if tree.rel[i] == "parataxis" and tree.head[i] >= 0 and not tree.child(i, "ccomp"):
            around = self._around(tree, tree.head[i], i)
            if around:
                found.append(("parenthesis", around, tree.head[i], "", person))
        obj = tree.child(i, "obj")
        found.extend(self._to_somebody(tree, i, obj))
        if obj is not None and not any(f[0] in ("clause", "bare") for f in found):
            found.append(("matter", self._below(tree, obj), obj, "", None))
        found.extend(self._obliques(tree, i, obj, passive))
        return found

    def _to_somebody(self, tree: Tree, i: int, obj: int | None) -> list[tuple[str, list[int], int, str, int | None]]:
        """Ordered X to …, accused X of Y, where the tree hangs "to …" and "of Y" on X or beside it."""
        frames = self.lexicon.verbs.get(tree.lower[i], frozenset())
        found: list[tuple[str, list[int], int, str, int | None]] = []
        if obj is None:
            return found
        for c in [*tree.all(obj, "acl", "nmod", "advcl"), *tree.all(i, "advcl")]:
            small = next((k for k in tree.children[c] if tree.rel[k] in ("case", "mark") and obj < k < c), None)
            word = tree.lower[small] if small is not None else ""
            if word == "to" and "addressed" in frames:
                found.append(("infinitive", self._below(tree, c), c, word, obj))
            elif f"person:{word}" in frames and tree.head[c] == obj:
                found.append(
                    ("with", [k for k in self._below(tree, c) if small is not None and k > small], c, word, obj)
                )
        return found

    def _is_infinitive(self, tree: Tree, c: int) -> bool:
        return any(tree.rel[k] == "mark" and tree.lower[k] == "to" for k in tree.children[c])

    def _predicate(
        self, tree: Tree, i: int, c: int, person: int | None, passive: bool
    ) -> list[tuple[str, list[int], int, str, int | None]]:
        """Called X a Y; considered X important; was considered a Y by X."""
        if passive:
            topic = tree.child(i, "nsubj:pass")
            lead = self._below(tree, topic) if topic is not None else []
            return [("naming", sorted({*lead, *self._below(tree, c)}), c, "", topic)]
        if person is None:
            return [("xcomp", self._beyond(tree, c, i), c, "", None)]
        lead = [] if tree.lower[person] in self.lexicon.words.reflexives else self._below(tree, person)
        return [("naming", sorted({*lead, *self._below(tree, c)}), c, "", person)]

    def _obliques(
        self, tree: Tree, i: int, obj: int | None, passive: bool
    ) -> list[tuple[str, list[int], int, str, int | None]]:
        """Warned of X, accused X of Y, described X as Y."""
        found: list[tuple[str, list[int], int, str, int | None]] = []
        for c in tree.all(i, "obl", "advcl", "xcomp", "advmod"):
            small = next((k for k in tree.children[c] if tree.rel[k] in ("case", "mark") and k < c), None)
            if small is None or c < i or (tree.lower[small] in ("by", "to") and tree.rel[c] == "advcl"):
                continue
            word = tree.lower[small]
            rest = [k for k in self._below(tree, c) if k > small]
            if word == "as" and (obj is not None or passive):
                topic = obj if obj is not None else tree.child(i, "nsubj:pass")
                reflexive = topic is not None and tree.lower[topic] in self.lexicon.words.reflexives
                lead = [] if topic is None or reflexive else self._below(tree, topic)
                if topic is not None and topic > i and lead:
                    lead.append(small)  # described X AS Y is one stretch; X was described as Y is two
                found.append(("as", sorted({*lead, *rest}), c, word, topic))
            elif tree.rel[c] in ("obl", "advcl") and word in self.lexicon.links:
                found.append(("with", rest, c, word, obj))
        return found

    def _below(self, tree: Tree, c: int) -> list[int]:
        low, high = tree.reach[c]
        return [k for k in range(low, high + 1) if tree.under(k, c)]

    def _beyond(self, tree: Tree, c: int, i: int) -> list[int]:
        """What hangs on ``c`` on its side of the cue ``i``, without the "that" before it."""
        tokens = [k for k in self._below(tree, c) if (k > i) == (c > i)]
        while tokens and c > i and tree.lower[tokens[0]] == "that" and tree.rel[tokens[0]] == "mark":
            tokens = tokens[1:]
        return tokens

    def _around(self, tree: Tree, c: int, i: int) -> list[int]:
        """The sentence around a parenthesis with the cue ``i``."""
        return [k for k in self._below(tree, c) if not tree.under(k, i)]

    # nouns

    def _noun(self, tree: Tree, i: int) -> list[Candidate]:
        lower = tree.lower[i]
        if lower not in self.lexicon.nouns:
            return []
        found: list[Candidate] = []
        for c in tree.all(i, "acl", "ccomp", "acl:relcl"):
            mark = tree.child(c, "mark")
            if mark is not None and tree.lower[mark] in ("that", "whether", "to") and c > i:
                frame = "noun" if tree.lower[mark] != "to" else "noun to"
                content = self._below(tree, c)
                if tree.lower[mark] == "that":
                    content = [k for k in content if k > mark]
                found.append(Candidate(tree, [i], frame, content, c, None, lower, tree.lower[mark]))
        for c in tree.all(i, "nmod"):
            small = tree.child(c, "case")
            if small is not None and c > i and tree.lower[small] in ("of", "for", "in"):
                content = [k for k in self._below(tree, c) if k > small]
                found.append(Candidate(tree, [i], "noun of", content, c, None, lower, tree.lower[small]))
        head = tree.head[i]
        if tree.rel[i] == "nsubj" and head >= 0 and tree.child(head, "cop") is not None:
            mark = tree.child(head, "mark")
            if mark is not None and mark > i and tree.lower[mark] == "that":
                content = [k for k in self._below(tree, head) if k > mark]
                found.append(Candidate(tree, [i], "noun is", content, head, None, lower, "that"))
        for candidate in found:
            candidate.source = self._owner(tree, i, candidate)
        return found

    def _owner(self, tree: Tree, i: int, c: Candidate) -> tuple[int, int] | None:
        """Whose claim it is: his claim, the mayor's claim, the claim of critics, they made the claim."""
        owner = tree.child(i, "nmod:poss")
        if owner is not None:
            return noun_phrase(tree, owner, without_case=True)
        for k in tree.all(i, "nmod"):
            small = tree.child(k, "case")
            if small is not None and tree.lower[small] in ("of", "by", "from") and k not in c.content:
                return noun_phrase(tree, k, without_case=True)
        head = tree.head[i]
        if tree.rel[i] in ("obj", "obl") and head >= 0 and tree.tag[head].startswith("VB"):
            found = subject(tree, head)
            if found is not None and not found.passive and not found.expletive:
                return noun_phrase(tree, found.token)
        return None

    # according to

    def _phrases(self, tree: Tree) -> list[Candidate]:
        found: list[Candidate] = []
        for i, lower in enumerate(tree.lower):
            for phrase in self.lexicon.phrases.get(lower, ()):
                if tuple(tree.lower[i : i + len(phrase)]) == phrase and i + len(phrase) < len(tree):
                    candidate = self._phrase(tree, i, i + len(phrase))
                    if candidate is not None:
                        found.append(candidate)
                    break
        return found

    def _phrase(self, tree: Tree, first: int, after: int) -> Candidate | None:
        """According to X: X is what the words before it introduce; the content is the rest of their clause."""
        head = next((k for k in self._up(tree, after) if tree.head[k] < first or tree.head[k] > tree.reach[k][1]), None)
        if head is None or tree.head[head] < 0:
            return None
        source = noun_phrase(tree, head, without_case=True, first=after)
        if source is None:
            return None
        above = tree.head[head]
        content = [k for k in self._below(tree, above) if not tree.under(k, head) and not first <= k <= source[1]]
        return Candidate(
            tree, list(range(first, after)), "phrase", content, above, source, " ".join(tree.lower[first:after])
        )

    def _up(self, tree: Tree, i: int) -> list[int]:
        way = [i]
        while tree.head[way[-1]] >= 0:
            way.append(tree.head[way[-1]])
        return way
