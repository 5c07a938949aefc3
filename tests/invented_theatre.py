"""A made-up war: two sides, their speakers and a small gazetteer, so that tests of understanding name no country."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.records import Actor, Document, InitialControl, Place, PlaceKind, PlaceName, Role, Side, Theatre
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.attributions import Attribution, find_attributions
from whoholds.stages.control import ControlFinding, find_control
from whoholds.stages.page import Reading
from whoholds.stages.places import PlaceMention
from whoholds.stages.preparation import places_in, shifted
from whoholds.stages.segments import Sentence, sentences
from whoholds.stages.whereabouts import SentenceView
from whoholds.taggers.lexicons import load_lexicon
from whoholds.taggers.rules import RulesTagger

_PLACES = (
    # name, population, latitude, longitude, other names
    ("Brenholt", 41000, 10.0, 20.0, ("Бренхольт",)),
    ("Kestova", 23000, 10.1, 20.4, ("Кестова", "Кестову", "Кестовой")),
    ("Marrowdale", 8200, 10.2, 20.2, ()),
    ("Sundry Ford", 5100, 9.8, 20.1, ()),
    ("Tolvik", 12000, 9.9, 20.6, ()),
    ("Velmar", 900000, 12.0, 21.0, ()),
    ("Oskara", 700000, 8.0, 19.0, ()),
)


class InventedGazetteer:
    """Names to places in memory (implements :class:`whoholds.ports.Gazetteer`)."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)

    def lookup(self, name: str) -> PlaceName | None:
        found = tuple(p for p in self._places if name.casefold() in {n.casefold() for n in p.names})
        return PlaceName(name=name, match="exact", places=found) if found else None

    def place(self, place_id: str) -> Place | None:
        return next((p for p in self._places if p.id == place_id), None)

    def similar(self, name: str, limit: int = 5) -> Sequence[Place]:
        return ()


PLACES = (
    *(
        Place(
            id=f"x:{name.lower().replace(' ', '-')}", name=name, kind=PlaceKind.SETTLEMENT, lat=lat, lon=lon,
            country="XX", region="Lirra", population=people, names=(name, *others),
        )
        for name, people, lat, lon, others in _PLACES
    ),
    Place(id="x:lirra", name="Lirra", kind=PlaceKind.REGION, lat=None, lon=None, names=("Lirra", "Lirra region")),
)  # fmt: skip
GAZETTEER = InventedGazetteer(PLACES)

THEATRE = Theatre(
    id="lirra",
    title="War over Lirra",
    countries=("XX",),
    languages=("en", "ru", "uk"),
    start="2030-01-01",
    end=None,
    horizon_days=90,
    sides=(
        Side(
            code="NOR",
            name="Norland",
            speaker_name="Norland",
            nouns={"en": ("Norlanders", "Norland", "the rebels"), "ru": ("норландцы",), "uk": ("норландці",)},
            adjectives={"en": ("Norish", "rebel"), "ru": ("норландский",), "uk": ("норландський",)},
            speakers={"en": ("Velmar",)},
        ),
        Side(
            code="SUN",
            name="Sundra",
            speaker_name="Sundra",
            nouns={"en": ("Sundrans", "Sundra", "the army"), "ru": ("сундранцы",), "uk": ("сундранці",)},
            adjectives={"en": ("Sundran", "government"), "ru": ("сундранский",), "uk": ("сундранський",)},
            speakers={"en": ("Oskara",)},
        ),
    ),
    actors=(
        Actor(
            id="norish-staff", name="Norish General Staff", kind="staff", role=Role.PARTY, side="NOR",
            aliases={"en": ("Norish staff",)},
        ),
        Actor(id="sundran-ministry", name="Sundran Defence Ministry", kind="ministry", role=Role.PARTY, side="SUN"),
        Actor(
            id="holm", name="Arvid Holm", kind="person", role=Role.PARTY, side="SUN", aliases={"en": ("Holm",)}
        ),
        Actor(id="lirra-watch", name="Lirra Watch", kind="monitor", role=Role.MONITOR),
        Actor(id="harbour-agency", name="Harbour Agency", kind="agency", role=Role.RELAY),
        Actor(
            id="coast-daily", name="Coast Daily", kind="outlet", role=Role.RELAY, domains=("coastdaily.example",)
        ),
    ),
    initial=(InitialControl(place="Lirra", side="SUN", kind="region"),),
)  # fmt: skip

TAGGER = RulesTagger((THEATRE,), {THEATRE.id: GAZETTEER})


def document(
    text: str, *, lang: str = "en", published: str | None = "2031-03-10", outlet: str | None = "Coast Daily",
    title: str | None = None,
) -> Document:  # fmt: skip
    """Return a report of the made-up war."""
    return Document(
        id="d1", name="report", text=text, content_hash="h", lang=lang, published=published, outlet=outlet, title=title
    )


def first_sentence(text: str, lang: str = "en") -> Sentence:
    """Return the first sentence of a text."""
    return sentences(document(text, lang=lang), lang)[0]


def attributions(text: str, lang: str = "en") -> list[Attribution]:
    """Return the attributions of a text of one sentence."""
    return find_attributions(first_sentence(text, lang), load_lexicon(lang))


def topic(name: str = "Brenholt") -> PlaceMention:
    """Return a place that was talked about before the text begins."""
    places = tuple(p for p in PLACES if p.name == name)
    return PlaceMention(start=-100, end=-90, text=name, candidates=places, chosen=places[0])


def findings(
    text: str, lang: str = "en", *, tagger: RulesTagger = TAGGER, about: PlaceMention | None = None
) -> list[ControlFinding]:
    """Return what the control stage alone finds in a text: no attribution is taken into account."""
    reading: Reading = tagger.reading(tagger.theatres[0], lang)
    pieces = sentences(document(text, lang=lang), lang)
    actors = {s.start: shifted(reading.index.find(fold_apostrophes(s.text)), s.start) for s in pieces}
    places = places_in(pieces, actors, reading)
    found: list[ControlFinding] = []
    for s in pieces:
        view = SentenceView(
            start=s.start, text=fold_apostrophes(s.text), places=tuple(places[s.start]),
            actors=tuple(actors[s.start]), quotes=s.quotes, topic=about,
        )  # fmt: skip
        found.extend(find_control(view, reading.lexicon, reading.index))
    return found
