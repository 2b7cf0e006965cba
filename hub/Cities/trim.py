#!/usr/bin/env python3
"""Trims a city's open GeoJSON layers to what the product reads.

    python3 hub/Cities/trim.py CITY SOURCE_DIR

CITY is a folder beside this file with a layers.json: target file -> {"source": file, "keep": [property, ...]}.
Coordinates are rounded to six decimals (0.11 m) and repeated points dropped, whole numbers lose their ".0", absent,
empty and "<Null>" properties are left out, and each feature takes one line, so that a change shows in a diff.
"""
import json
import pathlib
import sys


def rounded(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0], 6), round(coordinates[1], 6)]
    points = [rounded(c) for c in coordinates]
    if isinstance(points[0][0], float):
        points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    return points


def value(raw):
    if isinstance(raw, str):
        raw = raw.strip()
        return None if raw in ("", "<Null>") else raw
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    return raw


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    city = pathlib.Path(__file__).parent / sys.argv[1]
    source = pathlib.Path(sys.argv[2])
    for target, layer in json.loads((city / "layers.json").read_text()).items():
        lines = []
        for feature in json.loads((source / layer["source"]).read_text())["features"]:
            if not feature.get("geometry"):
                continue
            kept = {k: value(feature["properties"].get(k)) for k in layer["keep"]}
            lines.append(json.dumps({
                "type": "Feature",
                "properties": {k: v for k, v in kept.items() if v is not None},
                "geometry": {"type": feature["geometry"]["type"], "coordinates": rounded(feature["geometry"]["coordinates"])},
            }, ensure_ascii=False, separators=(",", ":")))
        (city / target).write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")
        print(f"{target}: {len(lines)} features, {(city / target).stat().st_size} bytes")


if __name__ == "__main__":
    main()
