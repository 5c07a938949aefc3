"""Reading reports into the ledger: in batches, each stored as a whole, so that stopping loses nothing."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.app.inputs import Overrides, discover, documents_in, expected
from whoholds.app.understanding import Understand, understanding_of
from whoholds.errors import InputUnreadable, InternalError, WhoholdsError
from whoholds.records import Document, Rejection, Understanding

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace
    from whoholds.ledger import Provenance, SqliteLedger, VersionLink
    from whoholds.ports import Executor

__all__ = ["ReadProgress", "ReadReport", "read"]


#: What a warning of the understanding means to a user.
_WARNINGS = {"no-theatre": "it speaks of no active theatre, so it was stored without claims"}


#: Codes of what our own code broke on.
_OURS = frozenset({"not-understood", "reader-failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProgress:
    """How far reading is, in documents. ``total`` is an estimate; ``current`` names the document just done."""

    done: int
    total: int | None
    added: int
    known: int
    rejected: int
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What one run of reading did.

    ``added``: new documents. ``reread``: known documents understood anew, because their date or outlet was
    given, or the program's words changed. ``known``: documents that were there already. ``versions``: new
    documents whose address the ledger knew, or that came between. ``rejections``: what could not be read.
    ``stopped``: whether Ctrl-C ended it; what was read until then is stored.
    """

    added: int
    reread: int
    known: int
    versions: tuple[VersionLink, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[str, ...]
    seconds: float
    stopped: bool


def read(
    workspace: Workspace,
    inputs: Sequence[Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    progress: Callable[[ReadProgress], None] | None = None,
) -> ReadReport:
    """Read files and folders into the ledger, which is made where it is absent.

    Documents that the ledger holds are passed over before they are understood, so a run that was stopped
    is taken up by repeating it. ``published`` and ``outlet`` outrank what the documents say. Raises
    ``InputUnreadable`` when not one input could be read (``InternalError`` when it was our code that broke),
    ``UsageError`` for a wrong date, ``LedgerUnusable``.
    """
    began = time.monotonic()
    overrides = Overrides.checked(published, outlet)
    found = list(discover(inputs, _own_files(workspace.settings.ledger)))
    if all(isinstance(item, Rejection) and item.code == "input-absent" for item in found):
        raise _unreadable([item for item in found if isinstance(item, Rejection)])
    by = workspace.provenance
    with workspace.ledger(create=True) as ledger, understanding_of(workspace) as (executor, understand):
        run = _Run(workspace, ledger, by, overrides, progress)
        run.go(found, executor, understand)
        versions = _versions(ledger, run.new_documents)
    if not (run.added or run.reread or run.known or run.stopped):
        raise _unreadable(run.rejections)
    return ReadReport(
        added=run.added,
        reread=run.reread,
        known=run.known,
        versions=versions,
        rejections=tuple(run.rejections),
        warnings=tuple(run.warnings),
        seconds=time.monotonic() - began,
        stopped=run.stopped,
    )


class _Run:
    """The state of one run of reading."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: SqliteLedger,
        by: Provenance,
        overrides: Overrides,
        progress: Callable[[ReadProgress], None] | None,
    ) -> None:
        self.choose, self.batch_size = workspace.reader_for, workspace.settings.batch_size
        self.ledger, self.by, self.overrides, self.progress = ledger, by, overrides, progress
        self.added = self.reread = self.known = self.total = self.written = 0
        self.stopped = False
        self.rejections: list[Rejection] = []
        self.warnings: list[str] = []
        self.new_documents: set[str] = set()
        self.seen: set[str] = set()
        self.under_way: deque[Document] = deque()
        self.pending: list[tuple[Document, Understanding]] = []

    def go(self, found: Sequence[Path | Rejection], executor: Executor, understand: Understand) -> None:
        self.total = expected([item for item in found if isinstance(item, Path)])
        try:
            for result in executor.map(understand, self._fresh(found)):
                self._take(self.under_way.popleft(), result)
        except KeyboardInterrupt:
            self.stopped = True
        self._store()

    def _fresh(self, found: Sequence[Path | Rejection]) -> Iterator[Document]:
        """Yield the documents that are yet to be understood; count the others."""
        from whoholds.ledger import understanding_id

        for item in self._items(found):
            if isinstance(item, Rejection):
                self._refuse(item)
                continue
            key = understanding_id(item, self.by)
            if key in self.seen or self.ledger.known_understandings([key]):
                self.known += 1
                self._tell(item.name)
                continue
            self.seen.add(key)
            self.under_way.append(item)
            yield item

    def _items(self, found: Sequence[Path | Rejection]) -> Iterator[Document | Rejection]:
        for item in found:
            if isinstance(item, Rejection):
                yield item
            else:
                yield from documents_in(item, self.choose, self.overrides)

    def _take(self, document: Document, result: Understanding | Rejection) -> None:
        if isinstance(result, Rejection):
            self._refuse(result)
            return
        if document.published is None:
            self.warnings.append(
                f"{document.name}: no publication date found, so what it says without a date of its own "
                "counts in no answer; give --published DATE"
            )
        self.warnings.extend(f"{document.name}: {_WARNINGS.get(warning, warning)}" for warning in result.warnings)
        self.pending.append((document, result))
        self._tell(document.name)
        self._store_when_full()

    def _refuse(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)
        self._tell(rejection.where)
        self._store_when_full()

    def _store_when_full(self) -> None:
        if len(self.pending) + len(self.rejections) - self.written >= self.batch_size:
            self._store()

    def _store(self) -> None:
        """Write what is pending as one batch. Interrupted, it writes nothing and can be called again."""
        if not self.pending and self.written == len(self.rejections):
            return
        ids = {document.id for document, _ in self.pending}
        new = ids - self.ledger.known_documents(ids)
        recorded = datetime.now(UTC).isoformat(timespec="seconds")
        added, known = self.ledger.append(self.pending, self.rejections[self.written :], recorded, self.by)
        self.written = len(self.rejections)
        self.pending = []
        self.added, self.reread = self.added + added, self.reread + known
        self.new_documents |= new

    def _tell(self, current: str) -> None:
        if self.progress is not None:
            added = self.added + self.reread + len(self.pending)
            done = added + self.known + len(self.rejections)
            self.progress(
                ReadProgress(
                    done=done,
                    total=max(self.total, done),
                    added=added,
                    known=self.known,
                    rejected=len(self.rejections),
                    current=current,
                )
            )


def _versions(ledger: SqliteLedger, new: set[str]) -> tuple[VersionLink, ...]:
    links = ledger.versions() if new else []
    return tuple(link for link in links if link.kind == "version" and {link.document, link.earlier} & new)


def _own_files(ledger: Path) -> list[Path]:
    """Return the ledger's files: they are no input, even in a folder that is read."""
    return [ledger.with_name(f"{ledger.name}{end}") for end in ("", "-wal", "-shm", "-journal")]


def _unreadable(rejections: Sequence[Rejection]) -> WhoholdsError:
    """Return the error of a run that read nothing: the user's, unless it was our code that broke on every input."""
    if not rejections:
        return InputUnreadable("nothing to read", do="give a file or a folder with reports")
    first, more = rejections[0], len(rejections) - 1
    others = f" (and {more} more)" if more else ""
    ours = all(rejection.code in _OURS for rejection in rejections)
    error = InternalError if ours else InputUnreadable
    return error(f"nothing could be read: {first.where}: {first.what}{others}", do=first.do)
