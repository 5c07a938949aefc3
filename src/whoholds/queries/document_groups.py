"""Groups of documents for ``export origins``: one text, or separate reports of the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from whoholds.records import Document, Origin, stable_id

__all__ = ["document_groups"]


def document_groups(
    documents: Sequence[Document], copies: Iterable[set[str]], found: Sequence[Origin]
) -> tuple[Origin, ...]:
    """Return the groups of documents that are no independent reports of each other.

    Kind ``copy``: near-duplicate texts. Kind ``relay``: reports whose statements are mostly the same acts of
    saying (``found``), as two outlets' versions of one post are, or a wire and its translation: at least half
    of the shorter report's origins and a third of the longer one's, two of them at least unless it has only one,
    published within two days of each other. One shared statement among many is an origin, no group of
    documents; nor is old news that two reports recall.
    """
    known = {document.id: document for document in documents}
    copies = list(copies)
    texts = [_group("copy", [known[key] for key in group if key in known], None) for group in copies]
    in_one_text = {pair for group in copies for pair in combinations(sorted(group), 2)}
    relays = [
        _group("relay", [known[key] for key in sorted(group) if key in known], _speaker(group, found))
        for group in _components(
            pair for pair in _mostly_shared(found) if pair not in in_one_text and _one_occasion(pair, known)
        )
    ]
    return tuple(sorted((*texts, *relays), key=lambda group: (group.kind, group.first or "9999", group.id)))


def _group(kind: str, documents: Sequence[Document], speaker: str | None) -> Origin:
    ordered = sorted(documents, key=lambda document: (document.published or "9999", document.id))
    return Origin(
        id=stable_id("o", kind, *sorted(document.id for document in ordered)),
        kind=kind,
        speaker=speaker or ordered[0].outlet or ordered[0].name,
        claims=(),
        documents=tuple(document.id for document in ordered),
        first=ordered[0].published_date,
    )


def _mostly_shared(found: Iterable[Origin]) -> list[tuple[str, str]]:
    """Return the pairs of documents most of whose origins are the same."""
    total: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for origin in found:
        documents = sorted(set(origin.documents))
        total.update(documents)
        shared.update(combinations(documents, 2))
    return sorted(pair for pair, count in shared.items() if _mostly(count, total[pair[0]], total[pair[1]]))


def _mostly(shared: int, one: int, other: int) -> bool:
    shorter, longer = sorted((one, other))
    return 2 * shared >= shorter and 3 * shared >= longer and shared >= min(2, shorter)


#: Separate reports of one statement appear within so many days.
_OCCASION_DAYS = 2


def _one_occasion(pair: tuple[str, str], known: Mapping[str, Document]) -> bool:
    """Whether two documents were published at one occasion; an undated one cannot be told apart."""
    days = [known[key].published_date for key in pair if key in known]
    dated = [date.fromisoformat(day) for day in days if day]
    return len(dated) < 2 or abs((dated[0] - dated[1]).days) <= _OCCASION_DAYS


def _components(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        merged = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(merged, merged))
    return sorted({min(group): group for group in groups.values()}.values(), key=min)


def _speaker(group: set[str], found: Iterable[Origin]) -> str | None:
    """Return who is heard most in what the documents share; among equals the first by name."""
    heard = Counter(origin.speaker for origin in found if len(group & set(origin.documents)) > 1)
    return min(heard, key=lambda name: (-heard[name], name), default=None)
