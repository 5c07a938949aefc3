"""Executors: one pure function over many items, in order, on one core or several."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Any, TypeVar

from whoholds.errors import InternalError

__all__ = ["ProcessExecutor", "SerialExecutor"]

T = TypeVar("T")
R = TypeVar("R")

#: Items under way for each process: enough to keep it busy, few enough to hold in memory.
AHEAD = 4


class SerialExecutor:
    """Runs in this process; takes the next item only when the last result is wanted."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield results in the order of the items."""
        return map(function, items)


class ProcessExecutor:
    """Runs in ``workers`` processes, each prepared once by ``prepare(*arguments)``. A context manager.

    Processes are started fresh, so that no open file or lock of this one is shared. They start with the
    first item and leave Ctrl-C to this process.
    """

    def __init__(self, workers: int, prepare: Callable[..., object] | None = None, arguments: tuple[Any, ...] = ()):
        self._ahead = workers * AHEAD
        self._pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(prepare, arguments),
        )

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield results in the order of the items; only a few items are taken ahead."""
        source = iter(items)
        under_way: deque[Future[R]] = deque()
        try:
            under_way.extend(self._pool.submit(function, item) for item in islice(source, self._ahead))
            while under_way:
                result = under_way.popleft().result()
                under_way.extend(self._pool.submit(function, item) for item in islice(source, 1))
                yield result
        except BrokenProcessPool as error:
            raise InternalError(
                "a worker process ended by itself, perhaps for lack of memory", do="run again with fewer workers"
            ) from error
        finally:
            for future in under_way:
                future.cancel()

    def __enter__(self) -> ProcessExecutor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _prepare(prepare: Callable[..., object] | None, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare(*arguments)
