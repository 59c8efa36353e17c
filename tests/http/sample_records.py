# SPDX-License-Identifier: Apache-2.0
"""Enriched records for the live page, made from articles of the sample wire and answers written by hand.

`python3 sample_records.py` prints them, one per line: pipe them into `page_server` to look at the page.
"""

import json
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# id of the article -> its version, entities (type, role, names in the text; the first is the full one) and quotes
# (type, the exact text, the speaker as written, the speaker's full name, the cue).
ANSWERS = {
    "nl-2026-0311-quillon": {
        "entities": [
            ("ORG", "", ["Quillon Semiconductor", "Quillon"]),
            ("GPE", "", ["Lindhaven", "LINDHAVEN"]),
            ("NORP", "", ["Velmarker"]),
            ("PERSON", "Chief Executive", ["Freya Maas", "Maas"]),
            ("ORG", "", ["Metal and Instrument Workers' Union"]),
            ("PERSON", "", ["Tor Riis"]),
            ("PERSON", "Economy Minister", ["Sofie Lund"]),
            ("PRODUCT", "", ["Q7"]),
            ("GPE", "", ["Orsania"]),
            ("ORG", "", ["Tamsin Devices"]),
            ("PERSON", "", ["Piet Moberg"]),
            ("ORG", "", ["Ostergaard & Pell"]),
        ],
        "values": [("MONEY", "$1.92 billion"), ("PERCENT", "18 percent"), ("DATE", "Wednesday"), ("PERCENT", "7.4 percent"),
                   ("MONEY", "1.3 billion euros"), ("DATE", "January")],
        "quotes": [
            ("mixed", 'the company had "built a factory for a party that nobody came to."', "Freya Maas", "Freya Maas", "said"),
            ("indirect", "most of the cuts would fall on the plant in Lindhaven, which opened in 2024 with 1.3 billion euros of state aid",
             "She", "Freya Maas", "said"),
            ("direct", '"I am not going to tell you this is a transformation,"', "Maas", "Freya Maas", "told"),
            ("direct", '"It is a cut. We ordered too much steel and too few customers."', "Maas", "Freya Maas", "told"),
            ("direct", '"The phones buzzed in the canteen,"', "Tor Riis", "Tor Riis", "said"),
            ("direct", '"People read it aloud."', "Tor Riis", "Tor Riis", "said"),
            ("direct", '"The contract is short and I have read it."', "Sofie Lund", "Sofie Lund", "adding"),
            ("mixed", 'the company was "late, but not lost."', "Piet Moberg", "Piet Moberg", "said"),
        ],
    },
    "nl-2026-0316-election-social": {
        "entities": [
            ("GPE", "", ["Orsania"]),
            ("GPE", "", ["Port Selwyn", "PORT SELWYN"]),
            ("ORG", "", ["Northline"]),
            ("GPE", "", ["Alder Bay"]),
            ("PERSON", "student", ["Chloé Nakamura-Díaz"]),
            ("PERSON", "President-elect", ["Nadia Belcourt"]),
            ("PERSON", "", ["Mateo Arriaga"]),
            ("PERSON", "campaign manager", ["Lou Castell"]),
            ("ORG", "", ["University of Port Selwyn"]),
            ("PERSON", "Professor", ["Anaïs Thorburn", "Thorburn"]),
            ("PERSON", "beekeeper", ["Walt Pruitt"]),
        ],
        "values": [("DATE", "midnight on Sunday"), ("CARDINAL", "1.4 million"), ("MONEY", "$85"), ("CARDINAL", "184,000")],
        "quotes": [
            ("direct", "“I just thought my brother would like it,”", "Chloé Nakamura-Díaz", "Chloé Nakamura-Díaz", "said"),
            ("direct", "“Now a honey company has called. Twice 😅”", "Chloé Nakamura-Díaz", "Chloé Nakamura-Díaz", "said"),
            ("direct", "“Every vote counts. Please count from a distance.”", "Nadia Belcourt", "Nadia Belcourt", "reposted"),
            ("mixed", "that had been “a decision, then a mistake.”", "Lou Castell", "Lou Castell", "said"),
            ("direct", "“People have not become wiser,”", "Thorburn", "Anaïs Thorburn", "said"),
            ("direct", "“They have become bored with being fooled.”", "Thorburn", "Anaïs Thorburn", "said"),
        ],
    },
    "nl-2026-0326-obit-vasko": {
        "entities": [
            ("PERSON", "novelist", ["Mirela Vasko", "Vasko"]),
            ("GPE", "", ["Dravno", "DRAVNO"]),
            ("LANGUAGE", "", ["Kestrian"]),
            ("PERSON", "daughter", ["Lena Vasko"]),
            ("GPE", "", ["Sulmova"]),
            ("WORK_OF_ART", "", ["Form 11"]),
            ("NORP", "", ["Communist"]),
            ("PERSON", "", ["Grace Oduya"]),
            ("ORG", "", ["Karsholm Herald"]),
            ("EVENT", "", ["Lindgarde Prize"]),
        ],
        "values": [("DATE", "1937"), ("DATE", "19 years"), ("DATE", "1979"), ("DATE", "2011")],
        "quotes": [
            ("direct", "''She was correcting proofs,''", "Lena Vasko", "Lena Vasko", "said"),
            ("direct", "''There is a comma on page 212 that nobody will ever dare to touch.''", "Lena Vasko", "Lena Vasko", "said"),
            ("direct", "''She taught us that a queue is a society,''", "Grace Oduya", "Grace Oduya", "said"),
            ("direct", "''There was a form to fill in.''", "she", "Mirela Vasko", "said"),
        ],
    },
    "nl-2026-0402-ferry-inquiry": {
        "entities": [
            ("GPE", "", ["HARROWBY"]),
            ("FAC", "", ["Tallow Bridge"]),
            ("PERSON", "captain", ["Laurence Obi", "Obi"]),
            ("PERSON", "Judge", ["Beverley Nash", "Nash"]),
            ("ORG", "", ["Sable Sound Ferries"]),
            ("PERSON", "operations manager", ["Celia Dunmore"]),
            ("PERSON", "pastry cook", ["Marta Reyes"]),
            ("ORG", "", ["Tamsin Devices"]),
            ("PERSON", "Governor", ["Caroline Ashdown"]),
        ],
        "values": [("DATE", "Thursday"), ("TIME", "three hours"), ("CARDINAL", "Thirty-one"), ("DATE", "July")],
        "quotes": [
            ("direct", '"I was looking at a picture,"', "Laurence Obi", "Laurence Obi", "said"),
            ("direct", '"I was not looking at the river."', "Laurence Obi", "Laurence Obi", "said"),
            ("direct", '"and I knew that the stone was not on my screen."', "he", "Laurence Obi", "told"),
            ("direct", '"The unit had been inspected,"', "Celia Dunmore", "Celia Dunmore", "said"),
            ("direct", '"it was an excellent radar."', "the judge", "Beverley Nash", "said"),
            ("direct", '"I wanted to hate him,"', "Marta Reyes", "Marta Reyes", "said"),
        ],
    },
    "nl-2026-0408-water-report": {
        "entities": [
            ("GPE", "", ["Orsania"]),
            ("GPE", "", ["PORT SELWYN"]),
            ("LOC", "", ["Europe"]),
            ("ORG", "", ["University of Port Selwyn"]),
            ("ORG", "", ["Lindhaven Polar Institute"]),
            ("PERSON", "hydrologist", ["Teodor Wick", "Wick"]),
            ("ORG", "", ["Orsanian Farmers' Federation"]),
            ("PERSON", "president", ["Gus Hallam", "Hallam"]),
            ("PERSON", "", ["Nadia Belcourt", "Belcourt"]),
            ("LAW", "", ["Wells Act of 1911"]),
            ("ORG", "", ["National Concord"]),
            ("ORG", "", ["Open Windows"]),
        ],
        "values": [("DATE", "2010"), ("PERCENT", "12 percent"), ("DATE", "2020"), ("MONEY", "about 190 million dollars"), ("DATE", "2034")],
        "quotes": [
            ("direct", '"This is mining,"', "Teodor Wick", "Teodor Wick", "said"),
            ("direct", "\"It's just that the mine is full of lettuce.\"", "Teodor Wick", "Teodor Wick", "said"),
            ("indirect", "members had cut their use by 12 percent since 2020 and that the study had counted wells that were closed years ago",
             "Gus Hallam", "Gus Hallam", "said"),
            ("direct", '"you can\'t run dry twice."', "Hallam", "Gus Hallam", "put"),
            ("indirect", "the first districts would have to give up wheat by 2034", "the report", None, "concluded"),
        ],
    },
}


def utc(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def nearest(text, what, start, end):
    """Where `what` stands as words of its own outside start:end, nearest to it; Python counts code points, as records do."""
    found = [m.span() for m in re.finditer(r"(?<!\w)" + re.escape(what) + r"(?!\w)", text)]
    away = {a: max(start - b, a - end) for a, b in found if b <= start or a >= end}
    return min(away, key=away.get, default=-1)


def record(identifier, headline, body, entities=(), values=(), quotes=(), **more):
    """An enriched record. `more` replaces or adds fields at its top."""
    text = headline + "\n\n" + body if headline else body
    mentions, ids = [], {}
    for number, (kind, role, names) in enumerate(entities, 1):
        ids[names[0]] = f"e{number}"
        for name in sorted(names, key=len, reverse=True):
            for match in re.finditer(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text):
                start, end = match.span()
                if not any(m["start"] < end and start < m["end"] for m in mentions):
                    mentions.append({"start": start, "end": end, "text": name, "type": kind, "kind": "name", "entity": f"e{number}"})
    for kind, what in values:
        start = text.find(what)
        if start >= 0 and not any(m["start"] < start + len(what) and start < m["end"] for m in mentions):
            mentions.append({"start": start, "end": start + len(what), "text": what, "type": kind, "kind": "value"})
    out_quotes = []
    for number, (kind, what, speaker, full_name, cue) in enumerate(quotes, 1):
        start = text.index(what)
        quote = {"id": f"q{number}", "type": kind, "start": start, "end": start + len(what), "spans": [[start, start + len(what)]], "text": what}
        at = nearest(text, speaker, start, start + len(what))
        quote["speaker"] = {"start": at, "end": at + len(speaker), "text": speaker}
        if full_name:
            quote["speaker"].update(entity=ids[full_name], name=full_name)
        if full_name and speaker.lower() in ("he", "she") and not any(m["start"] == at for m in mentions):
            mentions.append({"start": at, "end": at + len(speaker), "text": speaker, "type": "PERSON", "kind": "pronoun", "entity": ids[full_name]})
        at = nearest(text, cue, start, start + len(what))
        quote["cue"] = {"start": at, "end": at + len(cue), "text": cue, "lemma": cue}
        quote["confidence"] = 0.95
        out_quotes.append(quote)
    mentions.sort(key=lambda m: (m["start"], -m["end"]))
    made = {"schema": "copydesk/enriched-article/1", "id": identifier, "version": "1", "status": "usable", "analysis": "full", "language": "en",
            "published": utc(time.time()), "text": text, "segments": [], "offset_unit": "codepoint"}
    if headline:
        made["segments"].append({"field": "headline", "start": 0, "end": len(headline)})
    made["segments"].append({"field": "body", "start": len(text) - len(body), "end": len(text)})
    made["entities"] = []
    for number, (kind, role, names) in enumerate(entities, 1):
        entity = {"id": f"e{number}", "type": kind, "name": names[0]}
        if role:
            entity["role"] = role
        if len(names) > 1:
            entity["aliases"] = names[1:]
        entity["mentions"] = sum(m.get("entity") == f"e{number}" for m in mentions)
        entity["quoted"] = sum(q["speaker"].get("entity") == f"e{number}" for q in out_quotes)
        made["entities"].append(entity)
    made.update(mentions=mentions, quotes=out_quotes,
                provenance={"pipeline": "copydesk", "received": utc(time.time()), "enriched": utc(time.time())})
    made.update(more)
    return made


def line(made):
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def sample_records():
    articles = {}
    with open(ROOT / "deploy/demo/wire/plain.jsonl", encoding="utf-8") as wire:
        for text in wire:
            article = json.loads(text)
            articles[article["id"]] = article
    return [record(identifier, articles[identifier]["headline"], articles[identifier]["text"], **answers)
            for identifier, answers in ANSWERS.items()]


if __name__ == "__main__":
    for made in sample_records():
        print(line(made), flush=True)
    if "--stay" in sys.argv:
        while True:
            time.sleep(60)
