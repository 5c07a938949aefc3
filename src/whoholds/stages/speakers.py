"""Who a source phrase means: named actor, person, metonym, pronoun, role, or an unnamed speaker.

Pronouns and short descriptions ("he", "the ministry", "the former officer") are led back to the speakers
already met in the same document. An unknown speaker keeps its own words as name; its side is known only
where the phrase says it ("a Ukrainian drone pilot").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.records import Role, Source
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorIndex, ActorMention, MentionKind

_NAME = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’-]+(?:\s+(?:[A-ZА-ЯІЇЄҐ][\w’-]*|(?:al|bin|de|el|van|von)\b)\.?)+")
_MENTIONS_OF_SIDE = (MentionKind.ADJECTIVE, MentionKind.FORCE, MentionKind.NOUN, MentionKind.SPEAKER, MentionKind.ACTOR)
#: Kinds of actors that "he" and "she" can mean.
PERSONAL = frozenset({"person", "office"})
#: Letters of an inflected noun that tell which it is.
_STEM = 6


class SpeakerMemory:
    """The speakers a document has named so far, last one last."""

    def __init__(self) -> None:
        self._all: list[tuple[Source, bool]] = []

    def add(self, source: Source, personal: bool) -> None:
        """Remember a speaker."""
        self._all.append((source, personal))

    def again(self, source: Source) -> None:
        """Bring a speaker to the front again, as the kind it was met as."""
        kinds = [personal for known, personal in self._all if known.name == source.name]
        self._all.append((source, kinds[-1] if kinds else True))

    def last(self, personal: bool | None = None) -> Source | None:
        """Return the last speaker: a person, a body, or either."""
        for source, is_person in reversed(self._all):
            if personal is None or personal is is_person:
                return source
        return None

    def described(self, noun: str) -> Source | None:
        """Return the last speaker whose own words contain a noun ("analyst", "ministry")."""
        for source, _ in reversed(self._all):
            if re.search(rf"(?i)\b{re.escape(noun)}", f"{source.mention or ''} {source.name}"):
                return source
        return None


def resolve_speaker(
    phrase: str,
    cue: str,
    start: int,
    mentions: Sequence[ActorMention],
    index: ActorIndex,
    memory: SpeakerMemory,
    lexicon: Lexicon,
) -> Source:
    """Return the source that a phrase means. ``mentions`` are the actor mentions inside the phrase."""
    found = (
        _pronoun(phrase, memory, lexicon)
        or _known(phrase, mentions, index, lexicon)
        or _described(phrase, memory, lexicon)
        or _unnamed(phrase, mentions, lexicon)
    )
    source = Source(
        name=found.name, mention=phrase, start=start, cue=cue, actor=found.actor, role=found.role, side=found.side
    )
    memory.add(source, _is_person(phrase, mentions, lexicon))
    return source


def _is_person(phrase: str, mentions: Sequence[ActorMention], lexicon: Lexicon) -> bool:
    if any(m.actor and m.actor.kind in PERSONAL for m in mentions):
        return True
    g = lexicon.grammar.patterns
    if g["person_pronoun"].fullmatch(phrase):
        return True
    return bool(g["personal_role"].search(phrase)) or (not mentions and bool(_NAME.search(phrase)))


def _pronoun(phrase: str, memory: SpeakerMemory, lexicon: Lexicon) -> Source | None:
    g = lexicon.grammar.patterns
    if g["person_pronoun"].fullmatch(phrase):
        return memory.last(personal=True) or memory.last()
    if g["group_pronoun"].fullmatch(phrase):
        return memory.last(personal=False) or memory.last()
    return None


def _known(phrase: str, mentions: Sequence[ActorMention], index: ActorIndex, lexicon: Lexicon) -> Source | None:
    """A named actor in the phrase, a person before a body; or a side or capital that is the whole phrase."""
    actors = [m.actor for m in mentions if m.actor]
    persons = [m.actor for m in mentions if m.actor and m.actor.kind in PERSONAL and not _of_another(phrase, m)]
    if not persons and lexicon.grammar.patterns["role_head"].match(phrase):
        return None  # "Russian commanders" are not the Russian army: they keep their own words
    if persons or (actors and not _other_name(phrase, mentions)):
        actor = (persons or actors)[0]
        return Source(name=actor.name, actor=actor.id, role=actor.role, side=actor.side)
    for mention in mentions:
        whole = len(mention.text) >= 0.6 * len(re.sub(r"^(?:the|The|a|A)\s", "", phrase))
        if whole and mention.side and mention.kind is not MentionKind.ADJECTIVE:
            return _side_source(mention.side, index)
    if len(mentions) == 1 and mentions[0].kind is MentionKind.ADJECTIVE and len(phrase.split()) == 1:
        return _side_source(mentions[0].side, index)
    return None


def _of_another(phrase: str, mention: ActorMention) -> bool:
    """Whether a person is known by office only, and the phrase names somebody else: "M23 spokesman Willy Ngoma"."""
    actor = mention.actor
    rest = phrase.replace(mention.text, " | ")
    by_name = actor is not None and any(part in mention.text for part in actor.name.split()[-1:])
    return actor is not None and not by_name and bool(_NAME.search(rest)) and actor.name not in rest


def _side_source(code: str | None, index: ActorIndex) -> Source | None:
    side = index.side(code)
    return Source(name=side.speaker_name or side.name, role=Role.PARTY, side=side.code) if side else None


def _other_name(phrase: str, mentions: Sequence[ActorMention]) -> bool:
    """Whether the phrase names a person beside the bodies it mentions ("the staff's spokesman, X Y")."""
    rest = phrase
    for mention in mentions:
        rest = rest.replace(mention.text, " | ")
    return bool(_NAME.search(rest))


def _described(phrase: str, memory: SpeakerMemory, lexicon: Lexicon) -> Source | None:
    """Lead "the analyst", "the former officer", "the general" back to a speaker already met."""
    g = lexicon.grammar.patterns
    if g["own_document"].fullmatch(phrase):
        return memory.last(personal=False) or memory.last()
    match = g["short_description"].fullmatch(phrase)
    if not match:
        return None
    noun = match["noun"]
    stem = noun if noun.isascii() else noun[:_STEM]
    found = memory.described(stem) or memory.described(lexicon.grammar.words.get("short_" + noun, (stem,))[0])
    if found:
        return found
    if g["plural_role"].fullmatch(noun):
        return memory.last(personal=False) or memory.last()
    return memory.last(personal=bool(g["personal_role"].search(noun)))


def _unnamed(phrase: str, mentions: Sequence[ActorMention], lexicon: Lexicon) -> Source:
    """A person by name, or an unnamed speaker by role and call sign."""
    side = next((m.side for m in mentions if m.side and m.kind in _MENTIONS_OF_SIDE), None)
    g = lexicon.grammar.patterns
    role = Role.PARTY if side and g["official_role"].search(phrase) else Role.WITNESS
    rest = phrase
    for mention in mentions:
        if mention.actor is not None:
            rest = rest.replace(mention.text, " | ")
    called = g["callsign"].search(phrase)
    named = None if called else _NAME.search(g["not_name"].sub("", g["title_word"].sub("", rest)))
    if called:
        head = g["phrase_head"].match(phrase)
        name = f"{head['head'] if head else ''} {called['name']}".strip()
    elif named:
        name = named.group()
    else:
        head = g["phrase_head"].match(phrase)
        name = (head["head"] if head else phrase).strip(" ,")
    return Source(name=name or phrase, role=role, side=side)
