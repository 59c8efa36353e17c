#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks records as a consumer reads them: against the JSON Schemas, and every offset against the text.

  check_records.py SOURCE_DIR samples PROGRAM     records of random articles that PROGRAM prints, and docs/record.md's
  check_records.py SOURCE_DIR wire COPYDESK       what `copydesk enrich` makes of the sample wire, in both formats

Prints each fault; exit code 0 if there is none, 1 otherwise, 77 (skipped) without jsonschema.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: needs the Python package jsonschema (Debian: python3-jsonschema)")
    sys.exit(77)

GEOJSON = "https://geojson.org/schema/GeoJSON.json"  # referred to by the ninjs schemas, nothing here uses it
NINJS = {"ninjs13.jsonl": "1.3", "ninjs21.jsonl": "2.1", "ninjs31.jsonl": "3.1"}
LISTS = {"1.3": ["person", "organisation", "place", "infosource"],
         "2.1": ["people", "organisations", "places", "infosources"],
         "3.1": ["people", "organisations", "places", "infoSources"]}

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def validator(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    base = schema.get("$id") or schema.get("id", "")
    resolver = jsonschema.RefResolver(base, schema, store={GEOJSON: {}, GEOJSON + "#": {}})
    return kind(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())


def spans(record):
    """Every span of a record as (start, end, its text or None)."""
    for part in record["segments"] + record["mentions"]:
        yield part["start"], part["end"], part.get("text")
    for start, end in record.get("tokens", []) + record.get("sentences", []):
        yield start, end, None
    for quote in record["quotes"]:
        yield quote["start"], quote["end"], quote["text"]
        for start, end in quote["spans"]:
            yield start, end, None
        for part in (quote.get("speaker", {}), quote.get("cue", {})):
            if "start" in part:
                yield part["start"], part["end"], part["text"]


def check_record(where, record, schema):
    for error in schema.iter_errors(record):
        fault(where, f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    text = record["text"]
    for start, end, expected in spans(record):
        if not 0 <= start <= end <= len(text) or (expected is not None and text[start:end] != expected):
            fault(where, f"offsets {start} to {end} are not the text they claim")
    ids = {entity["id"] for entity in record["entities"]}
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    for mention in record["mentions"]:
        if mention.get("entity", "e1") not in ids | {"e1"}:
            fault(where, f"a mention of {mention['entity']}, which is not there")
    for quote in record["quotes"]:
        speaker = quote.get("speaker", {})
        if "entity" in speaker and names.get(speaker["entity"]) != speaker["name"]:
            fault(where, f"the speaker of {quote['id']} is not the entity it names")


def output_of(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8").split("\n")[:-1]


def check_samples(source, program):
    schema = validator(source / "config/enriched-article.schema.json")
    example = (source / "docs/record.md").read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    check_record("the example in docs/record.md", json.loads(example), schema)
    records = output_of([program])
    for number, line in enumerate(records, 1):
        check_record(f"sample {number}", json.loads(line), schema)
    return len(records)


def check_wire(source, copydesk):
    wire = source / "deploy/demo/wire"
    schemas = {version: validator(source / f"tests/schemas/ninjs/ninjs-schema_{version}.json") for version in LISTS}
    record_schema = validator(source / "config/enriched-article.schema.json")
    checked = 0
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
        settings.write("output:\n  format: ninjs\n")
        settings.flush()
        for path in sorted(wire.glob("*.jsonl")) + sorted(wire.glob("*.txt")):
            for option in ([], ["--tokens"], ["--timestamps"]):
                for number, line in enumerate(output_of([copydesk, "enrich", *option, path]), 1):
                    check_record(f"{path.name}:{number}", json.loads(line), record_schema)
                    checked += 1
            version = NINJS.get(path.name, "3.1")
            lines = path.read_text(encoding="utf-8").split("\n") if path.name in NINJS else None
            inputs = [json.loads(line) for line in lines if line] if lines else None
            outputs = output_of([copydesk, "enrich", "--config", settings.name, path])
            if inputs and len(inputs) != len(outputs):
                fault(path.name, f"{len(inputs)} articles in, {len(outputs)} out")
            for number, line in enumerate(outputs, 1):
                where = f"{path.name}:{number} as ninjs"
                article = json.loads(line)
                for error in schemas[version].iter_errors(article):
                    fault(where, error.message[:200])
                if inputs:
                    check_kept(where, inputs[number - 1], article, LISTS[version])
                checked += 1
    return checked


def check_kept(where, before, after, lists):
    """Nothing of the desk's is removed or moved."""
    for key, value in before.items():
        kept = after.get(key)
        if key in lists and isinstance(value, list):
            kept = kept[:len(value)]
        if kept != value:
            fault(where, f"`{key}` is not what it was")
    for key in after.keys() - before.keys():
        if key not in lists:
            fault(where, f"`{key}` was added")


def main():
    source, what, program = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    checked = check_samples(source, program) if what == "samples" else check_wire(source, program)
    print("\n".join(faults[:50]))
    print(f"{checked} records checked, {len(faults)} faults")
    return 1 if faults or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
