from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from whoholds.exporters.dossier import Dossier, RuleLine, dossier_html
from whoholds.exporters.passages import passage
from whoholds.exporters.ranges import range_charts
from whoholds.exporters.timeline import timeline
from whoholds.exporters.wording import amount, says, state_sentence
from whoholds.records import (
    Clocks,
    ControlAnswer,
    Dispute,
    FigureRow,
    Origin,
    QuantityKind,
    Relation,
    Role,
    Section,
    Stance,
    Statement,
    Tier,
)

SIDES = {"AA": "Aland", "BB": "Bland"}
CLOCKS = Clocks(as_of="2025-12-02", known_by="2025-12-02")
VOID = {"meta", "link", "br", "hr", "img", "input", "circle", "path", "rect", "line"}


def statement(claim: str, **changes: object) -> Statement:
    base = Statement(
        claim=claim,
        document=f"d-{claim}",
        document_name=f"report-{claim}",
        outlet="Outlet",
        url="https://outlet.example/a",
        title="A title",
        published="2025-12-01",
        recorded="2025-12-05T00:00:00Z",
        lang="en",
        kind="control",
        section=Section.BODY,
        start=6,
        end=20,
        quote="The town fell.",
        stance=Stance.ASSERTS,
        speaker="The ministry",
        speaker_actor="a-ministry",
        speaker_role=Role.PARTY,
        speaker_side="AA",
        chain=("Outlet", "The ministry"),
        own_voice=False,
        relation=Relation.CAPTURED,
        actor="AA",
        place_id="x:1",
        place_name="Middletown",
        when_start="2025-12-01",
        when_end="2025-12-01",
        when_basis="stated",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


CLAIMED = statement("c-1")
DENIED = statement("c-2", stance=Stance.DENIES, speaker="The staff", speaker_side="BB")
COUNTED = statement("c-3", relation=None, actor=None, quantity_kind=QuantityKind.TROOPS, low=100.0, unit="persons")

ANSWER = ControlAnswer(
    place_id="x:1",
    place_name="Middletown",
    lat=1.0,
    lon=2.0,
    clocks=CLOCKS,
    state="BB",
    tier=Tier.DISPUTED,
    since=None,
    rule="party-claims-other-denies",
    why="",
    shown_over=None,
    claimed_by="AA",
    supporting=("c-1",),
    opposing=("c-2",),
    origins_for=1,
    origins_against=1,
)


def dossier(**changes: object) -> Dossier:
    rows = (CLAIMED, DENIED, COUNTED)
    base = Dossier(
        answer=ANSWER,
        district="Middle district",
        statements={row.claim: row for row in rows},
        control=(CLAIMED, DENIED),
        history=(("2025-11-20", "BB", Tier.BACKGROUND), ("2025-12-01", "BB", Tier.DISPUTED)),
        figures=(
            FigureRow(
                kind=QuantityKind.TROOPS,
                side="AA",
                place_name="Middletown",
                unit="persons",
                claimant="The staff",
                claimant_role=Role.PARTY,
                low=100.0,
                high=None,
                approx=True,
                stance=Stance.ASSERTS,
                as_of="2025-12-01",
                claims=("c-3",),
                documents=1,
                origins=1,
            ),
        ),
        disputes=(
            Dispute(
                id="x-1",
                place_id="x:1",
                place_name="Middletown",
                about="Who holds Middletown",
                supporting=("c-1",),
                opposing=("c-2",),
                origins_for=1,
                origins_against=1,
                first="2025-12-01",
                last="2025-12-01",
                reason="one says captured, the other denies it",
            ),
        ),
        origins=(
            Origin(
                id="o-1", kind="copy", speaker="The ministry", claims=("c-1",), documents=("d-c-1", "d-9"), first=None
            ),
        ),
        texts={"d-c-1": "Then: The town fell. Nobody else says so."},
        sides=SIDES,
        rules=(RuleLine(id="party-claims-other-denies", sentence="A claim that is denied changes nothing."),),
        revision={"Whoholds": "0.1.0"},
        context_chars=300,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def page(**changes: object) -> str:
    return dossier_html(dossier(**changes)).decode()


class Balanced(HTMLParser):
    """Fails on a tag that closes nothing or stays open; collects tags, ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> crosses another tag"


def parsed(text: str) -> Balanced:
    parser = Balanced()
    parser.feed(text)
    parser.close()
    assert not parser.open
    return parser


def test_the_page_is_balanced_and_its_inner_links_lead_somewhere() -> None:
    tags = parsed(page()).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {attributes["href"] for tag, attributes in tags if tag == "a" and (attributes["href"] or "")[0] == "#"}
    assert {"#s-c-1", "#s-c-2", "#method"} <= inner
    assert {(href or "")[1:] for href in inner} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    text = page()
    tags = parsed(text).tags
    assert not {tag for tag, _ in tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "video",
    }
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
    assert not re.search(r"\ssrc(set)?\s*=|@import|url\(\s*['\"]?http", text)


def test_the_policy_admits_the_page_s_own_style_and_nothing_else() -> None:
    text = page()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] or "" for _, a in parsed(text).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("field", ["quote", "speaker", "outlet", "title", "url", "part", "lang", "document_name"])
def test_hostile_text_stays_text(field: str) -> None:
    row = statement("c-1", **{field: HOSTILE})
    text = page(statements={"c-1": row, "c-2": DENIED, "c-3": COUNTED}, control=(row, DENIED), texts={})
    tags = parsed(text).tags
    assert "script" not in {tag for tag, _ in tags}
    assert "img" not in {tag for tag, _ in tags}


def test_a_script_address_is_shown_but_not_linked() -> None:
    row = replace(CLAIMED, url="javascript:alert(1)")
    text = page(statements={"c-1": row}, control=(row,))
    assert not [a["href"] for tag, a in parsed(text).tags if tag == "a" and "javascript" in (a.get("href") or "")]


def test_the_answer_names_both_sides_and_never_says_true_or_false() -> None:
    text = page()
    assert "Aland claims it; Bland denies it; no monitor decides." in text
    body = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL).lower()
    assert not re.search(r"\b(true|false|truth|lie|lies)\b", body)


def test_quotes_carry_their_language_and_tables_their_captions() -> None:
    text = page()
    tags = [tag for tag, _ in parsed(text).tags]
    assert '<blockquote dir="auto" lang="en"' in text
    assert tags.count("table") == tags.count("caption")
    assert tags.count("h1") == 1


def test_an_empty_book_still_makes_a_page() -> None:
    answer = replace(ANSWER, state="unknown", tier=Tier.BACKGROUND, claimed_by=None, supporting=(), opposing=())
    text = page(answer=answer, statements={}, control=(), history=(), figures=(), disputes=(), origins=(), texts={})
    parsed(text)
    assert "Nobody in this book speaks to who holds Middletown." in text


def test_context_is_limited_whole_words_and_exact() -> None:
    text = "one two three four five " * 20 + "QUOTE" + " six seven eight nine ten" * 20
    start = text.index("QUOTE")
    found = passage(text, start, start + 5, "QUOTE", 60)
    assert found.quote == "QUOTE"
    assert found.before.startswith("…")
    assert found.before.removeprefix("… ") in text
    assert len(found.before) + len(found.after) <= 64


def test_a_quote_that_is_no_slice_gets_no_invented_context() -> None:
    assert passage("other text here", 0, 5, "QUOTE", 60).before == ""


def test_marks_say_their_stance_by_shape_and_never_overlap() -> None:
    rows = [replace(CLAIMED, claim=f"c-{n}", stance=list(Stance)[n % 3]) for n in range(9)]
    drawn = timeline(rows, SIDES, (), "2025-12-02")
    assert drawn is not None
    marks = [mark for lane in drawn.lanes for mark in lane.marks]
    assert {mark.shape for mark in marks} == {"disc", "cross", "diamond"}
    assert len({(mark.x, mark.y) for mark in marks}) == 9
    lane = drawn.lanes[0]
    assert all(lane.top < mark.y < lane.top + lane.height for mark in marks)


def test_a_statement_after_the_day_or_without_one_is_not_drawn() -> None:
    late = replace(CLAIMED, when_start="2025-12-03", when_end="2025-12-03")
    nowhen = replace(CLAIMED, when_start=None, when_end=None, published=None)
    assert timeline([late, nowhen], SIDES, (), "2025-12-02") is None


def test_an_open_figure_is_drawn_open() -> None:
    (chart,) = range_charts(dossier().figures, SIDES)
    assert chart.bars[0].open_high
    assert not chart.bars[0].open_low
    assert chart.bars[0].x1 < chart.bars[0].x2
    assert chart.bars[0].label == "at least about 100 persons"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(5, 5, "5 km"), (5, 7, "5 to 7 km"), (None, 7, "up to 7 km"), (5.5, None, "at least 5.5 km")],
)
def test_figures_are_written_as_given(low: float | None, high: float | None, words: str) -> None:
    assert amount(low, high, "km", approx=False) == words


def test_a_denial_names_what_is_denied() -> None:
    assert says(DENIED, SIDES) == "denies that Aland captured it"


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("state", ["AA", "contested", "unknown"])
def test_every_answer_has_a_sentence(tier: Tier, state: str) -> None:
    answer = replace(ANSWER, tier=tier, state=state)
    for supporting in ((), ("c-1",)):
        sentence = state_sentence(replace(answer, supporting=supporting), {"c-1": CLAIMED, "c-2": DENIED}, SIDES)
        assert sentence.endswith(".")
        assert "None" not in sentence
