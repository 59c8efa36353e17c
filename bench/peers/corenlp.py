# SPDX-License-Identifier: Apache-2.0
"""Stanford CoreNLP's quote annotator, for bench/peers/run."""
import json
import os
import re
import subprocess

ANNOTATORS = "tokenize,pos,lemma,ner,depparse,coref,quote"


def cpu_seconds(pid):
    """User and system time of a process and all its threads."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def readable(text):
    """A text of the same length that suits CoreNLP: it takes '' for no quotation mark and counts in UTF-16 units."""
    text = re.sub(r"(?<!\S)''", ' "', text).replace("''", '" ')
    return re.sub("[\U00010000-\U0010FFFF]", "\uFFFD", text)


def quotes_of(record):
    """The quotes of CoreNLP's JSON, in the form of Copydesk's records."""
    tokens = [token for sentence in record["sentences"] for token in sentence["tokens"]]
    for quote in record["quotes"]:
        speaker = None
        if "mentionBegin" in quote and 0 <= quote["mentionBegin"] < len(tokens):
            speaker = {"start": tokens[quote["mentionBegin"]]["characterOffsetBegin"],
                       "end": tokens[quote["mentionEnd"]]["characterOffsetEnd"], "text": quote["mention"]}
        yield {"start": quote["beginIndex"], "end": quote["endIndex"], "type": "direct", "speaker": speaker, "cue": None}


def run(jars, articles, folder):
    """The records {"id", "quotes"}, and the CPU seconds of all articles but the first, which ends the loading."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, article in enumerate(articles):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(readable(article["text"]), encoding="utf-8")
    (folder / "list").write_text("".join(f"{path}\n" for path in paths))
    command = ["java", "-Xmx6g", "-XX:+UseSerialGC", "-cp", f"{jars}/*", "edu.stanford.nlp.pipeline.StanfordCoreNLP",
               "-annotators", ANNOTATORS, "-threads", "1", "-filelist", folder / "list", "-outputFormat", "json",
               "-outputDirectory", folder]
    loaded = total = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as java:
        for line in java.stderr:
            if re.search(r"done \[", line):
                total = cpu_seconds(java.pid)
                loaded = loaded or total
    if java.returncode != 0:
        raise RuntimeError(f"CoreNLP ended with exit code {java.returncode}")
    records = []
    for article, path in zip(articles, paths):
        record = json.loads(path.with_suffix(".txt.json").read_text(encoding="utf-8"))
        records.append({"id": article["id"], "quotes": list(quotes_of(record))})
    return records, total - loaded
