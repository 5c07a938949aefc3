"""The rules of evidence: every rule by its worked example, and the promises that hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_cases import PLACE, answer, answer_example, statement
from whoholds.engines.evidence_rules import load_rules, parse_rules
from whoholds.errors import InternalError
from whoholds.queries.control import Question, history
from whoholds.records import Clocks, ControlAnswer, Relation, Role, Section, Stance, Statement, Tier
from whoholds.records.rules import EvidenceRule

BOOK = load_rules()
SILENT = ("ukrain", "russia", "sudan", "rsf", "kyiv", "moscow", "isw", "deepstate")


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_worked_example(rule: EvidenceRule) -> None:
    assert rule.example is not None
    found = answer_example(rule.example, BOOK)
    assert (found.state, found.tier) == (rule.example.state, rule.example.tier)
    if not rule.standing:
        assert found.rule == rule.id
        assert found.why == rule.sentence


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_no_rule_is_idle(rule: EvidenceRule) -> None:
    assert rule.example is not None
    without = replace(BOOK, rules=tuple(other for other in BOOK.rules if other.id != rule.id))
    found = answer_example(rule.example, without)
    kept = (found.state, found.tier) == (rule.example.state, rule.example.tier)
    assert found.rule != rule.id
    assert not (rule.standing and kept)


def test_rules_name_no_side_and_no_country() -> None:
    words = " ".join(rule.sentence for rule in BOOK.rules).casefold()
    assert not [name for name in SILENT if name in words]


def test_a_rule_with_an_unknown_word_is_refused_by_name() -> None:
    text = """
reply_days = 1
standing_days = 1
history_days = 1
occasion_days = 1
background = {}
[[rule]]
id = "odd"
sentence = "s"
today = ["king: x_holds"]
state = "x"
tier = "claimed"
"""
    with pytest.raises(InternalError, match=r"'odd'.*king"):
        parse_rules(text)


def party(claim: str, side: str, day: str, **changes: Any) -> Statement:
    return statement(
        claim, speaker=f"Ministry of {side}", speaker_actor=f"m-{side}", speaker_side=side, published=day, **changes
    )


def monitor(claim: str, day: str, **changes: Any) -> Statement:
    voice = {"speaker": "Monitor", "speaker_actor": "monitor", "speaker_role": Role.MONITOR, "speaker_side": None}
    return statement(claim, published=day, **{**voice, **changes})


def own_voice(claim: str, day: str, **changes: Any) -> Statement:
    voice = {"speaker": "Outlet", "speaker_actor": None, "speaker_role": Role.RELAY, "speaker_side": None}
    return statement(claim, published=day, own_voice=True, chain=("Outlet",), **{**voice, **changes})


FEBRUARY: Any = {"when_start": "2024-02-17", "when_end": "2024-02-17", "when_basis": "stated"}
DENIES: Any = {"stance": Stance.DENIES}


def test_nothing_said_gives_the_initial_state_or_unknown() -> None:
    assert (answer([], BOOK, initial="B").state, answer([], BOOK, initial="B").rule) == ("B", "initial")
    silent = answer([], BOOK)
    assert (silent.state, silent.tier, silent.rule) == ("unknown", Tier.BACKGROUND, "nothing_known")
    assert (silent.supporting, silent.opposing, silent.since) == ((), (), None)


def test_a_claim_is_shown_over_the_earlier_state_and_says_whose_it_is() -> None:
    found = answer([party("c1", "A", "2024-05-10")], BOOK, initial="B")
    assert (found.state, found.tier, found.shown_over, found.claimed_by) == ("A", Tier.CLAIMED, "B", "A")
    assert (found.supporting, found.since) == (("c1",), "2024-05-10")


def test_a_disputed_claim_lists_the_denial_for_and_the_claim_against_the_earlier_state() -> None:
    found = answer([party("c1", "A", "2024-05-10"), party("c2", "B", "2024-05-11", **DENIES)], BOOK, initial="B")
    assert (found.state, found.tier, found.claimed_by) == ("B", Tier.DISPUTED, "A")
    assert (found.supporting, found.opposing) == (("c2",), ("c1",))


def test_a_denial_before_the_claim_does_not_answer_it() -> None:
    early = party("c1", "B", "2024-05-01", **DENIES)
    assert answer([early, party("c2", "A", "2024-05-10")], BOOK, initial="B").tier is Tier.CLAIMED


def test_a_denial_answers_repeats_of_the_claim_for_a_while_only() -> None:
    told = [party("c1", "A", "2024-02-01"), party("c2", "B", "2024-02-01", **DENIES)]
    soon = answer([*told, party("c3", "A", "2024-02-20")], BOOK, as_of="2024-02-20", initial="B")
    late = answer([*told, party("c3", "A", "2024-03-20")], BOOK, as_of="2024-03-20", initial="B")
    assert (soon.tier, late.tier) == (Tier.DISPUTED, Tier.CLAIMED)


def test_a_later_claim_is_shown_over_an_old_finding_but_not_over_a_fresh_one() -> None:
    finding = monitor("c1", "2024-05-10", relation=Relation.HOLDS, actor="B")
    fresh = answer([finding, party("c2", "A", "2024-05-12")], BOOK)
    later = answer([finding, party("c2", "A", "2024-05-25")], BOOK)
    assert (fresh.state, fresh.tier, fresh.opposing) == ("B", Tier.ASSESSED, ("c2",))
    assert (later.state, later.tier, later.shown_over) == ("A", Tier.CLAIMED, "B")


def test_a_losers_denial_does_not_unseat_a_monitors_finding() -> None:
    told = [monitor("c1", "2024-05-01"), party("c2", "B", "2024-05-20", **DENIES)]
    found = answer(told, BOOK, initial="B")
    assert (found.state, found.tier, found.opposing) == ("A", Tier.ASSESSED, ("c2",))


def test_monitors_that_exclude_each_other_on_one_day_make_it_contested() -> None:
    told = [monitor("c1", "2024-05-10"), monitor("c2", "2024-05-10", actor="B", speaker_actor="other")]
    found = answer(told, BOOK)
    assert (found.state, found.tier) == ("contested", Tier.ASSESSED)


def test_both_sides_own_words_about_losing_it_exclude_each_other() -> None:
    told = [party("c1", "A", "2024-05-10", actor="B"), party("c2", "B", "2024-05-10", actor="A")]
    assert answer(told, BOOK).state == "contested"


def test_an_area_around_the_place_never_decides() -> None:
    told = [party("c1", "B", "2024-05-10", area="sector", relation=Relation.CONTESTED, actor=None)]
    assert answer(told, BOOK, initial="B").rule == "initial"


def test_advances_and_rings_are_not_possession() -> None:
    told = [
        monitor("c1", "2024-05-10", relation=Relation.ADVANCES),
        party("c2", "A", "2024-05-10", relation=Relation.ENCIRCLES),
    ]
    assert answer(told, BOOK, initial="B").rule == "initial"


def test_a_part_changes_the_part_and_makes_the_whole_contested_as_claimed() -> None:
    found = answer([party("c1", "A", "2024-05-10", part="south")], BOOK, initial="B")
    (part,) = found.parts
    assert (part.part, part.state, part.tier, part.supporting) == ("south", "A", Tier.CLAIMED, ("c1",))
    assert (found.state, found.tier) == ("contested", Tier.CLAIMED)


def test_leaving_a_part_is_not_leaving_the_place() -> None:
    found = answer([party("c1", "B", "2024-05-10", relation=Relation.WITHDREW, actor="B", part="south")], BOOK)
    assert (found.state, found.tier, found.parts[0].state) == ("contested", Tier.ASSESSED, "A")


def test_own_voice_history_is_background_and_recent_own_voice_is_a_claim() -> None:
    past = answer([own_voice("c1", "2024-05-10", **FEBRUARY)], BOOK, initial="B")
    assert (past.state, past.tier, past.since) == ("A", Tier.BACKGROUND, "2024-02-17")
    assert past.supporting == ("c1",)
    undated = answer([own_voice("c1", "2024-05-10", section=Section.BACKGROUND)], BOOK, initial="B")
    assert undated.rule == "initial", "history needs a date of its own"
    recent = answer([own_voice("c1", "2024-05-10")], BOOK)
    assert (recent.state, recent.tier, recent.claimed_by) == ("A", Tier.CLAIMED, None)


def test_over_a_known_state_own_voices_need_company_and_copies_are_no_company() -> None:
    told = [own_voice("c1", "2024-05-10"), own_voice("c2", "2024-05-11")]
    assert answer(told[:1], BOOK, initial="B").rule == "initial"
    assert answer(told, BOOK, initial="B").rule == "several_tell_of_holder"
    assert answer(told, BOOK, initial="B", same_text={"d-c1": "g", "d-c2": "g"}).rule == "initial"


def test_disputed_history_changes_nothing() -> None:
    told = [
        own_voice("c1", "2024-05-10", **FEBRUARY),
        party("c2", "B", "2024-02-17", **DENIES),
    ]
    assert answer(told, BOOK, initial="B").state == "B"


def test_a_monitor_of_one_country_is_still_a_monitor() -> None:
    assert answer([monitor("c1", "2024-05-10", speaker_side="B")], BOOK).tier is Tier.ASSESSED


def test_beyond_the_horizon_a_finding_is_background_and_a_bare_claim_is_forgotten() -> None:
    finding = answer([monitor("c1", "2024-01-01")], BOOK, as_of="2024-12-01", initial="B")
    assert (finding.state, finding.tier, finding.rule) == ("A", Tier.BACKGROUND, "gone_quiet")
    assert finding.supporting == ("c1",)
    claim = answer([party("c1", "A", "2024-01-01")], BOOK, as_of="2024-12-01", initial="B")
    assert (claim.state, claim.rule) == ("B", "initial")


def test_nothing_before_the_day_of_the_initial_state_counts() -> None:
    old = monitor("c1", "2024-01-01")
    question = Question(
        place=PLACE, clocks=Clocks(as_of="2024-05-01", known_by="2024-05-01"), sides=("A", "B"), horizon_days=900
    )
    assert history(question, [old], BOOK, {}) == [("2024-01-01", "A", Tier.ASSESSED)]
    assert history(replace(question, opened="2024-03-01"), [old], BOOK, {}) == []


def test_two_clocks() -> None:
    told = [monitor("c1", "2024-05-20", when_start="2024-05-01", when_end="2024-05-01")]
    assert answer(told, BOOK, as_of="2024-05-10").state == "unknown"
    assert answer(told, BOOK, as_of="2024-05-10", known_by="2024-05-20").state == "A"
    assert answer(told, BOOK, as_of="2024-04-30", known_by="2024-05-20").state == "unknown"


def test_an_undated_report_counts_only_with_a_stated_date() -> None:
    undated = monitor("c1", "", when_start=None)
    undated = replace(undated, published=None)
    assert answer([undated], BOOK).state == "unknown"
    assert (
        answer([replace(undated, when_start="2024-05-01", when_end="2024-05-01", when_basis="stated")], BOOK).state
        == "A"
    )


def test_withdrawal_among_three_sides_names_no_winner() -> None:
    left = party("c1", "B", "2024-05-10", relation=Relation.WITHDREW, actor="B")
    found = answer([left], BOOK, sides=("A", "B", "C"))
    assert (found.state, found.tier) == ("unknown", Tier.ASSESSED)


def test_relays_count_once() -> None:
    told = [party(f"c{n}", "A", f"2024-05-{10 + n % 2}", outlet=f"Outlet {n}") for n in range(6)]
    found = answer(told, BOOK)
    assert (len(found.supporting), found.origins_for) == (6, 1)


def test_since_is_the_start_of_the_present_state() -> None:
    told = [monitor("c1", "2024-05-01"), monitor("c2", "2024-05-08"), party("c3", "A", "2024-05-20")]
    found = answer(told, BOOK)
    assert (found.since, found.supporting) == ("2024-05-01", ("c1", "c2", "c3"))


# -- what holds for every set of statements ---------------------------------------------------------------

SIDES = ("A", "B")
_DAYS = st.integers(1, 28).map(lambda n: f"2024-05-{n:02}")


@st.composite
def told(draw: st.DrawFn) -> Statement:
    kind = draw(st.sampled_from(("party", "monitor", "own")))
    relation = draw(st.sampled_from(Relation))
    actor = draw(st.sampled_from(SIDES))
    changes: dict[str, Any] = {
        "relation": relation,
        "actor": None if relation is Relation.CONTESTED else actor,
        "stance": draw(st.sampled_from((Stance.ASSERTS, Stance.DENIES))),
        "part": draw(st.sampled_from((None, None, None, "north"))),
    }
    day, claim = draw(_DAYS), f"c{draw(st.integers(0, 10**6)):07}"
    if kind == "party":
        return party(claim, draw(st.sampled_from(SIDES)), day, **changes)
    return monitor(claim, day, **changes) if kind == "monitor" else own_voice(claim, day, **changes)


TOLD = st.lists(told(), max_size=8, unique_by=lambda s: s.claim)
FAST = settings(max_examples=150, deadline=None)


def swapped(side: str | None) -> str | None:
    return {"A": "B", "B": "A"}.get(side or "", side)


def swap(row: Statement) -> Statement:
    return replace(row, actor=swapped(row.actor), speaker_side=swapped(row.speaker_side))


def swap_answer(found: ControlAnswer) -> ControlAnswer:
    return replace(
        found,
        state=swapped(found.state) or "",
        shown_over=swapped(found.shown_over),
        claimed_by=swapped(found.claimed_by),
        parts=tuple(replace(part, state=swapped(part.state) or "") for part in found.parts),
    )


@FAST
@given(TOLD, st.sampled_from((None, "A", "B")))
def test_the_rules_are_fair(rows: list[Statement], initial: str | None) -> None:
    assert answer(map(swap, rows), BOOK, initial=swapped(initial)) == swap_answer(answer(rows, BOOK, initial=initial))


@FAST
@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(rows: list[Statement], shuffler: Any) -> None:
    mixed = list(rows)
    shuffler.shuffle(mixed)
    assert answer(mixed, BOOK, initial="B") == answer(rows, BOOK, initial="B")


@FAST
@given(TOLD, st.lists(told(), max_size=3))
def test_a_hedge_changes_nothing(rows: list[Statement], hedges: list[Statement]) -> None:
    unsure = [replace(row, claim=f"h{n}", stance=Stance.UNSURE) for n, row in enumerate(hedges)]
    assert answer([*rows, *unsure], BOOK, initial="B") == answer(rows, BOOK, initial="B")


@FAST
@given(TOLD)
def test_every_listed_claim_is_definite_known_and_on_one_side_only(rows: list[Statement]) -> None:
    found = answer(rows, BOOK, as_of="2024-05-20")
    assert not set(found.supporting) & set(found.opposing)
    by_claim = {row.claim: row for row in rows}
    assert all((by_claim[c].published or "") <= "2024-05-20" for c in (*found.supporting, *found.opposing))
    assert found.origins_for <= len(found.supporting)


@FAST
@given(TOLD)
def test_repeating_every_statement_in_another_report_changes_no_state_and_no_count(rows: list[Statement]) -> None:
    again = [replace(row, claim=f"{row.claim}x", document=f"{row.document}x") for row in rows if not row.own_voice]
    once, twice = answer(rows, BOOK), answer([*rows, *again], BOOK)
    assert (once.state, once.tier, once.rule, once.since) == (twice.state, twice.tier, twice.rule, twice.since)
    assert (once.origins_for, once.origins_against) == (twice.origins_for, twice.origins_against)
