"""Reads the saved HTML page of one article: body and metadata by trafilatura, dates by machine-readable metadata.

The text of such a document is the article's body as trafilatura gives it; offsets are true to that. A date is
never guessed from the page's footer: htmldate is shown nothing but the head, the JSON-LD and elements marked
as the publication date, because over a whole page it returns 1 January of a copyright year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoholds.readers.decoding import HEAD
from whoholds.readers.documents import make_document
from whoholds.readers.files import load
from whoholds.readers.rejections import reject
from whoholds.records import Document, Rejection

#: A body of fewer characters is a notice, not an article.
LEAST_BODY = 40

_MARKUP = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|title|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = frozenset({".html", ".htm", ".xhtml", ".mhtml"})
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[!-~]+)")
_BARE = "<html><head><title>page</title></head><body><p>page</p></body></html>"
_PUBLISHED = "//*[@itemprop='datePublished' or @pubdate or contains(@class, 'dt-published')]"
_DATED = "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish') or self::time]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What a page says about itself."""

    text: str
    title: str | None
    url: str | None
    site: str | None
    date: str | None
    labels: tuple[str, ...]


class HtmlReader:
    """A saved page is one report: the article on it."""

    name = "html"

    def accepts(self, path: Path, head: bytes) -> bool:
        """Take what opens like a page, whatever its name; and what is named so and holds a tag."""
        opens = _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")) is not None
        return opens or (path.suffix.lower() in _NAMED and b"<" in head)

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        """Yield the one article, or the reason why there is none."""
        data = load(path)
        if isinstance(data, Rejection):
            yield data
            return
        page = _extract(data)
        if page is None:
            yield reject(path, "html-no-article")
            return
        yield make_document(
            name=path.stem,
            text=page.text,
            path=path,
            reader=self.name,
            url=page.url,
            outlet=None if page.url else page.site,
            title=page.title,
            metadata_date=page.date,
            file_name=path.stem,
            date_labels=page.labels,
        )


def _extract(data: bytes) -> _Page | None:
    """Read a page; None where it has no article. A page can break any of three parsers in any way."""
    try:
        return _read_page(data)
    except Exception:  # the library's failure on one page is the page's rejection, whatever its class
        return None


def _read_page(data: bytes) -> _Page | None:
    import trafilatura  # slow to import, and only saved pages need it

    tree = trafilatura.load_html(data)
    if tree is None:
        return None
    known = trafilatura.extract_metadata(deepcopy(tree), date_config={"extensive_search": False, "original_date": True})
    date, labels = _date_of(tree), _labels(tree)
    saved_from = _SAVED_FROM.search(data[:HEAD])
    text = trafilatura.extract(
        tree, fast=True, include_comments=False, include_tables=True, date_extraction_params={"extensive_search": False}
    )
    if not text or len(text.strip()) < LEAST_BODY:
        return None
    url = getattr(known, "url", None) or (saved_from and saved_from[1].decode("ascii"))
    site = getattr(known, "sitename", None) or ""
    return _Page(
        text=text,
        title=getattr(known, "title", None),
        url=url,
        site=site if any(char.isalpha() for char in site) else None,  # a copyright year is no name
        date=date,
        labels=labels,
    )


def _date_of(tree: Any) -> str | None:
    """Return the page's machine-readable publication day, or None."""
    from htmldate import find_date
    from trafilatura import load_html

    bare: Any = load_html(_BARE)
    head, body = bare.find("head"), bare.find("body")
    for element in tree.xpath("//meta | //script[@type='application/ld+json']"):
        head.append(deepcopy(element))
    for element in tree.xpath(_PUBLISHED):
        body.append(deepcopy(element))
    found = find_date(bare, original_date=True, extensive_search=False)
    if found and found.endswith("-01-01") and not _says_new_year(bare):
        return None  # a bare year made into a day
    return str(found) if found else _only_time(tree)


def _says_new_year(bare: Any) -> bool:
    said = " ".join([*(value for element in bare.iter() for value in element.attrib.values()), bare.text_content()])
    return re.search(r"-0?1-0?1|0101|\bJan|янв|січ|1[./]1|01[./]01", said, re.IGNORECASE) is not None


def _only_time(tree: Any) -> str | None:
    """Return the day of the page's ``<time datetime>`` elements, if they all give the same."""
    days = {value[:10] for value in tree.xpath("//time/@datetime") if re.match(r"\d{4}-\d\d-\d\d", value)}
    return str(days.pop()) if len(days) == 1 else None


def _labels(tree: Any) -> tuple[str, ...]:
    """Return the short texts of elements whose class says that they are dates, in order, each once."""
    texts = (" ".join(element.text_content().split()) for element in tree.xpath(_DATED) if len(element) < 6)
    return tuple(dict.fromkeys(text for text in texts if 5 < len(text) <= 120))[:20]
