"""Clauses that state a relation: which verb or phrase in which frame; quotations in a side's own voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from train.generate.template import TemplateError
from train.generate.world import Frame

if TYPE_CHECKING:
    from train.generate.writer import Writer

RELATIONS = (
    "captured", "holds", "holds_part", "contested", "encircles", "near_encircles", "advances", "entered", "repelled",
    "near_capture", "withdrew",
)  # fmt: skip
CLASSES = ("vt", "vp", "vi", "vf", "vo", "sv", "la", "pv", "aa", "nom")
_NAMED = (
    "captured",
    "holds",
    "contested",
    "encircles",
    "near_encircles",
    "advances",
    "entered",
    "repelled",
    "withdrew",
)
_STANCES = ("asserts", "denies", "unsure")
_SHARES = (62, 16, 22)


def clause(w: Writer, args: list[str]) -> str:
    """Return a clause: ``args`` are relation, stance, form (fin, hl, inf, np), ``y`` to exchange the sides."""
    stance = args[1] if len(args) > 1 and args[1] != "any" else w.rng.choices(_STANCES, _SHARES)[0]
    form = args[2] if len(args) > 2 else "fin"
    relation = args[0] if args else "any"
    if relation == "any":
        relation = w.rng.choice(_NAMED if form == "np" else RELATIONS)
    swapped = "y" in args[3:] or ("any" in args[3:] and w.chance(0.5))
    before = (w.scene.frame, w.verb, w.entry)
    if swapped:
        w.scene.swap()
    w.scene.frame = Frame(relation, stance)
    w.scopes.append({})
    try:
        return _framed(w, relation, stance, form)
    finally:
        w.scopes.pop()
        w.scene.frame, w.verb, w.entry = before
        if swapped:
            w.scene.swap()


def options(w: Writer, relation: str, stance: str, form: str) -> tuple[list[tuple[str, str]], list[float]]:
    """Return the ways to say a relation: (frame symbol, list symbol) and their weights."""
    ways: list[tuple[str, str]] = []
    weights: list[float] = []
    nodes = w.grammar.nodes
    tail = stance if form == "fin" else f"{form}.{stance}"
    for own in (f"{relation}.{tail}",):
        if own in nodes:
            ways.append((own, ""))
            weights.append(2.0 * len(nodes[own]) ** 0.5)
    for each in CLASSES:
        frame, entries = f"f.{each}.{tail}", f"{relation}.{each}"
        if frame in nodes and entries in nodes:
            ways.append((frame, entries))
            weights.append(len(nodes[entries]) ** 0.5)
    return ways, weights


def _framed(w: Writer, relation: str, stance: str, form: str) -> str:
    ways, weights = options(w, relation, stance, form)
    if not ways and form != "fin":
        w.scene.frame = Frame(relation, stance)
        ways, weights = options(w, relation, "asserts", form)
        w.scene.frame = Frame(relation, "asserts")
    if not ways:
        raise TemplateError(f"no way to say {relation} {stance} {form}")
    frame, entries = w.rng.choices(ways, weights)[0]
    w.entry = entries
    kind = entries.rsplit(".", 1)[-1]
    if entries and kind not in ("la", "aa", "nom"):
        w.verb = w.word(entries)
    return w.word(frame)


def entry(w: Writer, args: list[str]) -> str:
    """Return an entry (with its marks) of the list that the frame in hand draws from."""
    return w.word(w.entry)


def spoken(w: Writer, args: list[str]) -> str:
    """Return a symbol (default: a clause) as the last speaker's side would say it: our troops, the enemy."""
    before = w.scene.voice
    side = w.pending[0].side if w.pending else w.scene.speaker.side if w.scene.speaker else ""
    w.scene.voice = side if side in ("x", "y") else ""
    try:
        if args and args[0] not in ("cl",):
            return w.scoped(args[0])
        return clause(w, args[1:] or ["any", "any", "fin", "any"])
    finally:
        w.scene.voice = before


def left(w: Writer, args: list[str]) -> str:
    """Return the first half of a clause; the second is kept for ``<rest>``."""
    for _ in range(12):
        whole = spoken(w, []) if args else clause(w, ["any", "any", "fin", "any"])
        if whole.count("¦") == 1:
            head, w.rest = whole.split("¦")
            return head.rstrip()
    head, w.rest = whole, ""
    return head.replace("¦", "")


def rest(w: Writer, args: list[str]) -> str:
    """Return the second half of the clause that ``left`` began."""
    return w.rest.lstrip() or w.word("say_short")


def subject(w: Writer, args: list[str]) -> str:
    """Return the person chosen for the speaker in hand."""
    return w.subject


def noun(w: Writer, args: list[str]) -> str:
    """Remember the noun that stands for the speaker later; spell nothing."""
    w.noun = "the " + " ".join(args)
    return ""


def outlet(w: Writer, args: list[str]) -> str:
    """Return an outlet's name, unmarked."""
    return w.rng.choice(w.scene.world.outlets)


def region(w: Writer, args: list[str]) -> str:
    """Return a region's name."""
    return w.rng.choice(w.scene.world.regions)


def person(w: Writer, args: list[str]) -> str:
    """Return a person's name, unmarked."""
    return w.rng.choice(w.scene.world.persons)


def about(w: Writer, args: list[str]) -> str:
    """Return a cue and its object, which stands where the cue has ``@``, else after it."""
    cue, thing = w.word(args[0]), w.word("claim.object")
    return cue.replace("@", thing) if "@" in cue else f"{cue} {thing}"


BUILT: dict[str, Callable[[Writer, list[str]], str]] = {
    "cl": clause, "entry": entry, "own": spoken, "left": left, "rest": rest, "subject": subject, "noun": noun,
    "outlet": outlet, "region": region, "someone": person, "about": about,
}  # fmt: skip
