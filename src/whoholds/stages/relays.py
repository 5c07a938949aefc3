"""The document-level chain: which agency or outlet a report as a whole is taken from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from whoholds.records import Document, Role
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorMention
from whoholds.stages.segments import Sentence


def find_relays(
    document: Document,
    pieces: Sequence[Sentence],
    actors: Mapping[int, list[ActorMention]],
    lexicon: Lexicon,
) -> tuple[str, ...]:
    """Return the relays from this outlet towards the origin, outermost first, as the text credits them.

    Credits are datelines ("KYIV (Reuters)"), bylines ("By The Associated Press"), closing credits ("REUTERS",
    "(CNN)", "Source: X") and, in the first sentences, "X reported, citing Y".
    """
    names = [*_credits(document.text, lexicon), *_in_lead(pieces[:4], actors, lexicon)]
    own = (document.outlet or "").casefold()
    unique = list(dict.fromkeys(n for n in names if n.casefold() != own))
    return tuple(unique[:4])


def _credits(text: str, lexicon: Lexicon) -> list[str]:
    found: list[str] = []
    lines = [line for line in text.split("\n") if line.strip()]
    for name in ("dateline_credit", "byline_credit", "closing_credit"):
        pattern = lexicon.grammar.patterns[name]
        for match in (m for line in lines for m in pattern.finditer(line)):
            found.extend(n.strip() for n in re.split(r",|/| and ", match["name"]) if _name_like(n.strip()))
    return found


def _name_like(name: str) -> bool:
    return bool(re.match(r"[A-ZА-ЯІЇЄҐ]", name)) and 1 < len(name) <= 40 and len(name.split()) <= 4


def _in_lead(pieces: Sequence[Sentence], actors: Mapping[int, list[ActorMention]], lexicon: Lexicon) -> list[str]:
    """Relays named by their role beside a relaying word: "BTA reported, citing Reuters"."""
    found: list[str] = []
    pattern = lexicon.grammar.patterns["relay"]
    for piece in pieces:
        if not pattern.search(piece.text):
            continue
        mentions = actors[piece.start]
        found.extend(m.actor.name for m in mentions if m.actor is not None and m.actor.role is Role.RELAY)
    return found
