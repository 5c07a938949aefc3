"""Inputs: from the paths a user gives to documents, or to rows that say why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import UsageError
from whoholds.records import Basis, Document, Rejection, stable_id

if TYPE_CHECKING:
    from whoholds.ports import Reader

__all__ = ["Overrides", "discover", "documents_in", "expected", "reject"]

#: The readers' code for a report that was read without its date; the user's ``--published`` mends it.
DATE_WRONG = "date-wrong"

#: Formats that hold a document on each line.
_LINES = frozenset({".jsonl", ".ndjson", ".jl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the user says of all documents read: it outranks what they say themselves."""

    published: str | None = None
    outlet: str | None = None

    @classmethod
    def checked(cls, published: str | None, outlet: str | None) -> Overrides:
        """Return the overrides; raises ``UsageError`` for a wrong date or an empty outlet."""
        if outlet is not None and not outlet.strip():
            raise UsageError("--outlet is empty", do="name the publisher, or leave the option out")
        return cls(published=_iso(published) if published is not None else None, outlet=outlet)

    def applied(self, document: Document) -> Document:
        """Return the document with what the user says of it."""
        if self.published is not None:
            document = replace(document, published=self.published, published_basis=Basis.OPTION)
        return replace(document, outlet=self.outlet) if self.outlet is not None else document


def reject(where: object, code: str, what: str, do: str) -> Rejection:
    """Return a row that says why an input could not be read."""
    return Rejection(id=stable_id("r", where, code, what), where=str(where), code=code, what=what, do=do)


def discover(inputs: Sequence[Path], skip: Collection[Path] = ()) -> Iterator[Path | Rejection]:
    """Yield the files behind the inputs, each once: folders throughout, in the order of their names.

    Hidden files and folders inside a folder are passed over, links are followed but never in a circle.
    ``skip`` are resolved paths that are no input, such as the ledger itself.
    """
    seen: set[str] = {os.path.realpath(path) for path in skip}
    for path in inputs:
        if os.path.isdir(path):
            yield from _walk(path, seen)
            if not _holds_file(path):
                yield reject(path, "folder-empty", "the folder holds no file", "give another folder")
        elif os.path.exists(path):
            yield from _once(path, seen)
        else:
            yield reject(path, "input-absent", "there is no such file or folder", "check the path")


def expected(paths: Sequence[Path]) -> int:
    """Return about how many documents the files hold: one each, in a file of lines one a line."""
    return sum(_count_lines(path) if path.suffix.lower() in _LINES else 1 for path in paths)


def documents_in(
    path: Path, choose: Callable[[Path], Reader | None], overrides: Overrides
) -> Iterator[Document | Rejection]:
    """Yield what a file holds, as the reader chosen for it gives it; whatever goes wrong is a rejection."""
    try:
        reader = choose(path)
        if reader is None:
            yield reject(
                path, "unknown-format", "no reader knows this format", "convert it to text, HTML or JSON Lines"
            )
            return
        for item in reader.read(path):
            if isinstance(item, Document):
                yield _storable(path, overrides.applied(item))
            elif not (item.code == DATE_WRONG and overrides.published):
                yield item
    except OSError as error:
        yield reject(path, "unreadable", f"cannot be read ({error.strerror or error})", "check its permissions")
    except Exception as error:  # a reader that breaks on one file must not keep the others from being read
        what = f"the reader broke on it ({type(error).__name__}: {error})"
        yield reject(path, "reader-failed", " ".join(what.split()), "report this with the file")


def _storable(path: Path, document: Document) -> Document | Rejection:
    """Refuse text that is no Unicode: half of a surrogate pair cannot be stored or shown."""
    try:
        for text in (document.name, document.text, document.url, document.outlet, document.title):
            (text or "").encode()
    except UnicodeEncodeError:
        shown = document.name.encode("ascii", "backslashreplace").decode()
        return reject(f"{path}: {shown}", "text-broken", "the text holds half a character", "mend its encoding")
    return document


def _walk(folder: Path, seen: set[str]) -> Iterator[Path | Rejection]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield reject(folder, "unreadable", f"cannot be read ({error.strerror or error})", "check its permissions")
        return
    for name in names:
        if not name.startswith("."):
            path = folder / name
            yield from _walk(path, seen) if os.path.isdir(path) else _once(path, seen)


def _once(path: Path, seen: set[str]) -> Iterator[Path | Rejection]:
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    if os.path.isfile(path):
        yield path
    else:
        yield reject(path, "no-file", "this is no ordinary file, or a link to nothing", "give the file itself")


def _holds_file(folder: Path) -> bool:
    """Whether anything lies in the folder that is not hidden; a folder that cannot be looked into is not empty."""
    try:
        return any(not name.startswith(".") for name in os.listdir(folder))
    except OSError:
        return True


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 1


def _iso(text: str) -> str:
    """Return an ISO date or date-time in its usual spelling."""
    text = text.strip()
    try:
        return date.fromisoformat(text).isoformat() if len(text) <= 10 else datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"--published {text!r} is no date", do="write it as 2025-11-07 or 2025-11-07T13:18") from error
