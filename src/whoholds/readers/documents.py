"""Completes a document: id, hash, language, title, outlet, publication date with its basis, marked spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from whoholds.readers.decoding import storable
from whoholds.readers.language import detect_language, language_code
from whoholds.readers.lexicon import page_lexicon
from whoholds.records import Document, MarkedSpan, SpanKind, content_hash, document_id
from whoholds.stages.boilerplate import mark
from whoholds.stages.publication import Clues, publication

__all__ = ["make_document", "outlet_of"]

_SUBDOMAINS = ("www.", "m.", "amp.", "mobile.")


def make_document(
    *,
    name: str,
    text: str,
    path: Path,
    reader: str,
    url: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    metadata_date: str | None = None,
    header_date: str | None = None,
    file_name: str | None = None,
    date_labels: Sequence[str] = (),
) -> Document:
    """Return the document of a text and of what its source says about it.

    ``text`` is kept as given, but for characters that no database stores (see
    :func:`whoholds.readers.decoding.storable`). Dates come as written at the source; ``file_name`` is the
    stem of a file that holds this report alone; ``date_labels`` are texts of page elements said to be dates.
    What is absent and cannot be read from the text or the address stays None.
    """
    text = storable(text)
    name, url, title, outlet = storable(name), _clean(url), _clean(title), _clean(outlet)
    language = language_code(lang) or detect_language(text)
    lexicon = page_lexicon()
    marked = mark(text, title, lexicon, language)
    when = publication(
        Clues(
            metadata=metadata_date,
            header=header_date,
            url=url,
            file_name=file_name,
            text=text,
            marked=marked,
            labels=date_labels,
            language=language,
        ),
        lexicon.stamps,
    )
    return Document(
        id=document_id(name, url, text),
        name=name,
        text=text,
        content_hash=content_hash(text),
        url=url,
        outlet=outlet or outlet_of(url),
        published=when.value,
        published_basis=when.basis,
        lang=language,
        title=title or _headline(text, marked),
        marked=marked,
        reader=reader,
        origin_path=storable(str(path)),
    )


def outlet_of(url: str | None) -> str | None:
    """Return the domain of an address without ``www.`` and the like, or None."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    for prefix in _SUBDOMAINS:
        if host and host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host or None


def _clean(value: str | None) -> str | None:
    return (storable(value).strip() or None) if value else None


def _headline(text: str, marked: Sequence[MarkedSpan]) -> str | None:
    return next((text[span.start : span.end] for span in marked if span.kind is SpanKind.HEADLINE), None)
