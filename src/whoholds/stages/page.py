"""The state of one reading: what is known of a document while its sentences are read in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from whoholds.records import Claim, Document, Period, Place, Source, Tagging, Theatre
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorIndex, ActorMention
from whoholds.stages.attributions import Attribution
from whoholds.stages.places import Lookup, PlaceMention
from whoholds.stages.segments import Sentence
from whoholds.stages.speakers import SpeakerMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the stages need to read one document: word data, actors and names of one theatre."""

    theatre: Theatre
    index: ActorIndex
    lexicon: Lexicon
    lookup: Lookup
    holder: Callable[[Place], str | None]  # who held a place when the theatre opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An attribution with its speaker resolved."""

    attribution: Attribution
    speaker: Source


@dataclass(slots=True, kw_only=True)
class Page:
    """What is known so far of the document that is being read. Lives as long as one call of ``understand``."""

    document: Document
    reading: Reading
    places: Mapping[int, list[PlaceMention]]
    actors: Mapping[int, list[ActorMention]]
    publisher: Source
    relays: tuple[Source, ...]
    attacker: str | None
    opponents: tuple[str, ...] = ()  # the two sides that the report names most, of three or more
    memory: SpeakerMemory = field(default_factory=SpeakerMemory)
    topic: PlaceMention | None = None
    main: PlaceMention | None = None
    seen: set[str] = field(default_factory=set)
    several: tuple[PlaceMention, ...] = ()
    claims: list[Claim] = field(default_factory=list)
    last: Attribution | None = None
    cited: Attribution | None = None  # the last attribution, of an earlier paragraph too
    last_speaker: Source | None = None
    paragraph: int = -1
    before: Sentence | None = None
    tagging: Tagging | None = None
    at: PlaceMention | None = None  # the place of the last finding of a trained reader
    lost: bool = False  # whether its last place words were a name that no gazetteer knows
    spoken: dict[int, list[Spoken]] = field(default_factory=dict)  # who speaks in each sentence, by its start
    times: dict[int, Period | None] = field(default_factory=dict)  # event time of each sentence, by its start


def enemy_of(page: Page, code: str | None) -> str | None:
    """Return whom a side fights here: the other of the two sides named most, else the theatre's principal enemy."""
    if code in page.opponents and len(page.opponents) == 2:
        return next(other for other in page.opponents if other != code)
    return page.reading.index.enemy_of(code)


def first_topic(document: Document, places: Mapping[int, list[PlaceMention]], reading: Reading) -> PlaceMention | None:
    """The place talked about before any is named: the title's, else the most often named settlement."""
    settled = [m for found in places.values() for m in found if m.settlement and m.area != "sector"]
    title = document.title or ""
    for mention in settled:
        if mention.text in title:
            return mention
    counted = Counter(m.chosen.id for m in settled if m.chosen)
    most = counted.most_common(1)
    return next((m for m in settled if m.chosen and m.chosen.id == most[0][0]), None) if most else None


def move_topic(page: Page, places: Sequence[PlaceMention]) -> None:
    """The place talked about: the report's own subject when it is named again, else the only one just named."""
    settled = [p for p in places if p.settlement and p.area is None]
    ids = {p.chosen.id for p in settled if p.chosen}
    if len(ids) > 1:
        page.several = tuple({p.chosen.id: p for p in settled if p.chosen}.values())[:3]
    main = page.main.chosen.id if page.main and page.main.chosen else None
    if main in ids:
        page.topic = page.main
    elif len(ids) == 1 or (ids and main not in page.seen):
        page.topic = settled[0]
    elif ids:
        page.topic = page.main
    page.seen.update(ids)
