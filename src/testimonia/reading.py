"""The main job: files and folders into an evidence base, analysed and linked.

Whatever stops it, the base stays whole and the next run goes on: files whose bytes are in the base already, analysed
with the same version and rules, are left as they are; so are the documents of a file that was read half way.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select

import testimonia
from testimonia import language, pipeline, times
from testimonia.analysers import accounts, copies
from testimonia.base import judgements, links, schema, store
from testimonia.base.connection import Base, open_base
from testimonia.base.judgements import DOCUMENT_DATE, Judgement
from testimonia.base.load import Documents, Found
from testimonia.base.rows import Rows, to_rows
from testimonia.engines.local import Local
from testimonia.errors import InputError, Refused
from testimonia.settings import Settings
from testimonia.sources import documents_of, read_source, walk
from testimonia.text import Document, Source

_CODE = ("text", "sources", "analysers", "findings.py", "intervals.py", "pipeline.py")  # what findings depend on


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is. ``stage``: "reading" or "linking"; ``where``: the file or document just done."""

    stage: str
    files: int  # done
    of: int  # files in all
    documents: int  # analysed in this run
    where: str = ""
    refused: Refused | None = None


Progress = Callable[[Step], None]


@dataclass(slots=True)
class Counts:
    """What a run did, in numbers; kept with the run."""

    files: int = 0  # found under the given paths
    read: int = 0  # whose bytes were new, or analysed with other rules
    same: int = 0  # in the base already
    refused: int = 0
    documents: int = 0  # analysed
    removed: int = 0  # documents removed, for no file holds their bytes any more
    copies: int = 0  # in the base after the run, as are matters and conflicts
    matters: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a run did. ``linked``: whether copies and conflicts were sought anew, for something had changed."""

    run: int
    counts: Counts
    refused: tuple[Refused, ...]
    linked: bool


def read(
    paths: Iterable[Path], base_path: Path, settings: Settings, progress: Progress = lambda step: None
) -> ReadReport:
    """Reads files and folders into the base, which is made when it is missing.

    What cannot be read is refused, with its reason in the report, in the base and to ``progress``; the rest goes on.
    Raises ``BaseError`` when the base cannot be used, and ``InputError`` when there is none of the paths and no base
    yet: a mistyped name makes no base. On ``KeyboardInterrupt`` the base is left whole.
    """
    paths = list(paths)
    if paths and not Path(base_path).exists() and not any(os.path.lexists(path) for path in paths):
        hint = "Check the name; no base was made."
        raise InputError("there is no such file or folder", ", ".join(map(_name, paths)), hint)
    with open_base(base_path, create=True) as base:
        return _Reading(base, settings, progress).read(paths)


@dataclass(frozen=True, slots=True)
class GivenDate:
    """What a person says of a document: the day, as a person writes it, who says so, and why."""

    day: str
    by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A document whose date a person gave or took back. ``before``, ``after``: its dates, None: not known."""

    document: str
    title: str | None
    before: str | None
    after: str | None
    linked: bool


def date_document(
    base_path: Path,
    document: str,
    settings: Settings,
    given: GivenDate | None,
    progress: Progress = lambda step: None,
) -> Dated:
    """Gives a document the date that a person says, or (``given`` None) again the one that its source states.

    The document is analysed anew with it, and copies and conflicts are sought anew; the judgement and the new findings
    are stored together or not at all. Raises ``InputError`` when there is no such document, no such day or nothing to
    take back, ``Refused`` when the document cannot be analysed, ``BaseError`` when the base cannot be used.
    """
    judgement = None
    if given is not None:
        judgement = Judgement(DOCUMENT_DATE, document, _day(given.day), given.by, _now(), given.reason)
    with open_base(base_path) as base:
        return _Reading(base, settings, progress).date(document, judgement)


def _day(words: str) -> str:
    """The one day that a person means, YYYY-MM-DD; raises ``InputError``."""
    found = times.parse(words)
    day = found.earliest if found and found.type == "DATE" and found.earliest == found.latest else None
    if day is None:
        hint = "A document's date is one day: 1921-05-04 or “4 May 1921”."
        raise InputError(f"{words!r} is no day", "DATE", hint)
    return day


def _no_document(document: str) -> InputError:
    return InputError("there is no document of this identifier", document, "`testimonia documents` lists them.")


def rules() -> dict[str, str]:
    """{file or "code": digest} of all that findings depend on: the rule files and the code that applies them."""
    found = {f"{code}/{name}": d for code in language.languages() for name, d in language.digests(code).items()}
    package = Path(testimonia.__file__).parent
    total = hashlib.sha256()
    for name in _CODE:
        for file in sorted([package / name, *(package / name).rglob("*.py")]):
            if file.is_file():
                total.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found | {"code": total.hexdigest()[:16]}


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read; its source's ``text`` is left out, for it follows from the bytes."""

    source: Source
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """A document to analyse; ``last`` when no other document of its file is to come."""

    path: str
    source: str
    documents: tuple[str, ...]  # all of the source
    position: int
    document: Document
    last: bool


def _read_file(known: frozenset[str], limit: int, path: Path) -> _File | str:
    """In a worker: the file's documents; only its source's identifier where that is ``known``."""
    source = read_source(path, limit)
    if source.id in known:
        return source.id
    return _File(replace(source, text=""), documents_of(source))


def _analyse(task: _Task) -> Rows:
    """In a worker: all that is found in the document, as rows."""
    return to_rows(task.document, pipeline.analyse(task.document))


def _documents(source: Source) -> tuple[Document, ...]:
    """In a worker: the documents of a source that is in the base."""
    return documents_of(replace(source, text=source.content.decode(source.encoding)))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _name(path: Path | str) -> str:
    """The path as text: absolute, and with what is no UTF-8 in it written out."""
    return os.path.abspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass
class _Reading:
    """One run."""

    base: Base
    settings: Settings
    progress: Progress
    counts: Counts = field(default_factory=Counts)
    refused: list[Refused] = field(default_factory=list)

    def read(self, paths: Iterable[Path]) -> ReadReport:
        self._begin()
        files = self._walk(paths)
        with (
            closing(self._tasks(files)) as tasks,
            closing(self._engine(self.settings.jobs).map(_analyse, tasks)) as done,
        ):
            for task, result in done:
                self._take(task, result)
        linked = self._link()
        self._finish()
        return ReadReport(self.run, self.counts, tuple(self.refused), linked)

    def date(self, document: str, judgement: Judgement | None) -> Dated:
        """Analyses one document anew with the date of the judgement, or without one."""
        with self.base.connect() as c:
            row = c.execute(select(schema.document).where(schema.document.c.id == document)).one_or_none()
            before = judgements.value(c, DOCUMENT_DATE, document)
        if row is None:
            raise _no_document(document)
        if judgement is None and before is None:
            raise InputError("nobody gave this document a date", document, "There is nothing to forget.")
        self._begin()
        stated = self._stated(row.source_id, document)
        dated = replace(stated, date=judgement.value) if judgement else stated
        task = _Task(document, row.source_id, (document,), row.position, dated, True)
        ((_, rows),) = self._engine(1).map(_analyse, iter([task]))
        if isinstance(rows, Refused):
            raise Refused(rows.what, document, rows.hint)
        with self.base.write() as c:
            if not c.execute(select(schema.document.c.id).where(schema.document.c.id == document)).first():
                raise _no_document(document)  # another run has removed it meanwhile
            if judgement:
                judgements.decide(c, judgement)
            else:
                judgements.forget(c, DOCUMENT_DATE, document)
            store.write_document(c, dated, rows, row.source_id, row.position, self.run)
        self.counts.documents = 1
        linked = self._link()
        self._finish()
        return Dated(document, row.title, row.date, dated.date, linked)

    def _stated(self, source: str, document: str) -> Document:
        """The document as its source states it, read from the bytes in the base."""
        with self.base.connect() as c:
            held = store.source_of(c, source)
        ((_, found),) = self._engine(1).map(_documents, iter([held]))
        same = [d for d in found if d.id == document] if not isinstance(found, Refused) else []
        if not same:
            hint = "Read its file again: testimonia read FILE"
            raise InputError("its source no longer yields this document", document, hint)
        return same[0]

    def _finish(self) -> None:
        self.counts.refused = len(self.refused)
        with self.base.write() as c:
            self.counts.copies, self.counts.matters, self.counts.conflicts = links.numbers(c)
            store.finish_run(c, self.run, asdict(self.counts), _now())

    def _begin(self) -> None:
        self.rules = rules()
        self.seen: set[str] = set()  # sources met in this run
        self.failed: set[str] = set()  # sources of which a document was refused
        self.done = 0  # files
        version = testimonia.__version__
        settings = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(self.settings).items()}
        with self.base.write() as c:
            self.run = store.begin_run(c, version, settings, self.rules, _now())
            self.alike = store.runs_like(c, version, self.rules)
            self.known = store.finished_sources(c, self.alike)
            self.judged = {j.document: j.value for j in judgements.of_kind(c, DOCUMENT_DATE).values()}

    def _engine(self, jobs: int) -> Local:
        return Local(jobs, self.settings.timeout, self.settings.memory)

    def _walk(self, paths: Iterable[Path]) -> list[Path]:
        files: list[Path] = []
        own = {_name(f"{self.base.path}{end}") for end in ("", "-wal", "-shm")}  # a base may stand in its archive
        for found in walk(paths):
            if isinstance(found, Refused):
                name = _name(found.where or "")
                if name not in own:
                    self.done += 1
                    self._refuse(name, found)
            else:
                files.append(found)
        self.counts.files = self.done + len(files)
        return files

    def _tasks(self, files: Sequence[Path]) -> Generator[_Task, None, None]:
        """The documents that are due. Reading is far quicker than analysing: a few processes feed many."""
        reader = partial(_read_file, self.known, self.settings.limit)
        with closing(self._engine(max(1, self.settings.jobs // 4)).map(reader, files)) as results:
            for path, result in results:
                self.done += 1
                name = _name(path)
                if isinstance(result, Refused):
                    self._refuse(name, result)
                elif isinstance(result, str) or result.source.id in self.seen:
                    self._same(name, result if isinstance(result, str) else result.source.id)
                else:
                    yield from self._due(name, result)

    def _same(self, path: str, source: str) -> None:
        self.counts.same += 1
        with self.base.write() as c:
            self.counts.removed += store.locate(c, source, path)
        self._say(path)

    def _due(self, path: str, file: _File) -> Generator[_Task, None, None]:
        """Stores the source; the documents of it that were not analysed yet."""
        self.counts.read += 1
        source = file.source.id
        self.seen.add(source)
        with self.base.write() as c:
            store.add_source(c, file.source, path, self.run)
            analysed = store.analysed(c, source, self.alike)
        names = tuple(d.id for d in file.documents)
        due = [(n, d) for n, d in enumerate(file.documents) if d.id not in analysed]
        for place, (position, document) in enumerate(due, 1):
            dated = replace(document, date=self.judged.get(document.id, document.date))
            yield _Task(path, source, names, position, dated, place == len(due))
        if not due:
            self._complete(path, source, names)

    def _take(self, task: _Task, result: Rows | Refused) -> None:
        """Stores an analysed document, or why there is none."""
        where = f"{task.path}, characters {task.document.start} to {task.document.end}"
        if isinstance(result, Refused):
            self._refuse(where, result)
            self.failed.add(task.source)
        else:
            try:
                self._store(task, result)
                self.counts.documents += 1
                self._say(where)
            except UnicodeEncodeError:
                self._refuse(where, Refused("the text holds half of a character (a lone surrogate)"))
                self.failed.add(task.source)
        if task.last:
            self._complete(task.path, task.source, task.documents)

    def _store(self, task: _Task, rows: Rows) -> None:
        """Stores a document, unless a person gave it another date since the run began: then that is stored already."""
        with self.base.write() as c:
            given = judgements.value(c, DOCUMENT_DATE, task.document.id)
            if given == self.judged.get(task.document.id):
                store.write_document(c, task.document, rows, task.source, task.position, self.run)

    def _complete(self, path: str, source: str, documents: Sequence[str]) -> None:
        """Ends a file; one of which a document was refused is left to be tried again."""
        with self.base.write() as c:
            if source not in self.failed:
                store.complete_source(c, source, documents)
            self.counts.removed += store.locate(c, source, path)
        self._say(path)

    def _link(self) -> bool:
        """Seeks copies, accounts and conflicts anew if the documents or the rules changed since the last time."""
        for last in (False, False, True):  # another run may change the documents meanwhile
            with self.base.connect() as c:
                state = links.state(c, testimonia.__version__, self.rules)
                if links.linked(c) == state:
                    return False
            self._say("", stage="linking")
            documents = Documents(self.base)
            found = list(copies.find(documents))
            matters, conflicts = accounts.find(documents, Found(self.base), found)
            with self.base.write() as c:
                if last or links.state(c, testimonia.__version__, self.rules) == state:
                    links.replace(c, found, matters, conflicts)
                    links.mark(c, self.run, state)
                    return True
        return False

    def _refuse(self, path: str, refused: Refused) -> None:
        reason = Refused(refused.what, path, refused.hint)
        self.refused.append(reason)
        with self.base.write() as c:
            store.add_refusal(c, self.run, path, str(Refused(refused.what, None, refused.hint)))
        self._say(path, refused=reason)

    def _say(self, where: str, stage: str = "reading", refused: Refused | None = None) -> None:
        self.progress(Step(stage, self.done, self.counts.files, self.counts.documents, where, refused))
