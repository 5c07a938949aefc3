"""What the four files of a theatre may hold: keys, and the words that some of them allow."""

from __future__ import annotations

from whoholds.records import PlaceKind, Role

THEATRE_FILE = "theatre.toml"
SIDES_FILE = "sides.toml"
ACTORS_FILE = "actors.toml"
CONTROL_FILE = "control.toml"

#: The one table array of a file, and the keys of its entries.
THEATRE_KEYS = frozenset(
    {"id", "title", "countries", "languages", "start", "end", "horizon_days", "focus", "renamed", "not_places"}
)
SIDE_KEYS = frozenset({"code", "name", "speaker_name", "colour", "nouns", "adjectives", "speakers", "epithets"})
ACTOR_KEYS = frozenset({"id", "name", "kind", "role", "side", "aliases", "office", "domains"})
OFFICE_KEYS = frozenset({"alias", "start", "end"})
CONTROL_KEYS = frozenset({"place", "places", "region", "kind", "side", "since", "source"})

#: What an actor may be. A monitor's role is its function; its kind says what it is made as.
ACTOR_KINDS = frozenset(
    {
        "person",
        "office",
        "government",
        "ministry",
        "staff",
        "unit",
        "group",
        "agency",
        "outlet",
        "monitor",
        "channel",
        "organisation",
    }
)
ROLES = frozenset(role.value for role in Role)
PLACE_KINDS = frozenset(kind.value for kind in PlaceKind)
