"""Speakers: institutions, persons with appositions, outlets, unnamed sources, pronouns that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from train.generate.world import Side, Speaker

if TYPE_CHECKING:
    from train.generate.writer import Writer

_OBJECT = {"he": "him", "she": "her", "it": "it", "they": "them"}
_KINDS = ("inst", "person", "outlet", "anon", "capital", "expert", "plural", "local")
_WEIGHTS = (30, 24, 12, 9, 8, 10, 5, 5)


def speaker(w: Writer, name: str, numbers: tuple[str, ...], args: list[str]) -> str:
    """Return a marked source; ``Prep`` only chooses one for the ``S`` to come (quotation first)."""
    if name == "Spro" and w.scene.speaker:
        last = w.scene.speaker
        w.plural = last.pronoun == "they"
        pronoun = _OBJECT[last.pronoun] if "obj" in args else last.pronoun
        return w.mark("S", numbers, f"={last.name}", pronoun)
    if name == "Sdef" and w.scene.speaker and w.scene.speaker.noun:
        last = w.scene.speaker
        w.plural = False
        return w.mark("S", numbers, f"={last.name}", last.noun)
    if "adj" in args:
        side = w.scene.sides[args[0]]
        w.scene.speaker = Speaker(side.name, "it", args[0], "")
        return w.mark("S", numbers, f"={named(side)}", side.adj)
    if "poss" in args and not w.pending:
        words = choose(w, [a for a in args if a != "poss"] + ["capital", "inst"])
        return w.mark("S", numbers, "", words) + ("'" if words.endswith("s") else "'s")
    pending = w.pending
    words = ""
    if pending is not None and name != "Prep":
        w.scene.speaker, words = pending
        w.pending = None
    else:
        words = choose(w, args)
        if name == "Prep":
            assert w.scene.speaker is not None
            w.pending = (w.scene.speaker, words)
            return ""
    assert w.scene.speaker is not None
    w.plural = w.scene.speaker.pronoun == "they"
    return w.mark("S", numbers, "", words.rstrip(",")) + ("," if ", " in words else "")


def named(side: Side) -> str:
    """Return the name that a side's adjective stands for."""
    return side.name


def choose(w: Writer, args: list[str]) -> str:
    """Choose a speaker, remember who it is, return the words."""
    letter = next((a for a in args if a in ("x", "y", "n")), w.rng.choice("xyn"))
    kinds = ["outlet", "capital", "inst", "plural"] if "short" in args else [a for a in args if a in _KINDS]
    for _ in range(8):
        words, who = _one(w, letter, kinds)
        if words not in w.scene.spoken:
            break
    w.scene.spoken.append(words)
    w.scene.speaker = who
    return words


def _one(w: Writer, letter: str, kinds: list[str]) -> tuple[str, Speaker]:
    kind = w.rng.choice(kinds) if kinds else w.rng.choices(_KINDS, _WEIGHTS)[0]
    if kind in ("outlet", "expert", "local"):
        letter = "n"
    if letter == "n" and kind in ("inst", "capital"):
        kind = "monitor"
    side = w.scene.sides.get(letter)
    if side is not None:
        w.scene.sides["s"] = side
    level = "state" if side is not None and side.state else "group" if side is not None else "n"
    if kind == "capital" and level == "group":
        kind = "inst"
    pool = {"outlet": w.scene.world.outlets, "person": side.persons if side else w.scene.world.persons}
    w.subject = w.rng.choice(pool.get(kind, w.scene.world.persons))
    if kind == "outlet":
        return w.subject, Speaker(w.subject, "it", "-", "the outlet")
    if kind == "capital":
        assert side is not None
        return side.capital, Speaker(side.capital, "it", letter, "")
    if kind == "person" and level == "n":
        kind = "expert"
    if kind in ("person", "expert"):
        symbol = f"speaker.person.{level}" if kind == "person" else "speaker.expert"
        w.noun = ""
        words = w.word(symbol)
        female = w.subject.split()[0].endswith(("a", "ie", "ine", "yam", "nes")) and w.subject.split()[0] not in _MEN
        return words, Speaker(w.subject, "she" if female else "he", letter if level != "n" else "-", w.noun)
    symbol = f"speaker.{kind}.{level}" if kind in ("inst", "anon", "plural") else f"speaker.{kind}"
    words = w.word(symbol)
    many = kind == "plural" or (kind == "local" and words.split()[-1].endswith("s"))
    noun = _short(words)
    return words, Speaker(words, "they" if many else "it", letter if level != "n" else "-", "" if many else noun)


_MEN = frozenset({"Mykola", "Muhammad", "Mustafa", "Abdulla", "Issa", "Qala", "Mulla"})


def _short(words: str) -> str:
    for key in (
        "ministry",
        "staff",
        "command",
        "agency",
        "centre",
        "institute",
        "office",
        "source",
        "official",
        "group",
    ):
        if key in words.lower().split():
            return f"the {key}"
    return ""
