"""What must be right with the shipped reader, in a made-up war that no training report names."""

from __future__ import annotations

from functools import cache

import pytest

from invented_theatre import GAZETTEER, THEATRE, document
from whoholds.records import Claim, ClaimKind, Document, QuantityKind, Relation, Stance

pytest.importorskip("onnxruntime")

from whoholds.taggers.trained import TrainedTagger

R = Relation
Row = tuple[str, Stance, Relation | None, str | None, str | None]
ASSERTS, DENIES, UNSURE = Stance.ASSERTS, Stance.DENIES, Stance.UNSURE
OUTLET, STAFF, MINISTRY, HOLM, WATCH = (
    "Coast Daily", "Norish General Staff", "Sundran Defence Ministry", "Arvid Holm", "Lirra Watch",
)  # fmt: skip


@cache
def tagger() -> TrainedTagger:
    return TrainedTagger((THEATRE,), {THEATRE.id: GAZETTEER})


def claims(report: Document) -> list[Claim]:
    found = list(tagger().understand(report).claims)
    assert all(c.quote == report.text[c.span.start : c.span.end] for c in found)
    return found


def control(text: str) -> list[Row]:
    found = [c for c in claims(document(text)) if c.kind is ClaimKind.CONTROL]
    return [(c.speaker.name, c.stance, c.relation, c.actor, c.place.name if c.place else None) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # denials, and what is none
        (
            "The Sundran Defence Ministry did not directly deny that Brenholt had fallen.",
            (MINISTRY, UNSURE, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "Arvid Holm denied that Norish troops had taken Brenholt.",
            (HOLM, DENIES, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "The Sundran Defence Ministry rejected a claim by the Norish General Staff that Brenholt had fallen.",
            (MINISTRY, DENIES, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "The Sundran Defence Ministry rejected a claim by the Norish General Staff that Brenholt had fallen.",
            (STAFF, ASSERTS, R.CAPTURED, "NOR", "Brenholt"),
        ),
        ("“Brenholt has not fallen,” Arvid Holm said.", (HOLM, DENIES, R.CAPTURED, "NOR", "Brenholt")),
        ("“They are not in Brenholt,” Arvid Holm told reporters.", (HOLM, DENIES, R.ENTERED, "NOR", "Brenholt")),
        # certainty
        (
            "Lirra Watch could not confirm that Norish troops had captured Brenholt.",
            (WATCH, UNSURE, R.CAPTURED, "NOR", "Brenholt"),
        ),
        ("Norish troops have reportedly captured Brenholt.", (OUTLET, UNSURE, R.CAPTURED, "NOR", "Brenholt")),
        ("Norish troops may have entered Brenholt.", (OUTLET, UNSURE, R.ENTERED, "NOR", "Brenholt")),
        (
            "If confirmed, the capture of Brenholt by Norish forces would open the road to the coast.",
            (OUTLET, UNSURE, R.CAPTURED, "NOR", "Brenholt"),
        ),
        ("The rebels failed to take Brenholt.", (OUTLET, DENIES, R.CAPTURED, "NOR", "Brenholt")),
        # who holds
        ("The convoy left rebel-held Brenholt.", (OUTLET, ASSERTS, R.HOLDS, "NOR", "Brenholt")),
        (
            "Sundran forces still control the northern part of Brenholt, Arvid Holm said.",
            (HOLM, ASSERTS, R.HOLDS_PART, "SUN", "Brenholt"),
        ),
        ("Brenholt remains in Sundran hands.", (OUTLET, ASSERTS, R.HOLDS, "SUN", "Brenholt")),
        ("“We no longer hold Brenholt,” Arvid Holm said.", (HOLM, DENIES, R.HOLDS, "SUN", "Brenholt")),
        # taking and losing
        (
            "The Norish General Staff said its troops had captured Brenholt.",
            (STAFF, ASSERTS, R.CAPTURED, "NOR", "Brenholt"),
        ),
        ("Brenholt was captured by Norish troops on Monday.", (OUTLET, ASSERTS, R.CAPTURED, "NOR", "Brenholt")),
        ("Norish forces seized control of Kestova.", (OUTLET, ASSERTS, R.CAPTURED, "NOR", "Kestova")),
        ("The fall of Tolvik to Norish forces opened the valley.", (OUTLET, ASSERTS, R.CAPTURED, "NOR", "Tolvik")),
        # fighting
        ("Heavy fighting continues in the streets of Brenholt.", (OUTLET, ASSERTS, R.CONTESTED, None, "Brenholt")),
        # ring
        ("Norish troops have surrounded Brenholt.", (OUTLET, ASSERTS, R.ENCIRCLES, "NOR", "Brenholt")),
        ("Kestova is besieged by Norish forces.", (OUTLET, ASSERTS, R.ENCIRCLES, "NOR", "Kestova")),
        (
            "Arvid Holm denied that the garrison of Kestova was encircled.",
            (HOLM, DENIES, R.ENCIRCLES, "NOR", "Kestova"),
        ),
        (
            "Brenholt is almost completely surrounded by Norish forces.",
            (OUTLET, ASSERTS, R.NEAR_ENCIRCLES, "NOR", "Brenholt"),
        ),
        # moving
        ("Norish troops are advancing towards Tolvik.", (OUTLET, ASSERTS, R.ADVANCES, "NOR", "Tolvik")),
        ("Norish troops broke into the outskirts of Tolvik.", (OUTLET, ASSERTS, R.ENTERED, "NOR", "Tolvik")),
        ("Norish forces were driven back from Tolvik.", (OUTLET, ASSERTS, R.REPELLED, "NOR", "Tolvik")),
        ("The army said it had withdrawn from Brenholt.", ("Sundra", ASSERTS, R.WITHDREW, "SUN", "Brenholt")),
        ("Sundran troops pulled out of Brenholt overnight.", (OUTLET, ASSERTS, R.WITHDREW, "SUN", "Brenholt")),
        # who speaks
        (
            "Coast Daily reported that the Norish General Staff said its troops had entered Kestova.",
            (STAFF, ASSERTS, R.ENTERED, "NOR", "Kestova"),
        ),
        (
            "Arvid Holm met reporters on Sunday. He said that Sundran forces held Kestova.",
            (HOLM, ASSERTS, R.HOLDS, "SUN", "Kestova"),
        ),
        ("According to Lirra Watch, Norish troops control Tolvik.", (WATCH, ASSERTS, R.HOLDS, "NOR", "Tolvik")),
        ("Norish troops control Tolvik, according to Lirra Watch.", (WATCH, ASSERTS, R.HOLDS, "NOR", "Tolvik")),
        ("“Norish troops control Tolvik,” said Arvid Holm.", (HOLM, ASSERTS, R.HOLDS, "NOR", "Tolvik")),
        # who is meant where nobody is named, or named the other way round
        ("Velmar claims to control Brenholt.", ("Norland", ASSERTS, R.HOLDS, "NOR", "Brenholt")),
        ("Velmar says Brenholt is fully under its control.", ("Norland", ASSERTS, R.HOLDS, "NOR", "Brenholt")),
        ("The Norish General Staff denied it had lost Brenholt.", (STAFF, DENIES, R.CAPTURED, "SUN", "Brenholt")),
        ("The army denied that it had withdrawn from Brenholt.", ("Sundra", DENIES, R.WITHDREW, "SUN", "Brenholt")),
        ("Sundran forces are encircled in Brenholt.", (OUTLET, ASSERTS, R.ENCIRCLES, "NOR", "Brenholt")),
        ("Brenholt is besieged by Norish forces.", (OUTLET, ASSERTS, R.ENCIRCLES, "NOR", "Brenholt")),
        (
            "Velmar has not denied that its troops withdrew from Tolvik.",
            ("Norland", UNSURE, R.WITHDREW, "NOR", "Tolvik"),
        ),
        # the place talked about
        (
            "The battle for Kestova has lasted for weeks. Norish troops now control half of the town.",
            (OUTLET, ASSERTS, R.HOLDS_PART, "NOR", "Kestova"),
        ),
    ],
)
def test_must_be_right(text: str, expected: Row) -> None:
    assert expected in control(text)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels have fire control over the road to Brenholt.",
        "The rebels took the only mine near Brenholt.",
        "The rebels captured a bridge on Brenholt Street.",
        "The rebels captured the flag of the Brenholt Brigade.",
        "The mayor of Brenholt took control of the budget.",
        "The film from Brenholt captured the hearts of the jury.",
        "The rebels captured thirty soldiers near Brenholt.",
        "Arvid Holm was born in Brenholt and went to school in Kestova.",
        "A bus from Kestova reached Brenholt on Sunday with bread and medicine.",
        "The rebels massed troops in order to seize Brenholt.",
        "Brenholt had 41,000 inhabitants before the war.",
    ],
)
def test_must_be_silent(text: str) -> None:
    assert control(text) == []


@pytest.mark.xfail(strict=True, reason="the reader errs here: when one passes, move it up")
@pytest.mark.parametrize(
    "text",
    ["The rebels captured a village in Lirra region.", "The price of flour in Brenholt has fallen."],
)
def test_must_become_silent(text: str) -> None:
    assert control(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "side"),
    [
        (
            "The Norish General Staff said 40 Sundran soldiers were killed near Brenholt.",
            QuantityKind.KILLED,
            40,
            40,
            "SUN",
        ),
        ("More than 500 Norish troops are in Brenholt.", QuantityKind.TROOPS, 500, None, "NOR"),
        ("About 3,000 civilians remain in Brenholt.", QuantityKind.CIVILIANS, 3000, 3000, "civilians"),
        ("Brenholt had 41,000 inhabitants before the war.", QuantityKind.POPULATION, 41000, 41000, "civilians"),
        ("Norish forces control up to 70 percent of Brenholt.", QuantityKind.SHARE, None, 70, "NOR"),
        ("Up to 200 Sundran soldiers are trapped in Brenholt.", QuantityKind.ENCIRCLED, None, 200, "SUN"),
    ],
)
def test_figures(text: str, kind: QuantityKind, low: float | None, high: float | None, side: str) -> None:
    found = [c.quantity for c in claims(document(text)) if c.quantity]
    assert (kind, low, high, side) in [(q.kind, q.low, q.high, q.side) for q in found]


@pytest.mark.parametrize(
    "text",
    [
        "The 155th Norish Brigade arrived.",
        "Arvid Holm, 43, arrived in 2031.",
        "The shop opened at 8 a.m. and sold bread at 12 crowns.",
        "A 152-millimetre gun stood in the yard.",
    ],
)
def test_figures_that_are_none(text: str) -> None:
    assert [c.quantity for c in claims(document(text)) if c.quantity] == []


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    text = (
        "“We hold the north of Brenholt,” Arvid Holm told reporters on Sunday.\n\n"
        "“The enemy has entered Kestova. Nobody sleeps there now.”"
    )
    assert (HOLM, ASSERTS, R.ENTERED, "NOR", "Kestova") in control(text)


def test_other_languages_are_read_by_rules() -> None:
    report = document("Норландские войска захватили Бренхольт.", lang="ru")
    assert not any(c.rule.startswith("reader:") for c in claims(report))
