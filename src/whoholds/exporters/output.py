"""Where an export goes: a stream, or a file that is either whole or untouched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from whoholds.errors import UserError

__all__ = ["OutputUnwritable", "write"]


#: How every SQLite file begins (sqlite.org/fileformat.html, section 1.3).
_SQLITE = b"SQLite format 3\x00"


class OutputUnwritable(UserError):
    """The output file cannot be written: no permission, no folder, no space."""

    code = "output-unwritable"


def write(chunks: Iterable[bytes], target: Path | BinaryIO) -> int:
    """Write the chunks to a stream, or atomically to a path; return the number of chunks.

    A path gets a temporary file beside it that replaces it when complete: a reader never sees half an
    export, and a failed one leaves the earlier file as it was. Raises ``OutputUnwritable``.
    """
    if isinstance(target, Path):
        return _write_file(chunks, target)
    try:
        return _copy(chunks, target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputUnwritable(f"cannot write the output ({error.strerror})", do="give --out FILE") from error


def _copy(chunks: Iterable[bytes], stream: BinaryIO) -> int:
    count = 0
    for chunk in chunks:
        stream.write(chunk)
        count += 1
    stream.flush()
    return count


def _write_file(chunks: Iterable[bytes], path: Path) -> int:
    try:
        if _is_database(path):
            raise OutputUnwritable(f"{path} is a database, which an export must not replace", do="give another --out")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            count = _copy(chunks, stream)
            os.fchmod(stream.fileno(), 0o644)
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        _forget(name)
        raise _unwritable(path, error) from error
    except BaseException:
        _forget(name)
        raise
    return count


def _is_database(path: Path) -> bool:
    """Whether a SQLite file lies there, such as a ledger: it holds what an export cannot give back."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _forget(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()


def _unwritable(path: Path, error: OSError) -> OutputUnwritable:
    return OutputUnwritable(f"cannot write {path} ({error.strerror})", do="give another --out")
