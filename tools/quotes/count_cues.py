#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts which verbs, nouns and adjectives report, in which frame, and how often quotes are right (docs/quotes.md).

  count_cues.py rates       SHARED FIND_QUOTES > stages/syntax/cue_rates.cpp
  count_cues.py confidence  SHARED FIND_QUOTES   prints the tables of stages/quotes/confidence.cpp
  count_cues.py reliability SHARED FIND_QUOTES   prints how often quotes of the other part are right, by confidence
  count_cues.py scores      SHARED FIND_QUOTES   prints its scores, also with a part of the stage taken away

SHARED holds eval/quotes (PolNeAR train and dev with its scorer), data/silver and data/gum; FIND_QUOTES is
build/release/tests/quotes/find_quotes. Only shares are counted; nothing of a text is kept but the cue's lemma.
"""
import bisect, collections, glob, gzip, itertools, json, os, re, subprocess, sys, tempfile, textwrap

FRAMES = ("that clause wh told object called obj-as obj-of obj-for them-to to-do doing about on for to against of with as in at "
          "from passive-to passive-that passive-by passive").split()
LISTED = ("quote", "seem")   # frames whose verbs are those of cue_verbs.cpp
TOLD = ("advise ask assure caution convince inform notify persuade press promise reassure remind show teach tell warn write brief "
        "question quiz interview challenge alert").split()
# Nouns and adjectives of saying and of attitude: these are looked for, and kept where they report.
NOMINALS = """
accusation admission advice agreement allegation announcement answer apology appeal argument assertion assessment assumption
assurance attitude awareness belief bet call certainty challenge charge claim comment commitment complaint concern conclusion
confidence confirmation consensus contention conviction criticism critique debate decision declaration defense demand denial
description desire determination disagreement disclosure doubt eagerness endorsement estimate evidence expectation explanation
faith fear feeling finding forecast frustration guess hint hope hunch idea implication impression inclination indication
insinuation insistence intention invitation joke judgment lie mention message need note notion objection observation offer opinion
opposition optimism perception pessimism phrase plan plea pledge point position praise prediction proclamation promise proposal
protest question quip rationale reassurance recognition recommendation refusal regret reluctance remark reminder report request
response revelation rumor sense sentiment skepticism speculation statement story suggestion suspicion sympathy talk testimony
theory thesis thought threat understanding unwillingness view vow warning willingness wish word worry
adamant afraid angry anxious aware careful certain clear concerned confident convinced critical determined disappointed dismissive
doubtful eager frustrated furious glad guilty happy hopeful insistent mindful nervous open opposed optimistic pessimistic pleased
positive proud ready reluctant responsible satisfied sceptical skeptical sorry supportive sure surprised suspicious thankful
uncertain unclear unaware unhappy unsure unwilling upset wary willing worried wrong
""".split()
AUXILIARIES = {"be", "do", "have", "let"}
RARE_VERB = 3               # a base form must stand there as often
OWN = 4                     # weight of a lemma's prior, in cases
MIN_COUNT = 2               # a lemma met less often in a frame is left out, but not in those of clauses:
CLAUSES, MIN_REPORTS = ("that", "clause"), 5   # there its other frames say how likely it is, where it reports as often
ACCEPT = 0.42               # smallest rate that counts as reporting, and for verbs of speech
ACCEPT_SPEECH = 0.38
CLAUSE, CLAUSE_SPEECH = 0.60, 0.50   # a bare clause must be likelier: what looks like one may be something else
THAT, THAT_SPEECH = 0.50, 0.40
RATES, LENGTHS = (50, 65, 80, 90), (4, 8, 15)   # upper ends of the classes of stages/quotes/confidence.cpp


def hand_made(project):
    """{section: words} of cue_verbs.cpp"""
    text = open(os.path.join(project, "stages/syntax/cue_verbs.cpp"), encoding="utf-8").read().split('R"(\n')[1].split(')"')[0]
    sections, name = collections.defaultdict(list), None
    for line in text.split("\n"):
        head, colon, rest = line.partition(":")
        if colon: name, line = head, rest
        if name: sections[name] += line.replace(";", " ; ").split()
    return sections


def verbs(shared, hand):
    count = collections.Counter()
    for path in sorted(glob.glob(os.path.join(shared, "data/silver/*.gz"))):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                part = line.split("\t")
                if len(part) == 3 and part[1] == "VB" and part[0].isascii() and part[0].isalpha() and part[0].islower(): count[part[0]] += 1
    found = {v for v, n in count.items() if n >= RARE_VERB and len(v) > 1}
    found |= set(hand["speech"]) | set(hand["paren"])
    forms = {w for group in " ".join(hand["forms"]).split(" ; ") for w in group.split()[1:]}
    # "hoped" is of "hope", not of "hop"; "told" is no base form.
    found = {v for v in found if not (v + "e" in found and count[v] < count[v + "e"])}
    keep = {"become", "feel", "lie", "leave", "see", "find", "lay", "overcome"}
    return sorted(found - AUXILIARIES - (forms - keep))


def section(name, words):
    """A lemma and its rate, joined by "=", stay on one line."""
    lines = textwrap.wrap(f"{name}: {' '.join(words)}", 118, subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(lines).replace("=", " ")


def records(shared, part):
    """(annotated article, the module that scores it)"""
    sys.path.insert(0, os.path.join(shared, "eval/quotes"))
    import eval_quotes
    for line in open(os.path.join(shared, f"eval/quotes/gold.{part}.jsonl"), encoding="utf-8"): yield json.loads(line), eval_quotes


def gold(shared, part):
    for record, eval_quotes in records(shared, part):
        doc = eval_quotes.Doc(record["text"])
        contents = [c for c in (doc.tokens(a["content"]) for a in record["attributions"]) if c]
        yield record["id"], doc, contents, doc.tokens(record["discard"]), eval_quotes


def found(find_quotes, shared, part, options=()):
    path = os.path.join(shared, f"eval/quotes/input.{part}.jsonl")
    out = subprocess.run([find_quotes, *options, path], check=True, capture_output=True, text=True).stdout
    return {r["id"]: r for r in map(json.loads, out.splitlines())}


def best_overlap(tokens, contents, where):
    near = {i for t in tokens for i in where[t]}
    return max((len(tokens & contents[i]) / len(tokens | contents[i]) for i in near), default=0)


def found_by(find_quotes, shared, option, texts, part="train"):
    """What find_quotes makes of a part with two lists of cues: verbs, nominals"""
    with tempfile.TemporaryDirectory() as folder:
        lists = [os.path.join(folder, n) for n in ("verbs", "nominals")]
        for path, text in zip(lists, texts):
            with open(path, "w", encoding="utf-8") as f: f.write(text + "\n")
        return found(find_quotes, shared, part, [option, *lists])


def every(shared, hand):
    """Lists of every verb, noun and adjective in every frame"""
    names = verbs(shared, hand)
    return ("\n".join(section(frame, TOLD if frame == "told" else names) for frame in FRAMES),
            "\n".join(section(frame, NOMINALS) for frame in FRAMES))


def tried(shared, find_quotes, hand):
    return found_by(find_quotes, shared, "--candidates", every(shared, hand))


def count(shared, candidates, part):
    """{(rule, frame, lemma): [times, right]} in every second article: part 0 or 1; in all: None"""
    counts = collections.defaultdict(lambda: [0, 0])
    for number, (name, doc, contents, discard, _) in enumerate(gold(shared, "train")):
        if part is not None and number % 2 != part: continue
        where = collections.defaultdict(list)
        for i, content in enumerate(contents):
            for t in content: where[t].append(i)
        for candidate in candidates[name]["candidates"]:
            tokens = doc.tokens(candidate["spans"])
            if not tokens or 2 * len(tokens & discard) >= len(tokens): continue
            n = counts[candidate["rule"], candidate["frame"], candidate["lemma"]]
            n[0] += 1
            n[1] += best_overlap(tokens, contents, where) >= .5
    return counts


class Rates:
    """A lemma's rate in a frame: its own count with OWN cases of a prior, which is how often the frame's rare lemmas report, made
    likelier or less likely by how the lemma does in its other frames."""

    def __init__(self, counts):
        self.counts = counts
        rare = collections.defaultdict(lambda: [1, 3])
        for (rule, frame, _), (n, right) in counts.items():
            if n <= 10:
                rare[rule, frame][0] += right
                rare[rule, frame][1] += n
        self.frame = {k: r / n for k, (r, n) in rare.items()}
        self.lemma = collections.defaultdict(lambda: [0, 0])
        for (rule, frame, lemma), (n, right) in counts.items():
            self.lemma[rule, lemma][0] += right
            self.lemma[rule, lemma][1] += n * self.frame.get((rule, frame), .5)

    def of(self, key):
        rule, frame, lemma = key
        n, right = self.counts.get(key, (0, 0))
        base = self.frame.get((rule, frame), .5)
        others, expected = self.lemma.get((rule, lemma), (0, 0))
        ratio = (others - right + 2) / (expected - n * base + 2)
        odds = base / (1 - base) * ratio
        return (right + OWN * odds / (1 + odds)) / (n + OWN)


def lists_of(rates, hand):
    """The text of kVerbRates, and that of kNominalRates"""
    speech = set(hand["speech"])
    chosen = {"complement": collections.defaultdict(list), "nominal": collections.defaultdict(list)}
    unseen = {("complement", frame, lemma): (0, 0) for (rule, lemma), (n, _) in rates.lemma.items() for frame in CLAUSES
              if rule == "complement" and n >= MIN_REPORTS and ("complement", frame, lemma) not in rates.counts}
    for key, (n, right) in sorted({**rates.counts, **unseen}.items()):
        rule, frame, lemma = key
        if rule not in chosen or frame not in FRAMES or (rule == "nominal" and right < 2): continue
        if n < MIN_COUNT and (frame not in CLAUSES or rates.lemma[rule, lemma][0] < MIN_REPORTS): continue
        says = rule == "complement" and lemma in speech
        floor = ACCEPT_SPEECH if says else ACCEPT
        if frame == "clause" and rule == "complement": floor = CLAUSE_SPEECH if says else CLAUSE
        if frame == "that": floor = THAT_SPEECH if says else THAT
        rate = rates.of(key)
        if rate >= floor: chosen[rule][frame].append(f"{lemma}={min(99, round(100 * rate))}")
    for frame in LISTED:
        chosen["complement"][frame] = [f"{v}={min(99, round(100 * rates.of(('complement', frame, v))))}" for v in sorted(set(hand[frame]))]
    return ["\n".join(section(f, chosen[rule][f]) for f in [*FRAMES, *LISTED] if chosen[rule][f]) for rule in ("complement", "nominal")]


def print_rates(shared, find_quotes, hand):
    texts = lists_of(Rates(count(shared, tried(shared, find_quotes, hand), None)), hand)
    print('// Printed by tools/quotes/count_cues.py.\n#include "stages/syntax/cue_verbs.h"\n\nnamespace copydesk::syntax {\n')
    for name, text in zip(("kVerbRates", "kNominalRates"), texts):
        print(f'const std::string_view {name} = R"(\n{text}\n)";\n')
    print("}  // namespace copydesk::syntax")


def judged(shared, quotes, part, half=None):
    """(quote, its tokens, whether it is right) by the scorer's one-to-one matching; of every second article: half 0 or 1"""
    for number, (name, doc, contents, discard, scorer) in enumerate(gold(shared, part)):
        if half is not None and number % 2 != half: continue
        kept = []
        for quote in quotes[name]["quotes"]:
            tokens = doc.tokens(quote["spans"])
            if tokens and 2 * len(tokens & discard) < len(tokens): kept.append((quote, tokens))
        hits = {j: overlap for j, overlap in scorer.match(contents, [t for _, t in kept]).values()}
        for j, (quote, tokens) in enumerate(kept): yield quote, tokens, hits.get(j, 0) >= .5


def print_confidence(shared, find_quotes, hand):
    """Each half is judged with the rates of the other: a rate flatters the articles that it was counted in."""
    candidates = tried(shared, find_quotes, hand)
    cells = collections.defaultdict(lambda: [0, 0])
    for quote, _, right in itertools.chain.from_iterable(
            judged(shared, found_by(find_quotes, shared, "--cues", lists_of(Rates(count(shared, candidates, 1 - half)), hand)), "train", half)
            for half in (0, 1)):
        if quote["rule"] in ("complement", "nominal"):
            name = f"rate {bisect.bisect(RATES, quote['rate'])} length {bisect.bisect(LENGTHS, quote['tokens'])}"
        else:
            name = quote["rule"] + (" speech" if quote["speech"] else "")
        cell = cells[name]
        cell[0] += 1
        cell[1] += right
    for name, (n, right) in sorted(cells.items()): print(f"{name:28s} {right / n:.2f}  of {n}")


def print_reliability(shared, find_quotes):
    bins = collections.defaultdict(lambda: [0, 0.0, 0])
    for quote, _, right in judged(shared, found(find_quotes, shared, "dev"), "dev"):
        b = bins[min(9, int(10 * quote["confidence"] + 1e-6))]
        b[0] += 1
        b[1] += quote["confidence"]
        b[2] += right
    print("| stated | quotes | mean stated | right |\n|---|---|---|---|")
    for b, (n, stated, right) in sorted(bins.items()):
        print(f"| {b / 10:.1f}–{(b + 1) / 10:.1f} | {n} | {stated / n:.2f} | {right / n:.2f} |")


def print_scores(shared, find_quotes, hand, project):
    shipped = open(os.path.join(project, "stages/syntax/cue_rates.cpp"), encoding="utf-8").read().split('R"(\n')
    shipped = [text.split('\n)"')[0] for text in shipped[1:]]

    def only(text, keep):
        """The cues of a list that are kept: by lemma and rate"""
        lines = []
        for head, words in re.findall(r"^([a-z-]+):([^:]*?)(?=^[a-z-]+:|\Z)", text, re.M | re.S):
            pairs = re.findall(r"(\S+) (\d+)", words)
            kept = [f"{lemma}={rate}" for lemma, rate in pairs if keep(lemma, int(rate))]
            if kept: lines.append(section(head, kept))
        return "\n".join(lines)

    speech = set(hand["speech"])
    often = lambda lemma, rate: rate >= (45 if lemma in speech else 55)
    cases = {
        "**all of it**": (),
        "without part of speech (guessed from closed-class words)": ["--untagged"],
        "verbs of speech only": (only(shipped[0], lambda lemma, _: lemma in speech), ""),
        "without cue nouns and adjectives": (shipped[0], ""),
        "without the cues that report now and then": (only(shipped[0], often), only(shipped[1], often)),
        "every verb and noun in every frame": every(shared, hand)}
    print("| | direct found | direct + speaker | all found | all, by token | speech | all + speaker |\n|---|---|---|---|---|---|---|")
    for part, name, case in [("dev", *c) for c in cases.items()] + [("train", "the training part", ())]:
        quotes = found_by(find_quotes, shared, "--cues", case, part) if isinstance(case, tuple) and case else found(find_quotes, shared, part, case)
        scorer = None
        for record, eval_quotes in records(shared, part):
            scorer = scorer or eval_quotes.Scorer()
            scorer.add(record, quotes[record["id"]]["quotes"])
        result = scorer.result()
        metrics = "direct@.8 e2e_direct all@.5 all_token speech@.5 e2e_all@.5".split()
        print("|", name, "|", " | ".join(str(result[m]["F1"]) for m in metrics), "|")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("rates", "confidence", "reliability", "scores"): sys.exit(__doc__)
    command, shared, find_quotes = sys.argv[1:]
    project = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    hand = hand_made(project)
    if command == "rates": print_rates(shared, find_quotes, hand)
    if command == "confidence": print_confidence(shared, find_quotes, hand)
    if command == "reliability": print_reliability(shared, find_quotes)
    if command == "scores": print_scores(shared, find_quotes, hand, project)
