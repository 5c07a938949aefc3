"""How often the rules of evidence give the answer of a careful reader, with the gold statements as input.

Extraction plays no part: the annotated control statements of each development report become a ledger of
their own, and the answer on the report's publication day is compared with the annotator's. Prints a table.

    python bench/answers.py [--reports ../shared/reports/a] [--misses]
"""

from __future__ import annotations

import argparse
import calendar
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoholds.engines.evidence_rules import load_rules
from whoholds.queries.control import Question, assess
from whoholds.queries.origins import origin_of, origins
from whoholds.records import Clocks, ControlAnswer, Place, PlaceKind, Relation, Role, Section, Stance, Statement

Row = dict[str, Any]

#: Speakers that the annotations name without saying for whom they speak.
MONITORS = {"DeepState", "ISW", "war trackers from both countries"}
RELAYS = {"Reuters", "AP", "Fox News"}
SPEAKERS = {
    "MNDAA": "MNDAA",
    "Myanmar military government": "MM",
    "Willy Ngoma": "M23",
    "M23 spokesperson": "M23",
    "M23": "M23",
    "Jean-Jacques Purusi": "CD",
    "Congo's government": "CD",
    **dict.fromkeys(
        (
            *("Valery Gerasimov", "Russia", "Kremlin", "commander of the Vostok grouping", "Russian officer Sokol"),
            *("Russian military bloggers", "Vladimir Putin", "Denis Pushilin", "SHOT", "Russian army blogger"),
            *("Russian Defense Ministry", "Russian media", "Telegram channel Combat Notebook", "Russian prisoner"),
            "Russian detachment commander Tailor",
        ),
        "RU",
    ),
    **dict.fromkeys(
        (
            *("serviceman Heron", "serviceman Tsaplia", "General Staff of Ukraine", "Ukrainian drone pilot", "Ukraine"),
            *("mortar crew commander Bilka", "Viktor Muzhenko", "Oleksandr Syrskyi", "infantryman Joiner"),
            *("Ostap Vereskliuk", "Andrii Kovalov", "medic Mira", "Ukrainian company commander", "drone operator Lynx"),
            *("marine Bosun", "Viktor Trehubov", "infantryman Chyzh", "scout Mole", "7th Rapid Response Corps"),
            *("Skhid (East) Grouping of Forces", "evacuation driver Leleka", "Volodymyr Zelensky", "sergeant Owl"),
            "2nd Corps of the National Guard",
        ),
        "UA",
    ),
}
THEATRES = ({"RU", "UA"}, {"M23", "CD"}, {"MNDAA", "MM"})


def period(when: str | None) -> tuple[str | None, str | None]:
    """Return the first and last day of an annotated time ("2024-10", "2025-01-25/2025-01-28")."""
    if not when:
        return None, None
    start, _, end = when.partition("/")
    return _edge(start, last=False), _edge(end or start, last=True)


def _edge(text: str, *, last: bool) -> str:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return f"{year:04}-{month:02}-{day:02}"


def statement(number: int, row: Row, published: str) -> Statement:
    """Return an annotated control statement as the ledger would hold it."""
    start, end = period(row["when"])
    own = row["source"] == "outlet"
    role = Role.MONITOR if row["source"] in MONITORS else Role.RELAY if row["source"] in RELAYS else None
    part = row["part"]
    return Statement(
        claim=f"{row['doc']}#{number:03}",
        document=row["doc"],
        document_name=row["doc"],
        outlet="outlet",
        url=None,
        title=None,
        published=published,
        recorded=published,
        lang=None,
        kind="control",
        section=Section.BODY,
        start=0,
        end=0,
        quote=row["anchor"],
        stance=Stance(row["stance"]),
        speaker=row["source"],
        speaker_actor=None,
        speaker_role=role,
        speaker_side=SPEAKERS.get(row["source"]),
        chain=("outlet",) if own else ("outlet", row["source"]),
        own_voice=own,
        relation=Relation(row["relation"]),
        actor=row["actor"],
        place_id=row["place"],
        place_name=row["place"],
        part=None if part == "sector" else part,
        area=part if part == "sector" else None,
        when_start=start,
        when_end=end,
        when_basis="stated" if start else None,
    )


def answers(folder: Path) -> Iterator[tuple[Row, Row, ControlAnswer]]:
    """Yield (document row, gold answer, our answer) for each place that an annotator answered for."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    control: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["type"] == "control":
            control[row["doc"]].append(row)
    for doc in (row for row in rows if row["type"] == "doc"):
        told = [statement(number, row, doc["published"]) for number, row in enumerate(control[doc["doc"]])]
        for gold in doc.get("answer", ()):
            yield doc, gold, answer(gold["place"], doc["published"], told)


def answer(place: str, day: str, told: list[Statement]) -> ControlAnswer:
    """Ask the rules who holds a place, with no initial state."""
    here = [s for s in told if s.place_id == place]
    named = {side for s in told for side in (s.actor, s.speaker_side) if side}
    sides = next((theatre for theatre in THEATRES if named <= theatre), named)
    question = Question(
        place=Place(id=place, name=place, kind=PlaceKind.SETTLEMENT, lat=None, lon=None),
        clocks=Clocks(as_of=day, known_by=day),
        sides=tuple(sorted(sides)),
        horizon_days=90,
    )
    return assess(question, here, load_rules(), origin_of(origins(here, {})))


def main() -> None:
    """Print agreement by gold tier, and the misses on request."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=Path(__file__).parents[2] / "shared" / "reports" / "a")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    total, state, both = Counter[str](), Counter[str](), Counter[str]()
    for doc, gold, ours in answers(options.reports):
        right = ours.state == gold["state"], ours.tier == gold["tier"]
        for key in (gold["tier"], "all"):
            total[key] += 1
            state[key] += right[0]
            both[key] += all(right)
        if options.misses and not all(right):
            wanted, got = f"{gold['state']}/{gold['tier']}", f"{ours.state}/{ours.tier}"
            print(f"{doc['doc']:24} {gold['place']:18} gold {wanted:20} ours {got:20} {ours.rule}")
    print(f"{'tier in gold':14}{'places':>8}{'state':>8}{'state and tier':>16}")
    for key in (*sorted(set(total) - {"all"}), "all"):
        print(f"{key:14}{total[key]:>8}{state[key] / total[key]:>8.2f}{both[key] / total[key]:>16.2f}")


if __name__ == "__main__":
    main()
