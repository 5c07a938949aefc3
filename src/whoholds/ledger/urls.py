"""Addresses: when two of them name one page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

__all__ = ["url_key"]

_TRACKING = frozenset({"fbclid", "gclid", "yclid", "igshid", "mc_cid", "mc_eid"})


def url_key(url: str | None) -> str | None:
    """Return the address without scheme, ``www.``, fragment, closing slash and tracking parameters.

    Two documents with the same key are versions (or copies) of one page. None for no address, and for
    one that cannot be parsed.
    """
    if not url or not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k.lower())]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKING
