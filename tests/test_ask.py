"""The use cases over a real ledger, with a made-up theatre."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whoholds.app.ask import ask, to_json
from whoholds.app.brief import brief, brief_json
from whoholds.app.claims import ClaimFilter, claims, statement_object
from whoholds.app.clocks import read_clocks
from whoholds.app.disputes import dispute_object, disputes
from whoholds.app.evidence import initial_control
from whoholds.app.figures import figures
from whoholds.app.origins import origin_groups
from whoholds.app.positions import positions
from whoholds.app.settings import Settings
from whoholds.app.why import why, why_json
from whoholds.app.workspace import Workspace
from whoholds.errors import LedgerUnusable, UnknownPlace, UsageError
from whoholds.records import (
    Basis,
    Claim,
    ClaimKind,
    Document,
    InitialControl,
    Period,
    Place,
    PlaceKind,
    PlaceName,
    PlaceRef,
    Quantity,
    QuantityKind,
    Relation,
    Role,
    Side,
    Source,
    Span,
    Stance,
    Theatre,
    Understanding,
    content_hash,
    document_id,
    stable_id,
)

OLD_MILL = Place(
    id="x:1",
    name="Old Mill",
    kind=PlaceKind.SETTLEMENT,
    lat=1.5,
    lon=2.5,
    country="XX",
    region="North Oblast",
    district="Mill Raion",
)
NEW_MILL = replace(OLD_MILL, id="x:2", name="New Mill", region="South Oblast", district=None)
THEATRE = Theatre(
    id="made-up",
    title="A made-up war",
    countries=("XX",),
    languages=("en",),
    start="2024-01-01",
    end=None,
    horizon_days=90,
    sides=(Side(code="A", name="Aland"), Side(code="B", name="Beland")),
    actors=(),
    initial=(
        InitialControl(place="XX", side="A", kind="country"),
        InitialControl(place="North", side="B", kind="region", source="an official list"),
    ),
)
MINISTRY = Source(name="Ministry of A", mention="the ministry", cue="said", actor="ma", role=Role.PARTY, side="A")
STAFF = Source(name="Staff of B", mention="the staff", cue="denied", actor="sb", role=Role.PARTY, side="B")


class Gazetteer:
    """Two mills."""

    def lookup(self, name: str) -> PlaceName | None:
        found = tuple(place for place in (OLD_MILL, NEW_MILL) if place.name.casefold() == name.casefold())
        return PlaceName(name=name, match="exact", places=found) if found else None

    def place(self, place_id: str) -> Place | None:
        return {place.id: place for place in (OLD_MILL, NEW_MILL)}.get(place_id)

    def similar(self, name: str, limit: int = 5) -> Sequence[Place]:
        return [OLD_MILL]


def report(name: str, text: str, published: str | None, outlet: str = "Courier") -> Document:
    return Document(
        id=document_id(name, f"https://example.org/{name}", text),
        name=name,
        text=text,
        content_hash=content_hash(text),
        url=f"https://example.org/{name}",
        outlet=outlet,
        published=published,
        published_basis=Basis.METADATA if published else Basis.NONE,
        lang="en",
    )


def told(doc: Document, quote: str, source: Source | None, **changes: Any) -> Claim:
    start = doc.text.index(quote)
    publisher = Source(name=doc.outlet or doc.name, role=Role.RELAY)
    values: dict[str, Any] = {
        "id": stable_id("c", doc.id, quote, changes.get("kind")),
        "document": doc.id,
        "kind": ClaimKind.CONTROL,
        "span": Span(start=start, end=start + len(quote)),
        "quote": quote,
        "chain": (publisher, source) if source else (publisher,),
        "stance": Stance.ASSERTS,
        "relation": Relation.CAPTURED,
        "actor": "A",
        "place": PlaceRef(mention="Old Mill", id="x:1", name="Old Mill"),
        "rule": "test",
    }
    return Claim(**{**values, **changes})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(
        Settings(ledger=tmp_path / "war.db"), theatres=[THEATRE], gazetteers={"made-up": Gazetteer()}, readers=[]
    )
    lead = "Correspondents of the agency have followed the fighting for this junction since the spring thaw set in."
    first = report("one", f"{lead} The ministry said its men took Old Mill. It has 500 men there.", "2024-05-10T08:00")
    relay = report("two", f"The ministry said its men took Old Mill. {lead}", "2024-05-11", "Gazette")
    denial = report("three", "The staff denied that Old Mill was lost.", "2024-05-12", "Herald")
    later = report("four", "The ministry again said its men took Old Mill in April.", "2024-06-20", "Herald")
    books = [
        (
            first,
            (
                told(first, "its men took Old Mill", MINISTRY),
                told(
                    first,
                    "500 men",
                    None,
                    kind=ClaimKind.QUANTITY,
                    relation=None,
                    actor=None,
                    quantity=Quantity(kind=QuantityKind.TROOPS, low=500.0, high=500.0, unit="persons", side="A"),
                ),
            ),
        ),
        (relay, (told(relay, "its men took Old Mill", MINISTRY),)),
        (denial, (told(denial, "Old Mill was lost", STAFF, stance=Stance.DENIES),)),
        (
            later,
            (
                told(
                    later,
                    "its men took Old Mill in April",
                    MINISTRY,
                    when=Period(start="2024-04-01", end="2024-04-30", basis=Basis.STATED),
                ),
            ),
        ),
    ]
    with made.ledger(create=True) as ledger:
        understood = [
            (doc, Understanding(document=doc.id, claims=found, relays=(), theatres=("made-up",)))
            for doc, found in books
        ]
        ledger.append(understood, [], "2024-07-01T00:00:00+00:00")
    return made


def test_ask_answers_at_the_clocks(workspace: Workspace) -> None:
    claimed = ask(workspace, "Old Mill", as_of="2024-05-11").control
    assert (claimed.state, claimed.tier, claimed.shown_over, claimed.since) == ("A", "claimed", "B", "2024-05-10")
    assert (claimed.origins_for, len(claimed.supporting)) == (1, 2), "the relay is no second confirmation"
    disputed = ask(workspace, "old mill", as_of="2024-05-12").control
    assert (disputed.state, disputed.tier, disputed.claimed_by) == ("B", "disputed", "A")
    before = ask(workspace, "Old Mill", as_of="2024-05-01").control
    assert (before.state, before.rule) == ("B", "initial")
    hindsight = ask(workspace, "Old Mill", as_of="2024-05-01", known_by="2024-06-30").control
    assert (hindsight.state, hindsight.tier) == ("A", "claimed")


def test_ask_json_is_the_promised_object(workspace: Workspace) -> None:
    found = json.loads(json.dumps(to_json(ask(workspace, "Old Mill", as_of="2024-05-12"))))
    assert set(found) == {
        *("place", "as_of", "known_by", "state", "tier", "since", "rule"),
        *("for", "against", "origins", "parts", "figures"),
    }
    assert found["place"] == {"id": "x:1", "name": "Old Mill", "lat": 1.5, "lon": 2.5}
    assert (found["as_of"], found["known_by"]) == ("2024-05-12", "2024-05-12")
    assert found["origins"] == {"for": 1, "against": 1}
    (denial,) = found["for"]
    assert denial.pop("claim").startswith("c-")
    assert denial.pop("origin").startswith("o-")
    assert denial == {
        "speaker": "Staff of B",
        "role": "party",
        "side": "B",
        "stance": "denies",
        "relation": "captured",
        "quote": "Old Mill was lost",
        "document": "three",
        "url": "https://example.org/three",
        "date": "2024-05-12",
    }
    assert [row["document"] for row in found["against"]] == ["one", "two"]
    assert (found["figures"][0]["low"], found["figures"][0]["claimant"]) == (500.0, "Courier")


def test_why_goes_down_to_the_sentences(workspace: Workspace) -> None:
    found = why(workspace, "Old Mill", as_of="2024-05-12")
    assert [(trail.origin.speaker, trail.supports, len(trail.tellings)) for trail in found.trails] == [
        ("Staff of B", True, 1),
        ("Ministry of A", False, 2),
    ]
    telling = found.trails[1].tellings[1]
    assert telling.statement.chain == ("Gazette", "Ministry of A")
    assert telling.passage.before.strip() == "The ministry said"
    with workspace.ledger() as ledger:
        text = ledger.document(telling.statement.document).text
    assert text[telling.statement.start : telling.statement.end] == telling.statement.quote
    assert json.loads(json.dumps(why_json(found)))["trails"][0]["tellings"][0]["document"] == "three"


def test_claims_by_what_was_said(workspace: Workspace) -> None:
    def names(**chosen: Any) -> list[str]:
        return [row.document_name for row in claims(workspace, ClaimFilter(**chosen))]

    assert names() == ["four", "one", "one", "two", "three"]
    assert names(kind="control", known_by="2024-05-31") == ["one", "two", "three"]
    assert names(stance="denies") == ["three"]
    assert names(claimant="ma", since="2024-05-01") == ["one", "two"]
    assert names(words="men April") == ["four"]
    assert names(words="nothing of it") == []
    assert names(place="Old Mill", limit=1) == ["three"]
    assert names(place="New Mill") == []
    assert statement_object(claims(workspace)[0])["quote"] == "its men took Old Mill in April"


@pytest.mark.parametrize(
    ("chosen", "say"),
    [
        ({"stance": "maybe"}, "use one of: asserts, denies, unsure"),
        ({"kind": "control", "as_of": "soon"}, "--as-of"),
        ({"limit": 0}, "--limit"),
    ],
)
def test_a_filter_that_cannot_be_is_the_users_mistake(workspace: Workspace, chosen: dict[str, Any], say: str) -> None:
    with pytest.raises(UsageError) as told:
        claims(workspace, ClaimFilter(**chosen))
    assert say in str(told.value)


def test_figures_disputes_and_brief(workspace: Workspace) -> None:
    assert [row.low for row in figures(workspace, "Old Mill", as_of="2024-05-31").rows] == [500.0]
    assert figures(workspace, as_of="2024-05-31", kind="killed").rows == ()
    with pytest.raises(UsageError):
        figures(workspace, kind="sheep")
    (found,) = disputes(workspace, as_of="2024-05-31").rows
    assert dispute_object(found)["about"] == "whether Aland holds Old Mill"
    assert disputes(workspace, "New Mill", as_of="2024-05-31").rows == ()
    page = brief(workspace, "Old Mill", as_of="2024-05-12")
    assert page.sentences[0].text.startswith("Old Mill: held by Beland (disputed)")
    assert json.loads(json.dumps(brief_json(page)))["silence"] is None


def test_positions_and_groups_of_documents(workspace: Workspace) -> None:
    (found,) = positions(workspace, read_clocks("2024-05-12", None))
    assert (found.place_id, found.state, found.tier) == ("x:1", "B", "disputed")
    (group,) = origin_groups(workspace)
    assert (group.kind, len(group.documents)) == ("copy", 2)


def test_the_nearest_row_of_the_initial_state_wins(workspace: Workspace) -> None:
    def holder(theatre: Theatre, place: Place, as_of: str = "2024-05-01") -> str | None:
        row = initial_control(theatre, place, as_of)
        return row.side if row else None

    assert holder(THEATRE, OLD_MILL) == "B"
    assert holder(THEATRE, NEW_MILL) == "A"
    assert holder(THEATRE, OLD_MILL, as_of="2023-12-31") is None
    district = InitialControl(place="Mill", side="A", kind="district", region="North")
    own = InitialControl(place="Old Mill", side="A", region="North")
    elsewhere = InitialControl(place="Old Mill", side="A", region="South")
    future = InitialControl(place="x:1", side="A", since="2024-06-01")
    for row, expected in ((district, "A"), (own, "A"), (elsewhere, "B"), (future, "B")):
        assert holder(replace(THEATRE, initial=(*THEATRE.initial, row)), OLD_MILL) == expected, row


def test_mistakes_are_said_plainly(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnknownPlace, match="Old Mill"):
        ask(workspace, "Nowhere", as_of="2024-05-12")
    with pytest.raises(UsageError):
        ask(workspace, "Old Mill", as_of="12 May")
    absent = Workspace(Settings(ledger=tmp_path / "no.db"), theatres=[THEATRE], gazetteers={"made-up": Gazetteer()})
    with pytest.raises(LedgerUnusable):
        ask(absent, "Old Mill", as_of="2024-05-12")
