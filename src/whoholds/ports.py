"""The protocols that the adapters meet. One page; adapters never import each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from whoholds.records import Document, Place, PlaceName, Rejection, Statement, Theatre, Understanding

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
R = TypeVar("R")


class Reader(Protocol):
    """Turns one input into documents. A bad row is yielded as a rejection; nothing is raised for it."""

    name: str

    def accepts(self, path: Path, head: bytes) -> bool:
        """Say whether this reader knows the format, from the path and its first bytes."""

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        """Yield what the input holds, in its order."""


class Gazetteer(Protocol):
    """Names to places, for one or several theatres. Lookup is by name; context decides elsewhere."""

    def lookup(self, name: str) -> PlaceName | None:
        """Return the places that bear this name in any spelling or case, or None."""

    def place(self, place_id: str) -> Place | None:
        """Return one place by its id."""

    def similar(self, name: str, limit: int = 5) -> Sequence[Place]:
        """Return places of similar names, nearest first: for suggestions, never for grounding."""


class Tagger(Protocol):
    """Understands one document. A pure function of the document and of the data it was made with."""

    name: str

    def understand(self, document: Document) -> Understanding:
        """Return the claims of one document."""


class NearDuplicates(Protocol):
    """Finds documents that carry the same text."""

    def groups(self, texts: Sequence[tuple[str, str]]) -> list[set[str]]:
        """Return sets of ids (two or more each) from ``(id, text)`` pairs."""


class Executor(Protocol):
    """Runs a pure function over many items: in order, on one core or several."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield results in the order of the items."""


class Ledger(Protocol):
    """The append-only book. The app owns the unit of work; a ledger is handed to it."""

    def append(
        self,
        read: Sequence[tuple[Document, Understanding]],
        rejections: Sequence[Rejection],
        recorded: str,
    ) -> tuple[int, int]:
        """Write one batch in one transaction; return (documents added, documents already known)."""

    def select(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run a read-only query from :mod:`whoholds.queries`."""

    def statements(self, sql: str, parameters: dict[str, Any] | None = None) -> list[Statement]:
        """Run a query over the ``statements`` view and decode its rows."""

    def documents(self) -> Iterator[Document]:
        """Yield every document, first recorded first."""


class Theatres(Protocol):
    """The installed theatres."""

    def load(self, names: Sequence[str] | None = None) -> tuple[Theatre, ...]:
        """Return the named theatres, or all. Raises ``TheatreInvalid`` or ``NotFound``."""
