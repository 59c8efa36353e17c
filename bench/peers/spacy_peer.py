# SPDX-License-Identifier: Apache-2.0
"""spaCy and textacy, for bench/peers/run. Runs in its virtual environment.

    spacy_peer.py ner|full|quotes MODEL INPUT OUTPUT

Reads {"id", "text"} lines, writes what is found with offsets in code points, and prints the CPU seconds of the work
(loading the model is not part of it) as JSON. `ner` runs the name recogniser alone, `full` every part of the pipeline,
`quotes` the pipeline and then textacy's direct quotations.
"""
import json
import re
import sys
import time

import spacy


def span(tokens):
    return {"start": tokens[0].idx, "end": tokens[-1].idx + len(tokens[-1]), "text": " ".join(t.text for t in tokens)}


def quotations(doc):
    """textacy refuses a text with an odd number of quotation marks: such a text is then tried by paragraphs."""
    from textacy.extract import direct_quotations
    try:
        found = [(0, quote) for quote in direct_quotations(doc)]
    except ValueError:
        found = []
        for paragraph in re.finditer(r"[^\n]+", doc.text):
            part = doc.char_span(*paragraph.span(), alignment_mode="expand")
            try:
                found += [(part.start_char, quote) for quote in direct_quotations(part.as_doc())]
            except ValueError:
                continue
    for offset, quote in found:
        spans = {"content": span(quote.content), "speaker": span(quote.speaker), "cue": span(quote.cue)}
        for part in spans.values():
            part["start"] += offset
            part["end"] += offset
        yield {**spans["content"], "type": "direct", "speaker": spans["speaker"], "cue": spans["cue"]}


def main():
    mode, model, source, target = sys.argv[1:]
    nlp = spacy.load(model, enable=["ner"]) if mode == "ner" else spacy.load(model)
    with open(source, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    nlp(articles[0]["text"])  # what is made on first use belongs to loading
    results = []
    begin = time.process_time()
    for article, doc in zip(articles, nlp.pipe(article["text"] for article in articles)):
        if mode == "quotes":
            found = {"quotes": list(quotations(doc))}
        else:
            found = {"entities": [{"start": e.start_char, "end": e.end_char, "type": e.label_} for e in doc.ents]}
        results.append({"id": article["id"], **found})
    seconds = time.process_time() - begin
    with open(target, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(result) + "\n" for result in results)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
