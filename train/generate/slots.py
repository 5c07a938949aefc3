"""Fill the slots of productions: sides, places, parts, times and speakers, marked or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from train.generate import figures, speakers
from train.generate.world import Place, Side

if TYPE_CHECKING:
    from train.generate.writer import Writer

_BARE = frozenset({"M23", "ISIS", "HTS", "al-Shabaab", "Republika Srpska"})
_PLURAL = ("s", "men", "police", "side's")
_SINGULAR = ("ISIS",)
_WITH_PART = frozenset({"captured", "holds", "contested", "entered", "withdrew", "repelled"})
_PRONOUNS = {"in": ("there", 0.5), "subj": ("it", 0.25), "obj": ("it", 0.25), "poss": ("its", 0.4)}
_FORMS = frozenset({"adj", "name", "poss", "we", "cap", "dem"})


def fill(w: Writer, name: str, numbers: tuple[str, ...], args: list[str]) -> str:
    """Return what a slot spells."""
    if "?" in args and not w.chance(0.35):
        return ""
    args = [a for a in args if a != "?"]
    match name:
        case "A" | "V":
            return side(w, numbers, args, marked=name == "A")
        case "L" | "LR" | "U":
            return place(w, name, numbers, args)
        case "W":
            return w.mark("W", numbers, "", w.word(f"when.{args[0] if args else 'past'}"))
        case "N":
            return figures.figure(w, numbers, args)
        case "S" | "Spro" | "Sdef" | "Prep":
            return speakers.speaker(w, name, numbers, args)
    raise KeyError(f"no slot {name}")


def side(w: Writer, numbers: tuple[str, ...], args: list[str], marked: bool) -> str:
    """Return words for a side; they set the number that verbs agree with."""
    letter = next((a for a in args if a not in _FORMS), "x" if marked else "y")
    form = next((a for a in args if a in _FORMS), "")
    one = w.scene.sides[letter]
    if form == "adj":
        return w.mark("A", numbers, "", one.adj) if marked else one.adj
    words = called(w, letter, one, form)
    tail = ""
    if form == "name" and "poss" in args:
        form, words = "poss", named(one)
    if form == "poss":
        w.plural = False
        tail = "'" if words.endswith("s") else "'s"
    else:
        w.plural = plural(words)
    return (w.mark("A", numbers, "", words) if marked else words) + tail


def called(w: Writer, letter: str, one: Side, form: str) -> str:
    """Return a noun phrase for a side, as the voice in hand would say it."""
    voice = w.scene.voice
    if not form and voice in "xy" and voice and w.chance(0.75):
        return w.word("side.own" if w.scene.sides[voice] is one else "side.enemy")
    if form == "cap" and one.state:
        return one.capital
    if form in ("name", "cap") or (form == "poss" and w.chance(0.7)):
        return named(one)
    w.scene.sides["t"] = one
    if one.forces and w.chance(0.3):
        return w.rng.choice(one.forces)
    if one.state and w.chance(0.08):
        return one.name
    return w.word("side.state" if one.state else "side.group")


def named(one: Side) -> str:
    """Return a side's plain name, with its article."""
    return one.name if one.state or one.name in _BARE else f"the {one.name}"


def plural(words: str) -> bool:
    """Tell whether a noun phrase for a side takes a plural verb."""
    if words in ("we", "they"):
        return True
    if words.split()[0] in ("units", "fighters"):
        return True
    last = words.split()[-1]
    return last.endswith(_PLURAL) and not last.endswith(_SINGULAR) and last != "corps"


def place(w: Writer, name: str, numbers: tuple[str, ...], args: list[str]) -> str:
    """Return words for a place: its name, an older name, or what stands for it."""
    letter = next((a for a in args if a in "pqrt"), "p")
    form = next((a for a in args if a not in "pqrt"), "")
    one = w.scene.places[letter]
    known = w.scene.focus == letter
    if name == "U":
        return one.name
    w.scene.focus = letter
    words, attributes = one.name, ""
    stands = known and form != "name" and w.chance(0.4)
    pronoun, share = _PRONOUNS.get(form, ("", 0.0))
    if stands and w.chance(share):
        return w.mark("L", numbers, f"={one.name}", pronoun)
    if stands:
        words, attributes = w.word(f"place.{one.kind}"), f"={one.name}"
    elif one.others and w.chance(0.15):
        words, attributes = w.rng.choice(one.others), f"={one.name}"
    spelled = w.mark("L", numbers, attributes, words)
    if form == "poss":
        return spelled + ("'" if words.endswith("s") else "'s")
    return spelled if form == "name" else _with_kind(w, name, numbers, form, one, stands, spelled)


def _with_kind(
    w: Writer, name: str, numbers: tuple[str, ...], form: str, one: Place, stands: bool, spelled: str
) -> str:
    """Return a marked place with what may stand around it: the town of, the northern outskirts of, in <region>."""
    prefix = ""
    if not stands and w.chance(0.18):
        prefix = w.word(f"place.before.{one.kind}") + " "
    elif name == "LR" and w.scene.frame.relation in _WITH_PART and w.chance(0.3):
        return ("in " if form == "in" else "") + w.mark("R", numbers, "", w.word("part.of")) + " " + spelled
    tail = w.word("place.after").replace("_", " ") if not stands and form != "in" and w.chance(0.05) else ""
    return ("in " if form == "in" else "") + prefix + spelled + tail
