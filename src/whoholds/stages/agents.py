"""Which side a finding is about, seen from its speaker: "the enemy", "ours", nobody named."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.records import ClaimKind, Relation, Source
from whoholds.stages.actors import ActorMention, MentionKind
from whoholds.stages.control import ControlFinding
from whoholds.stages.page import Page, enemy_of
from whoholds.stages.speakers import PERSONAL
from whoholds.stages.whereabouts import OFFENSIVE


def side_of(page: Page, finding: ControlFinding, chain: Sequence[Source], denied: bool = False) -> str | None:
    """Resolve the agent of a finding to a side code, seen from the speaker."""
    own = own_side(page, chain)
    if finding.relation is Relation.CONTESTED:
        return finding.actor.side if isinstance(finding.actor, ActorMention) else None
    if isinstance(finding.actor, ActorMention):
        return mentioned_side(page, finding.actor, own)
    if finding.actor == "own":
        return own
    if finding.actor == "it" and len(chain) > 1 and chain[-1].side and not _is_person(page, chain[-1]):
        return chain[-1].side
    if finding.actor in {"they", "it"}:
        return _they(page, finding, chain, denied)
    if finding.actor == "liberator":
        return chain[-1].side or _assumed_side(page, finding)
    if finding.actor == "other":
        return enemy_of(page, own)
    if finding.relation is Relation.WITHDREW and page.tagging is not None and chain[-1].side:
        return chain[-1].side
    return _assumed_side(page, finding)


def mentioned_side(page: Page, mention: ActorMention, own: str | None) -> str | None:
    """Return the side of a mention: "the enemy" and "ours" are seen from the side that speaks."""
    if mention.kind is MentionKind.ENEMY:
        return enemy_of(page, own) or page.attacker
    return own if mention.kind is MentionKind.OURS else mention.side


def speaks_of_itself(page: Page, finding: ControlFinding, content: int) -> str | None:
    """Return "own" where the words make the speaker their subject: "claims to hold", "is under its control".

    "other" where it says that it lost, None where it does not speak of itself.

    ``content`` is where what the speaker says begins.
    """
    if finding.actor is not None or page.tagging is None or content > finding.anchor:
        return None
    g, text = page.reading.lexicon.grammar.patterns, page.document.text
    lead = text[max(0, content - 3) : finding.anchor]
    after = text[finding.anchor : finding.anchor + 60]
    if not (g["speaker_before"].fullmatch(lead.strip()) or g["speaker_hands"].search(after)):
        return None
    lost = finding.relation is Relation.CAPTURED and g["losing"].search(after[:14])
    return "other" if lost else "own"


def _they(page: Page, finding: ControlFinding, chain: Sequence[Source], denied: bool) -> str | None:
    """Resolve "they": the body that speaks of itself, else the last side named before.

    Who denies something of "them" denies it of others: "Kinshasa disputed that they control it".
    """
    speaker = chain[-1]
    if len(chain) > 1 and speaker.side and not denied and not _is_person(page, speaker):
        return speaker.side
    named = [
        m
        for mentions in page.actors.values()
        for m in mentions
        if m.start < finding.start and m.side and m.start != speaker.start and m.kind in _FORCES
    ]
    if page.tagging is not None and not denied:
        last = next((c.actor for c in reversed(page.claims) if c.kind is ClaimKind.CONTROL and c.actor), None)
        if last or (speaker.side and _is_person(page, speaker)):
            return last or enemy_of(page, speaker.side)
    if denied:
        named = [m for m in named if m.side != speaker.side]
        return max(named, key=lambda m: m.start).side if named else enemy_of(page, speaker.side)
    return max(named, key=lambda m: m.start).side if named else speaker.side


_FORCES = frozenset({MentionKind.FORCE, MentionKind.NOUN, MentionKind.SPEAKER})


def _is_person(page: Page, speaker: Source) -> bool:
    actor = next((a for a in page.reading.theatre.actors if a.id == speaker.actor), None)
    if actor is not None:
        return actor.kind in PERSONAL
    return bool(page.reading.lexicon.grammar.patterns["personal_role"].search(speaker.mention or ""))


def _assumed_side(page: Page, finding: ControlFinding) -> str | None:
    """No agent is named: the side that the report has doing such things to this place."""
    if page.tagging is not None and page.attacker:
        return page.attacker if finding.relation in OFFENSIVE else enemy_of(page, page.attacker)
    chosen = finding.place.chosen
    for claim in reversed(page.claims):
        same = claim.place is not None and chosen is not None and claim.place.id == chosen.id
        if claim.kind is ClaimKind.CONTROL and claim.actor and same and _kin(claim.relation, finding.relation):
            return claim.actor
    holder = page.reading.holder(chosen) if chosen else None
    if finding.relation in OFFENSIVE:
        return enemy_of(page, holder) or page.attacker
    return holder or enemy_of(page, page.attacker)


def _kin(one: Relation | None, other: Relation) -> bool:
    return (one in OFFENSIVE) == (other in OFFENSIVE)


def own_side(page: Page, chain: Sequence[Source]) -> str | None:
    """Return the side that "we" and "ours" mean: the speaker's; an unnamed speaker is taken for a defender."""
    if chain[-1].side:
        return chain[-1].side
    return enemy_of(page, page.attacker) if len(chain) > 1 else None
