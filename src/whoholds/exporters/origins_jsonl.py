"""Origins as JSON Lines: which documents carry one act of saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from whoholds.records import Origin

__all__ = ["origins_jsonl"]

_ENCODER = msgspec.json.Encoder()


def origins_jsonl(origins: Iterable[Origin], document_names: Mapping[str, str]) -> Iterator[bytes]:
    """Yield one line an origin; documents by the reports' own ids, each once, in their order."""
    for origin in origins:
        names = (document_names.get(document, document) for document in origin.documents)
        line = {
            "id": origin.id,
            "kind": origin.kind,
            "documents": list(dict.fromkeys(names)),
            "speaker": origin.speaker,
            "first": origin.first,
        }
        yield _ENCODER.encode(line) + b"\n"
