"""Readers: files to documents or rejections.

:func:`reader_for` picks the reader of a file by its first bytes, then by its name. It raises nothing: what no
reader takes gets a reader whose one item is the :class:`~whoholds.records.Rejection`.
"""

from __future__ import annotations

from whoholds.readers.choice import ALL, reader_for
from whoholds.readers.documents import make_document, outlet_of
from whoholds.readers.rejections import CODES, reject

__all__ = ["ALL", "CODES", "make_document", "outlet_of", "reader_for", "reject"]
