"""Understanding documents on one core or several; a document that breaks it is a rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from whoholds.app.inputs import reject
from whoholds.errors import InternalError, UserError
from whoholds.records import Document, Rejection, Understanding

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace
    from whoholds.ports import Executor

__all__ = ["Understand", "understanding_of"]

Understand = Callable[[Document], Understanding | Rejection]


@contextmanager
def understanding_of(workspace: Workspace) -> Iterator[tuple[Executor, Understand]]:
    """Give the executor of the settings and the function that it is to run."""
    from whoholds.engines.executors import ProcessExecutor, SerialExecutor

    if workspace.settings.workers <= 1:
        yield SerialExecutor(), lambda document: _understand(workspace, document)
        return
    with ProcessExecutor(workspace.settings.workers, _prepare, (workspace,)) as executor:
        yield executor, _understand_here


#: The workspace of a worker process.
_here: dict[str, Workspace] = {}


def _prepare(workspace: Workspace) -> None:
    _here["workspace"] = workspace


def _understand_here(document: Document) -> Understanding | Rejection:
    return _understand(_here["workspace"], document)


def _understand(workspace: Workspace, document: Document) -> Understanding | Rejection:
    """Understand one document; what breaks on it, or cannot be traced to it, is a rejection."""
    from whoholds.ledger import verify

    try:
        understanding = workspace.tagger.understand(document)
        verify(document, understanding)
    except UserError:  # of a theatre or a gazetteer, not of this document
        raise
    except InternalError as error:
        return _not_understood(document, str(error))
    except Exception as error:  # one document must not keep the others from being read
        return _not_understood(document, f"{type(error).__name__}: {error}")
    return understanding


def _not_understood(document: Document, what: str) -> Rejection:
    where = f"{document.origin_path}: {document.name}"
    return reject(where, "not-understood", " ".join(what.split()), "this is ours to mend: report it with the file")
