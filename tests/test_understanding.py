"""Whole reports to claims: chains, sides, stances, places, times; in a made-up war and in the shipped theatres."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented_theatre import TAGGER, document
from whoholds.gazetteer.sqlite import SqliteGazetteer
from whoholds.records import Basis, Claim, ClaimKind, Document, QuantityKind, Relation, Role, Section, Stance
from whoholds.taggers.rules import RulesTagger
from whoholds.theatres import FolderTheatres

R = Relation


@cache
def shipped(*names: str) -> RulesTagger:
    theatres = FolderTheatres(()).load(names)
    return RulesTagger(theatres, {t.id: SqliteGazetteer(Path(t.path) / "gazetteer.sqlite") for t in theatres})


def claims(report: Document, tagger: RulesTagger = TAGGER) -> list[Claim]:
    found = list(tagger.understand(report).claims)
    assert all(c.quote == report.text[c.span.start : c.span.end] for c in found)
    return found


def control(text: str, **options: str | None) -> list[Claim]:
    """Return the control claims of a report of the made-up war."""
    return [c for c in claims(document(text, **options)) if c.kind is ClaimKind.CONTROL]  # type: ignore[arg-type]


def said(claim: Claim) -> tuple[str, Stance, Relation | None, str | None, str | None]:
    """Return who takes which stand, on what, by which side, where."""
    return (
        claim.speaker.name, claim.stance, claim.relation, claim.actor, claim.place.name if claim.place else None
    )  # fmt: skip


REPORT = """OSKARA, March 9 (Harbour Agency) - Norish troops captured the town of Brenholt on 8 March, the Norish \
General Staff said on Sunday.

The Sundran Defence Ministry denied that the town had been captured. “Our troops hold the northern part of \
Brenholt,” Arvid Holm, a spokesman for the ministry, told reporters. He said 40 Norish soldiers had been killed.

The rebels took Kestova in November 2030.
"""


def test_a_report_of_a_war_that_no_code_knows() -> None:
    found = claims(document(REPORT))
    assert [said(c) for c in found if c.kind is ClaimKind.CONTROL] == [
        ("Norish General Staff", Stance.ASSERTS, R.CAPTURED, "NOR", "Brenholt"),
        ("Sundran Defence Ministry", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt"),
        ("Arvid Holm", Stance.ASSERTS, R.HOLDS_PART, "SUN", "Brenholt"),
        ("Coast Daily", Stance.ASSERTS, R.CAPTURED, "NOR", "Kestova"),
    ]


def test_publisher_relay_speaker_in_this_order() -> None:
    first = claims(document(REPORT))[0]
    assert [s.name for s in first.chain] == ["Coast Daily", "Harbour Agency", "Norish General Staff"]
    assert [s.role for s in first.chain] == [Role.RELAY, Role.RELAY, Role.PARTY]
    assert [s.side for s in first.chain] == [None, None, "NOR"]
    assert first.speaker.cue == "said"
    assert first.content == "Norish troops captured the town of Brenholt on 8 March"


def test_he_is_the_person_named_before() -> None:
    [figure] = [c for c in claims(document(REPORT)) if c.kind is ClaimKind.QUANTITY]
    assert figure.speaker.name == "Arvid Holm"
    assert figure.speaker.mention == "He"
    assert figure.quantity is not None
    assert (figure.quantity.kind, figure.quantity.low, figure.quantity.side) == (QuantityKind.KILLED, 40, "NOR")


def test_times_have_a_basis() -> None:
    when = [c.when for c in claims(document(REPORT)) if c.kind is ClaimKind.CONTROL]
    assert [(w.start, w.end, w.basis) for w in when if w] == [
        ("2031-03-08", "2031-03-08", Basis.RELATIVE),
        ("2031-03-10", "2031-03-10", Basis.ASSUMED),
        ("2031-03-10", "2031-03-10", Basis.ASSUMED),
        ("2030-11-01", "2030-11-30", Basis.STATED),
    ]


def test_without_a_publication_date_only_stated_times_stay() -> None:
    when = [c.when for c in claims(document(REPORT, published=None)) if c.kind is ClaimKind.CONTROL]
    assert [w and w.basis for w in when] == [None, None, None, Basis.STATED]


def test_what_is_long_past_is_background() -> None:
    sections = [c.section for c in claims(document(REPORT)) if c.kind is ClaimKind.CONTROL]
    assert sections == [Section.BODY, Section.BODY, Section.BODY, Section.BACKGROUND]


def test_the_part_of_a_place() -> None:
    assert [c.place.part for c in control(REPORT) if c.place] == [None, None, "north", None]


@pytest.mark.parametrize(
    ("text", "denier", "claimant"),
    [
        ("The army rejected Norish claims that Brenholt had fallen.", "Sundra", "Norland"),
        ("Oskara denied a report by Velmar that Norish troops had captured Brenholt.", "Sundra", "Norland"),
    ],
)
def test_a_reported_denial_is_two_claims_each_with_its_speaker(text: str, denier: str, claimant: str) -> None:
    found = {c.stance: c for c in control(text)}
    assert set(found) == {Stance.ASSERTS, Stance.DENIES}
    assert found[Stance.DENIES].speaker.name == denier
    assert found[Stance.ASSERTS].speaker.name == claimant
    assert {(c.relation, c.actor, c.place.name if c.place else None) for c in found.values()} == {
        (R.CAPTURED, "NOR", "Brenholt")
    }


def test_citing_names_the_relays_from_outlet_to_origin() -> None:
    text = "Coast Daily reported, citing the Harbour Agency, that the Norish General Staff said it captured Brenholt."
    understood = TAGGER.understand(document(text, outlet="Hill Herald"))
    assert understood.relays == ("Coast Daily", "Harbour Agency")
    [claim] = understood.claims
    assert [s.name for s in claim.chain] == ["Hill Herald", "Coast Daily", "Harbour Agency", "Norish General Staff"]


def test_the_reports_own_voice_is_a_chain_of_one() -> None:
    [claim] = control("Norish troops captured Brenholt.")
    assert claim.own_voice
    assert claim.content is None
    assert claim.speaker.name == "Coast Daily"


def test_a_denial_without_words_of_its_own_takes_up_the_claim() -> None:
    first, second = control("Velmar said its troops took Brenholt. Oskara called this a lie.")
    assert said(first) == ("Norland", Stance.ASSERTS, R.CAPTURED, "NOR", "Brenholt")
    assert said(second) == ("Sundra", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("“The enemy captured Brenholt,” a Sundran soldier said.", "NOR"),
        ("“The enemy captured Brenholt,” a Norish soldier said.", "SUN"),
        ("“Our troops captured Brenholt,” a Norish soldier said.", "NOR"),
        ("“We captured Brenholt,” a Sundran soldier said.", "SUN"),
        ("The Norish General Staff said it had captured Brenholt.", "NOR"),
        ("The Norish General Staff said its troops had captured Brenholt.", "NOR"),
        ("The Norish General Staff said they had captured Brenholt.", "NOR"),
    ],
)
def test_the_enemy_and_ours_are_seen_from_who_speaks(text: str, side: str) -> None:
    [claim] = control(text)
    assert (claim.relation, claim.actor) == (R.CAPTURED, side)


def test_a_withdrawal_admitted_by_the_side_that_withdraws() -> None:
    [claim] = control("The army said it had withdrawn from Brenholt.")
    assert said(claim) == ("Sundra", Stance.ASSERTS, R.WITHDREW, "SUN", "Brenholt")
    assert claim.speaker.side == claim.actor


def test_a_doubting_monitor_is_unsure() -> None:
    [claim] = control("Lirra Watch could not confirm that Norish troops had captured Brenholt.")
    assert said(claim) == ("Lirra Watch", Stance.UNSURE, R.CAPTURED, "NOR", "Brenholt")
    assert claim.speaker.role is Role.MONITOR


def test_an_attributed_statement_of_another_kind_is_kept() -> None:
    [claim] = claims(document("Arvid Holm said that the winter had been long and cold."))
    assert (claim.kind, claim.content) == (ClaimKind.STATEMENT, "the winter had been long and cold")


def test_the_same_report_gives_the_same_ids() -> None:
    assert [c.id for c in claims(document(REPORT))] == [c.id for c in claims(document(REPORT))]
    assert len({c.id for c in claims(document(REPORT))}) == len(claims(document(REPORT)))


def test_a_report_of_no_theatre_says_so() -> None:
    both = shipped("sudan", "ukraine")
    understood = both.understand(document("The bakers of the valley said that flour was dear this year."))
    assert understood.claims == ()
    assert understood.warnings == ("no-theatre",)


# ------------------------------------------------------------------------------------- the shipped theatres

SUDAN = """The Rapid Support Forces said on Sunday that their fighters had captured El Fasher.

The Sudanese army denied that El Fasher had fallen. “Our forces hold the western districts of the city,” army \
spokesman Nabil Abdallah said. At least 30 civilians were killed in the city, a medic said.

The army recaptured Khartoum in March 2025, and the RSF withdrew from Khartoum in the same month.
"""


def test_a_sudanese_report() -> None:
    report = document(SUDAN, published="2025-10-26", outlet="Desert Post")
    found = claims(report, shipped("sudan", "ukraine"))
    assert shipped("sudan", "ukraine").understand(report).theatres == ("sudan",)
    stands = [(c.speaker.side, c.stance, c.relation, c.actor, c.place.name if c.place else None) for c in found]
    assert ("RSF", Stance.ASSERTS, R.CAPTURED, "RSF", "El Fasher") in stands
    assert ("SD", Stance.DENIES, R.CAPTURED, "RSF", "El Fasher") in stands
    assert ("SD", Stance.ASSERTS, R.HOLDS_PART, "SD", "El Fasher") in stands
    assert (None, Stance.ASSERTS, R.CAPTURED, "SD", "Khartoum") in stands
    assert (None, Stance.ASSERTS, R.WITHDREW, "RSF", "Khartoum") in stands
    assert {c.speaker.role for c in found if c.relation and c.speaker.side} == {Role.PARTY}


def test_a_sudanese_figure_has_its_speaker_and_scope() -> None:
    found = claims(document(SUDAN, published="2025-10-26", outlet="Desert Post"), shipped("sudan", "ukraine"))
    [figure] = [c for c in found if c.kind is ClaimKind.QUANTITY]
    assert figure.quantity is not None
    assert figure.place is not None
    assert (figure.quantity.kind, figure.quantity.low, figure.quantity.high) == (QuantityKind.KILLED, 30, None)
    assert (figure.speaker.name, figure.speaker.role, figure.place.name) == ("medic", Role.WITNESS, "El Fasher")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "The Russian Defense Ministry said on Monday that its troops had captured Myrnohrad. Ukraine's General "
            "Staff denied that the town had been lost. DeepState said Ukrainian forces hold the northern part of "
            "Myrnohrad.",
        ),
        (
            "uk",
            "Російські війська захопили Мирноград, заявило Міністерство оборони Росії. Генеральний штаб ЗСУ "
            "спростував захоплення Мирнограда. За даними DeepState, ЗСУ утримують північ міста.",
        ),
        (
            "ru",
            "Минобороны России заявило, что российские войска освободили Мирноград. Генштаб Украины опроверг захват "
            "Мирнограда. По данным DeepState, ВСУ удерживают север города.",
        ),
    ],
)
def test_one_story_in_three_languages(lang: str, text: str) -> None:
    report = document(text, lang=lang, published="2025-12-01", outlet="Hill Herald")
    found = [c for c in claims(report, shipped("ukraine")) if c.kind is ClaimKind.CONTROL]
    assert [said(c) for c in found] == [
        ("Russian Defense Ministry", Stance.ASSERTS, R.CAPTURED, "RU", "Myrnohrad"),
        ("General Staff of Ukraine", Stance.DENIES, R.CAPTURED, "RU", "Myrnohrad"),
        ("DeepState", Stance.ASSERTS, R.HOLDS_PART, "UA", "Myrnohrad"),
    ]
    assert len({c.place.id for c in found if c.place}) == 1
    assert found[2].speaker.role is Role.MONITOR


# --------------------------------------------------------------------------------------- what must be right

Row = tuple[str, Stance, Relation | None, str | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Sundran Defence Ministry did not directly deny that Brenholt had fallen.",
            ("Sundran Defence Ministry", Stance.UNSURE, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "The rebels failed to take Brenholt.",
            ("Coast Daily", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "The rebels are trying to encircle Brenholt.",
            ("Coast Daily", Stance.ASSERTS, R.NEAR_ENCIRCLES, "NOR", "Brenholt"),
        ),
        (
            "Brenholt is on the verge of falling.",
            ("Coast Daily", Stance.UNSURE, R.NEAR_CAPTURE, "NOR", "Brenholt"),
        ),
        (
            "Everyone knows Brenholt will fall.",
            ("Coast Daily", Stance.UNSURE, R.NEAR_CAPTURE, "NOR", "Brenholt"),
        ),
        (
            "The capture of Brenholt, announced by Velmar in September, has not yet taken place, Arvid Holm said.",
            ("Arvid Holm", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt"),
        ),
        (
            "The convoy left rebel-held Brenholt.",
            ("Coast Daily", Stance.ASSERTS, R.HOLDS, "NOR", "Brenholt"),
        ),
        (
            "“We no longer hold Brenholt,” Arvid Holm said.",
            ("Arvid Holm", Stance.DENIES, R.HOLDS, "SUN", "Brenholt"),
        ),
        (
            "The rebels claim to have captured Brenholt.",
            ("Norland", Stance.ASSERTS, R.CAPTURED, "NOR", "Brenholt"),
        ),
    ],
)
def test_must_be_right(text: str, expected: Row) -> None:
    assert [said(c) for c in control(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels have fire control over the road to Brenholt.",
        "The rebels took the only mine near Brenholt.",
        "The deep state runs Brenholt, the miller said.",
        "The rebels captured a village in Lirra region.",
        "The rebels captured a bridge on Brenholt Street.",
        "The rebels captured the flag of the Brenholt Brigade.",
    ],
)
def test_must_be_silent(text: str) -> None:
    assert control(text) == []


@pytest.mark.xfail(strict=True, reason="the rules cannot do this yet (issue 3): when one passes, move it up")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The rebels claim to have captured Brenholt, a claim that was dismissed by experts.",
            ("experts", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt"),
            id="dismissed-by-others",
        ),
        pytest.param(
            "The Norish General Staff published footage purportedly showing its troops in the centre of Brenholt.",
            ("Norish General Staff", Stance.UNSURE, R.ENTERED, "NOR", "Brenholt"),
            id="purported-footage",
        ),
        pytest.param(
            "The Norish General Staff published footage it claims shows its troops in the centre of Brenholt.",
            ("Norish General Staff", Stance.UNSURE, R.ENTERED, "NOR", "Brenholt"),
            id="footage-it-claims-shows",
        ),
        pytest.param(
            "If confirmed, the capture of Brenholt would open the road.",
            ("Coast Daily", Stance.UNSURE, R.CAPTURED, "NOR", "Brenholt"),
            id="if-confirmed",
        ),
        pytest.param(
            "The capture of Brenholt, announced by Velmar in September, has not yet taken place, Arvid Holm said.",
            ("Norland", Stance.ASSERTS, R.CAPTURED, "NOR", "Brenholt"),
            id="announced-earlier-by-another",
        ),
        pytest.param(
            "“They are lying,” Arvid Holm said of the rebels’ claim to have taken Brenholt.",
            ("Arvid Holm", Stance.DENIES, R.CAPTURED, "NOR", "Brenholt"),
            id="lying-of-a-claim",
        ),
        pytest.param(
            "The army retracted its claim to have recaptured Brenholt.",
            ("Sundra", Stance.DENIES, R.CAPTURED, "SUN", "Brenholt"),
            id="retracted",
        ),
        pytest.param(
            "Brenholt is still ours, Arvid Holm said, and his men were in Kestova, too.",
            ("Arvid Holm", Stance.ASSERTS, R.ENTERED, "SUN", "Kestova"),
            id="his-men-behind-the-speaker",
        ),
    ],
)
def test_must_become_right(text: str, expected: Row) -> None:
    assert expected in [said(c) for c in control(text)]


# ------------------------------------------------------------------------------------------- any text at all

WORDS = (
    "Brenholt", "Kestova", "the rebels", "The army", "captured", "denied", "said", "that", "had fallen", "40", "killed",
    "“", "”", "«", "»", "’", "'", '"', ",", ".", "…", ":", " — ", "\n", "\n\n", "\u200b", "\u202e", "🔻", "\u00a0",
    "е\u0301", "ﬁ", "İ", "ß", "Оскара", "захватили", "заявив", "(", ")", "%", "Norish General Staff", "2 March",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map(" ".join)
    | st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
    lang=st.sampled_from(["en", "ru", "uk", "xx"]),
    published=st.sampled_from([None, "2031-03-10", "2031-03-10T12:00:00+02:00"]),
)
def test_any_text_is_read_and_every_quote_is_a_slice(text: str, lang: str, published: str | None) -> None:
    report = document(text, lang=lang, published=published)
    for claim in claims(report):
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert claim.chain[0].name == "Coast Daily"
        assert claim.content is None or claim.content in text
        assert all(s.mention is None or s.start is not None for s in claim.chain)
