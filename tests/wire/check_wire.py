#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the sample wire and its gold answers as data: schemas, ids, spans, the manifest of bad input.

  check_wire.py SOURCE_DIR

Prints each fault with its file and line; exit code 0 if there is none, 1 otherwise, 77 (skipped) without jsonschema.
"""
import csv
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: needs the Python package jsonschema (Debian: python3-jsonschema)")
    sys.exit(77)

GEOJSON = "https://geojson.org/schema/GeoJSON.json"  # referred to by the ninjs schemas, nothing here uses it
NINJS = {"ninjs13.jsonl": "1.3", "ninjs21.jsonl": "2.1", "ninjs31.jsonl": "3.1"}
REASONS = {"empty", "malformed_json", "invalid_utf8", "missing_field", "wrong_type", "too_large", "too_deep"}
NAME_TYPES = set("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE".split())

faults = []


def fault(path, line, what):
    faults.append(f"{path}:{line}: {what}")


def lines(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            yield number, json.loads(line)


def validator(schema_path):
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    base = schema.get("$id") or schema.get("id", "")
    resolver = jsonschema.RefResolver(base, schema, store={GEOJSON: {}, GEOJSON + "#": {}})
    return kind(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())


def plain_body(article):
    """The text/plain body where the article has one, else None."""
    if "text" in article or "body_text" in article:
        return article.get("text", article.get("body_text"))
    for body in article.get("bodies", []):
        if body.get("contenttype", body.get("contentType")) == "text/plain":
            return body["value"]
    return None


def headline(article):
    return article.get("headline") or next((h["value"] for h in article.get("headlines", [])), "")


def check_articles(wire, schemas):
    """Returns the analysed text of each article with a plain body, by id and text."""
    texts, seen = set(), set()
    for path in sorted(wire.glob("*.jsonl")):
        check = validator(schemas / f"ninjs-schema_{NINJS[path.name]}.json") if path.name in NINJS else None
        for number, article in lines(path):
            if check:
                for error in check.iter_errors(article):
                    fault(path, number, error.message)
            key = (article.get("uri", article.get("id")), article.get("version"))
            if key in seen:
                fault(path, number, f"{key} a second time")
            seen.add(key)
            body = plain_body(article)
            if body is not None:
                texts.add((key[0], headline(article) + "\n\n" + body if headline(article) else body))
    for path in sorted(wire.glob("*.txt")):
        texts.add((path.name, path.read_bytes().decode("utf-8")))
    return texts, len(seen)


def check_gold(path, texts):
    count = 0
    for number, gold in lines(path):
        count += 1
        text = gold["text"]
        if (gold["id"], text) not in texts:
            fault(path, number, f"no article {gold['id']} of the sample wire has this text")
        quotes = gold["quotes"]
        spans = gold["mentions"] + quotes + [q["speaker"] for q in quotes] + [q["cue"] for q in quotes if "cue" in q]
        for span in spans:
            if text[span["start"]:span["end"]] != span["text"]:
                fault(path, number, f"{span['start']}-{span['end']} is not {span['text']!r}")
        names = {c["id"] for c in gold["clusters"]}
        for mention in gold["mentions"]:
            if mention["type"] not in NAME_TYPES or mention["cluster"] not in names:
                fault(path, number, f"mention {mention['id']}: unknown type or cluster")
        for cluster in gold["clusters"]:
            members = [[m["start"], m["end"]] for m in gold["mentions"] if m["cluster"] == cluster["id"]]
            if members != cluster["mentions"]:
                fault(path, number, f"cluster {cluster['id']} disagrees with the mentions")
        for quote in quotes:
            if [quote["start"], quote["end"]] != [quote["spans"][0][0], quote["spans"][-1][1]]:
                fault(path, number, f"quote {quote['id']}: extent and spans disagree")
            if quote["type"] not in ("direct", "indirect", "mixed"):
                fault(path, number, f"quote {quote['id']}: unknown type")
    return count


def check_bad(folder):
    with open(folder / "manifest.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    listed = [row["file"] for row in rows]
    stored = sorted(p.name for p in folder.glob("*.json"))
    if sorted(listed) != stored:
        fault(folder / "manifest.tsv", 1, f"files and rows differ: {sorted(set(listed) ^ set(stored))}")
    for number, row in enumerate(rows, 2):
        good = row["outcome"] == "enriched" and row["reason"] == "-"
        if not good and (row["outcome"] != "dead-letter" or row["reason"] not in REASONS):
            fault(folder / "manifest.tsv", number, "unknown outcome or reason")
    return len(rows)


def main():
    root = pathlib.Path(sys.argv[1])
    texts, articles = check_articles(root / "deploy/demo/wire", root / "tests/schemas/ninjs")
    golds = check_gold(root / "tests/wire/gold.jsonl", texts)
    bad = check_bad(root / "tests/wire/bad")
    print("\n".join(faults))
    print(f"{articles} articles in JSON, {golds} gold answers, {bad} bad records; {len(faults)} faults")
    if articles < 40 or golds < 12 or bad < 40:
        sys.exit("fewer than expected: data is missing")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
