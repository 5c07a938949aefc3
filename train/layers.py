"""The names of all layers, classes and roles, in the order of their numbers: what a checkpoint's heads stand for.

No torch here: examples, labels and gold are read and tested where it is not installed.
"""

from __future__ import annotations

#: The label of a piece that says nothing: its loss and its score do not count.
IGNORED = -100
#: Whose guidelines a text was annotated by: the network is told.
CONVENTIONS = ("own", "polnear", "gum", "other")
#: What the network reads of a window, in this order.
INPUTS = ("ids", "mask", "shapes", "quoted", "starts", "convention")

RELATIONS = (
    "captured", "holds", "holds_part", "contested", "encircles", "near_encircles", "advances", "entered", "repelled",
    "near_capture", "withdrew",
)  # fmt: skip
KINDS = (
    "troops", "killed", "wounded", "casualties", "encircled", "population", "civilians", "children", "area_km2",
    "share", "distance_km", "duration", "groups", "captured_people", "other",
)  # fmt: skip
STANCES = ("asserts", "denies", "unsure")
MENTIONS = ("person", "organisation", "place", "facility", "date", "quantity")
CERTAINTIES = ("fact", "counterfact", "uncertain")
HEDGES = ("hedge", "negation", "hedge_scope", "negation_scope")
#: Whose a figure is.
OWNERS = ("none", "civilians", "side")

SAID, CONTROL, COUNT = ("source", "content"), ("place", "part", "actor", "time"), ("counted", "scope", "whose")
#: conditioned layers: name -> the roles that pieces have towards an anchor
ROLES = {"said": SAID, "control": CONTROL, "count": COUNT}


def classes(kinds: int) -> int:
    """Return how many classes spans of some kinds take: none, then B and I of each kind."""
    return 1 + 2 * kinds


#: conditioned layers: name -> number of classes
ROLE_LAYERS = {name: classes(len(roles)) for name, roles in ROLES.items()}
#: token layers: name -> number of classes
TOKEN_LAYERS = {
    "source": classes(1),
    "cue": classes(1),
    "content": classes(1),
    "mention": classes(len(MENTIONS)),
    "certainty": 1 + len(CERTAINTIES),
    "hedge": len(HEDGES),
    "trigger": classes(1),
    "relation": len(RELATIONS),
    "stance": len(STANCES),
    "cue_stance": len(STANCES),
    "figure": classes(1),
    "kind": len(KINDS),
    "figure_stance": len(STANCES),
    "figure_side": len(OWNERS),
}
#: token layers that spell spans
SPAN_LAYERS = ("source", "cue", "content", "mention", "trigger", "figure")
#: token layers of independent yes/no classes
BINARY_LAYERS = frozenset({"hedge"})
