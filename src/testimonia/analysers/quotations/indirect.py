"""Indirect quotations: what a verb, a noun or a phrase of reporting introduces inside one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia import language
from testimonia.analysers.quotations.candidates import Candidate, Candidates
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.edges import features as edges
from testimonia.analysers.quotations.edges import widened
from testimonia.analysers.quotations.ground import Clause, Ground
from testimonia.analysers.quotations.judge import Judge, features, is_listed, judge
from testimonia.analysers.quotations.nominals import noun_phrase, subject
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.analysers.quotations.surface import Surface
from testimonia.analysers.syntax import Tree, parser
from testimonia.text import Span

_BY_MARKS = frozenset(("utterance", "base"))  # frames that need quotation marks
_OPENING = "“‘\"'«„`(["
_CLOSING = "”’\"'»)]"


class Indirect:
    """Parses the clauses of a document in which a cue stands, and judges what may be a quotation in them."""

    def __init__(self, ground: Ground, speakers: Speakers) -> None:
        self.ground = ground
        self.words = ground.words
        self.speakers = speakers
        self.code = language.known(ground.document.language)
        self.parser = parser(self.code)
        self.finder = Candidates(ground.lexicon)
        self.surface = Surface(ground, speakers)

    def find(self) -> list[Draft]:
        if self.parser is None:
            return self._unparsed()
        found: list[Draft] = []
        scale = judge(self.code)
        for tree, drafts in self._trees():
            judged = [(scale.saying(self._features(c)), c) for c in self._proposed(tree, drafts)]
            for p, c in self._chosen([(p, c) for p, c in judged if p >= scale.threshold], scale):
                draft = self._draft(p, c)
                if draft is not None:
                    found.append(draft)
        return sorted(found, key=lambda d: (d.start, -d.end))

    def _unparsed(self) -> list[Draft]:
        """By the order of words alone, for a language without a parser."""
        found = [draft for clause in self.ground.clauses for draft in self.surface.find(clause)]
        for draft in found:
            draft.confidence, draft.reason = 0.5, self.ground.lexicon.reasons.get(draft.reason, draft.reason)
        return found

    def candidates(self) -> Iterator[tuple[Candidate, list[Span], list[Span], list[str], list[str]]]:
        """Every candidate with its spans, cue and features: what the judge is trained on."""
        for tree, drafts in self._trees():
            proposed = self._proposed(tree, drafts)
            for cue in sorted({c.cue[0] for c in proposed}):
                same = [c for c in proposed if c.cue[0] == cue]
                for c in widened(same):
                    spans = self.spans(c)
                    if spans:
                        yield c, spans, self._cue(c), self._features(c), self._edges(c)

    def _trees(self) -> Iterator[tuple[Tree, list[Draft]]]:
        """The trees of the clauses with a cue, and what the order of words proposes in each."""
        if self.parser is None:
            return
        clauses = [c for c in self.ground.clauses if self._has_cue(c)]
        parsed = self.parser.parse(self.ground.text, [Span(c.start, c.end) for c in clauses])
        for clause, trees in zip(clauses, parsed, strict=True):
            drafts = self.surface.find(clause)
            for tree in trees:
                yield tree, [d for d in drafts if tree.start <= d.cue[0].start < tree.end]

    def _proposed(self, tree: Tree, drafts: list[Draft]) -> list[Candidate]:
        """The candidates of the tree and those of the order of words, each content of a cue once."""
        found = self.finder.find(tree)
        places = {(c.cue[0], tuple(self.spans(c))): c for c in found}
        for draft in drafts:
            c = self._as_candidate(tree, draft)
            if c is None:
                continue
            same = places.get((c.cue[0], tuple(self.spans(c))))
            if same is not None:
                same.by = "both"
                same.source = _wider(same.source, c.source)
            else:
                self._take_subject(c)
                found.append(c)
        return found

    def _take_subject(self, c: Candidate) -> None:
        """The subject in the tree, where there is one, is better than the words before a verb."""
        if c.frame in ("phrase", "noun") or c.tree.tag[c.cue[0]] == "VBN":
            return
        own = subject(c.tree, c.cue[0])
        if own is not None and not own.passive and not own.expletive:
            c.source = _wider(noun_phrase(c.tree, own.token), c.source)

    def _as_candidate(self, tree: Tree, draft: Draft) -> Candidate | None:
        cue = tree.within(draft.cue[0].start, draft.cue[-1].end)
        content = [k for span in draft.spans for k in tree.within(span.start, span.end)]
        if not cue or not content:
            return None
        inside = set(content)
        head = next(
            (k for k in content if tree.head[k] not in inside and tree.rel[k] not in ("punct", "mark", "cc")),
            content[0],
        )
        source = tree.within(draft.source.start, draft.source.end) if draft.source is not None else []
        lemma = tree.lower[cue[0]] if draft.reason == "noun" else self.ground.lexicon.lemma(tree.lower[cue[0]])
        if draft.reason == "phrase":
            lemma = " ".join(tree.lower[k] for k in cue)
        before = tree.lower[content[0] - 1] if content[0] else ""
        place = (source[0], source[-1]) if source else None
        return Candidate(tree, cue, draft.reason, content, head, place, lemma, before, by="order")

    def _has_cue(self, clause: Clause) -> bool:
        """Whether a word stands in the clause that may introduce a quotation: only such clauses are parsed."""
        lower, lexicon = self.words.lower, self.ground.lexicon
        for i in range(clause.first, clause.last):
            word = lower[i]
            if word in lexicon.pairs or word in lexicon.phrases:
                return True
            frames = lexicon.verbs.get(word)
            if frames and not frames <= _BY_MARKS:
                return True
            if word in lexicon.nouns and i + 1 < clause.last and lower[i + 1] in lexicon.words.after_nouns:
                return True
        return False

    def _features(self, c: Candidate) -> list[str]:
        return features(c, self.ground.lexicon, self._kind_of)

    def _edges(self, c: Candidate) -> list[str]:
        return edges(c, is_listed(c, self.ground.lexicon))

    def _kind_of(self, start: int, end: int) -> str:
        mentions = self.ground.mentions_in(start, end)
        actor = self.ground.actors.get(mentions[-1].actor) if mentions else None
        return actor.kind if actor is not None else ""

    def _chosen(self, judged: list[tuple[float, Candidate]], scale: Judge) -> list[tuple[float, Candidate]]:
        """For each cue the content that fits best; a verb leaves the content to a noun of saying that is its object."""
        best: dict[int, tuple[float, Candidate]] = {}
        for cue in sorted({c.cue[0] for _, c in judged}):
            same = [(p, c) for p, c in judged if c.cue[0] == cue]
            fits = max(widened([c for _, c in same]), key=lambda c: scale.fitting(self._edges(c)))
            best[cue] = (max(p for p, _ in same), fits)
        nouns = {cue for cue, (_, c) in best.items() if c.frame.startswith("noun")}
        chosen = [(p, c) for p, c in best.values() if not (c.frame in ("matter", "with") and c.head in nouns)]
        for _, c in chosen:
            self._share_source(c, [other for _, other in chosen])
        return chosen

    def _share_source(self, c: Candidate, others: list[Candidate]) -> None:
        """She said that it was closed and warned that …: where the content ends before "and", the speaker goes on."""
        tree, cue = c.tree, c.cue[0]
        if tree.rel[cue] != "conj" or tree.child(cue, "nsubj", "nsubj:pass") is not None:
            return
        before = [o for o in others if o.cue[0] < cue and tree.head[cue] in o.content and cue not in o.content]
        if before:
            c.source = before[-1].source

    def _draft(self, p: float, c: Candidate) -> Draft | None:
        spans = self.spans(c)
        if not spans or (c.frame == "matter" and self._is_name(spans)) or self._leads_to_marks(c, spans):
            return None
        draft = Draft("indirect", spans, self._cue(c), self._source(c))
        draft.confidence = round(p, 3)
        draft.reason = self.ground.lexicon.reasons.get(c.frame, c.frame)
        return draft

    def _leads_to_marks(self, c: Candidate, spans: list[Span]) -> bool:
        """According to her book, The Mill: “…”: what stands before the colon is not what was said."""
        if c.frame != "phrase":
            return False
        after = self.ground.text[spans[-1].end : spans[-1].end + 4].strip()
        mark = self.ground.marks_from(spans[-1].end)
        return after.startswith(":") and mark is not None and mark.start <= spans[-1].end + 4

    def _is_name(self, spans: list[Span]) -> bool:
        """Whether the content is somebody's name and nothing more: he criticised Anna Holm."""
        here = self.ground.mention_around(spans[0].start)
        return len(spans) == 1 and here is not None and here.end >= spans[0].end

    def _source(self, c: Candidate) -> Source | None:
        if c.source is None:
            return None
        start, end = c.tree.spans[c.source[0]].start, c.tree.spans[c.source[1]].end
        if self.ground.is_time(start, end):
            return None
        start, end = self._whole_names(start, end, [c.tree.spans[k] for k in c.content])
        first = self.ground.word_at(start)
        last = max(first, self.ground.word_at(end) - 1)
        if first >= len(self.words) or self.words.start[first] >= end:
            return None
        return Source(start, end, first, last)

    def _whole_names(self, start: int, end: int, content: list[Span]) -> tuple[int, int]:
        """The phrase with the whole of the names that it cuts, unless they reach into the content."""
        said = {span.start for span in content}
        after = self.ground.word_at(end)
        beside = self.ground.mention_of_word(after) if after < len(self.words) else None
        if beside is not None and beside.form == "name" and self.ground.text[end : beside.start] == " ":
            end = end if beside.start in said else beside.end
        for edge in (start, max(start, end - 1)):
            mention = self.ground.mention_around(edge)
            if mention is not None and not said & set(range(mention.start, mention.end)):
                start, end = min(start, mention.start), max(end, mention.end)
        return start, end

    def _cue(self, c: Candidate) -> list[Span]:
        spans = [c.tree.spans[k] for k in c.cue]
        if all(k + 1 == j for k, j in zip(c.cue, c.cue[1:], strict=False)):
            return [Span(spans[0].start, spans[-1].end)]
        return spans

    def spans(self, c: Candidate) -> list[Span]:
        """The content as stretches of text: what stands beside each other together, without marks at the edges."""
        tree, text = c.tree, self.ground.text
        runs: list[list[int]] = []
        for k in c.content:
            between = range(runs[-1][-1] + 1, k) if runs else range(0)
            if runs and all(tree.rel[j] == "punct" for j in between):
                runs[-1].append(k)
            else:
                runs.append([k])
        spans = []
        for run in runs:
            while run and tree.rel[run[-1]] in ("punct", "cc") and text[tree.spans[run[-1]].start] not in _CLOSING:
                run.pop()
            while run and tree.rel[run[0]] in ("punct", "cc") and text[tree.spans[run[0]].start] not in _OPENING:
                run.pop(0)
            if any(tree.rel[k] != "punct" for k in run):
                spans.append(self._closed(tree.spans[run[0]].start, tree.spans[run[-1]].end))
        return spans

    def _closed(self, start: int, end: int) -> Span:
        """With the closing mark right after it, where its opening mark lies inside."""
        mark = next((m for m in self.ground.marks_in(start, min(len(self.ground.text), end + 3)) if m.end > end), None)
        return Span(start, mark.end if mark is not None else end)


def _wider(of_tree: tuple[int, int] | None, of_order: tuple[int, int] | None) -> tuple[int, int] | None:
    """The phrase that contains the other; where they lie apart, that of the tree."""
    if of_tree is None or of_order is None:
        return of_tree or of_order
    return of_order if of_order[0] <= of_tree[0] and of_tree[1] <= of_order[1] else of_tree
