"""Who holds each settlement on a date, as GeoJSON (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from whoholds.exporters.control import control_row
from whoholds.exporters.release import Release
from whoholds.records import ControlAnswer

__all__ = ["geojson"]


def geojson(answers: Iterable[ControlAnswer], release: Release) -> Iterator[bytes]:
    """Yield one FeatureCollection; a place without coordinates stands under ``unlocated``, not at 0, 0."""
    located: list[dict[str, Any]] = []
    unlocated: list[dict[str, Any]] = []
    for answer in answers:
        properties = {key: value for key, value in control_row(answer).items() if key not in ("lat", "lon")}
        if answer.lat is None or answer.lon is None:
            unlocated.append(properties)
        else:
            located.append(_feature(answer.lon, answer.lat, properties))
    body = {
        "type": "FeatureCollection",
        "release": release.as_object(),
        "features": located,
        "unlocated": unlocated,
    }
    yield msgspec.json.encode(body) + b"\n"


def _feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": properties["place_id"],
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }
