#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""commands_test.py BUILD_DIR: `copydesk top` and `copydesk tap` on a pseudo-terminal, with a real Kafka and a worker."""
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

try:
    from pseudo_terminal import PseudoTerminal, environment, folder_of_tests
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)
sys.path.insert(0, folder_of_tests("deploy"))
from worker_trial import Broker, free_port, get, until  # noqa: E402

BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
COPYDESK = BUILD / "copydesk"
WIRE = BUILD.parents[1] / "deploy" / "demo" / "wire"
# What an article must not be able to do: set the title, clear the screen (as ESC and as C1), ask for an answer.
HOSTILE = "Owned \x1b]0;owned\x07 \x1b[2J \x9b2J \x1b[6n end"
ESCAPES_OF_ARTICLE = [b"\x1b]0;", b"\x1b[2J", b"\xc2\x9b", b"\x1b[6n"]
ARTICLES = [
    {"id": "bridge-1", "headline": "Bridge to reopen",
     "text": "Mayor Ilse Brandt said the bridge would reopen in May. \u201cWe are ready,\u201d she told reporters."},
    {"id": "ferry-1", "headline": "Ferry stays in port",
     "text": "Captain Jon Aske said the ferry would not sail on Friday. \u201cThe engine is cold,\u201d Aske said."},
    {"id": "hostile-1", "headline": HOSTILE,
     "text": "Mara Venn said on Monday: \u201cLook \x1b]0;owned\x07 here \x9b2J now.\u201d"},
]


class Desk:
    """One broker and one worker for all tests."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="copydesk-terminal-")
        self.log = pathlib.Path(self.folder.name) / "log"
        self.broker = Broker(BUILD)
        self.port = free_port()
        with self.log.open("wb") as log:
            self.worker = subprocess.Popen(
                [COPYDESK, "run", "--brokers", self.broker.address, "--http", f"127.0.0.1:{self.port}"], stderr=log)
        until(lambda: get(self.port, "/readyz")[0] == 200, "it was ready", self.worker, self.log)

    def feed(self, *arguments: str | pathlib.Path, text: str | None = None) -> None:
        subprocess.run([COPYDESK, "feed", "--brokers", self.broker.address, *arguments], input=text, text=True, check=True,
                       stderr=subprocess.DEVNULL)

    def feed_articles(self, articles: list[dict]) -> None:
        """And waits until they are in the output topic."""
        before = self.broker.count("wire.enriched")
        self.feed(text="".join(json.dumps(article) + "\n" for article in articles))
        until(lambda: self.broker.count("wire.enriched") >= before + len(articles), "they came out", self.worker, self.log)

    def stop(self) -> None:
        self.worker.send_signal(signal.SIGTERM)
        try:
            self.worker.wait(120)
        finally:
            self.worker.kill()
            self.broker.stop()
            self.folder.cleanup()


class Commands(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls) -> None:
        cls.desk = Desk()
        cls.desk.feed_articles(ARTICLES)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.desk.stop()

    def on_terminal(self, *arguments: str, **variables: str) -> PseudoTerminal:
        terminal = PseudoTerminal([COPYDESK, *arguments], environment(**variables))
        self.addCleanup(terminal.close)
        return terminal

    def run_plain(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([COPYDESK, *arguments], env=environment(), stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, check=False)

    def tap(self, *arguments: str) -> list[str]:
        return ["tap", "--brokers", self.desk.broker.address, *arguments]

    # tap

    def test_tap_shows_who_said_what(self) -> None:
        terminal = self.on_terminal(*self.tap("--from-beginning", "--speaker", "BRANDT", "--count", "1"))
        self.assertEqual(terminal.end(), 0, terminal.lines())
        for text in ("Bridge to reopen", "People        Ilse Brandt (Mayor) \u00d7", "Who said what",
                     "      \u201cWe are ready,\u201d", "      the bridge would reopen in May  (indirect)"):
            self.assertTrue(terminal.shows(text), (text, terminal.lines()))
        self.assertFalse(terminal.shows("Ferry"))
        self.assertIn(b"\x1b[1;33mIlse Brandt\x1b[0m", terminal.bytes)

    def test_tap_follows_until_interrupted(self) -> None:
        # It has the end of the topic before it shows the last one, so what is fed then comes after.
        terminal = self.on_terminal(*self.tap("--last", "1"), NO_COLOR="1")
        terminal.until(lambda: terminal.bytes.count(b"-----\r\n") >= 2, "the last card is there")
        self.desk.feed_articles([{"id": "late-1", "headline": "Late edition", "text": "Tide rises, said Mara Venn."}])
        terminal.until(lambda: b"Late edition" in terminal.bytes, "the new article is there")
        terminal.key("\x03")
        self.assertEqual(terminal.end(), 0)
        self.assertNotIn(b"\x1b[", terminal.bytes, "NO_COLOR")

    def test_tap_lets_no_article_control_the_terminal(self) -> None:
        for form in ([], ["--quotes"], ["--json"]):
            terminal = self.on_terminal(*self.tap("--from-beginning", "--id", "hostile-1", "--count", "1", *form))
            self.assertEqual(terminal.end(), 0, terminal.lines())
            for escape in ESCAPES_OF_ARTICLE:
                self.assertNotIn(escape, terminal.bytes, form)
            self.assertTrue(any("owned" in line for line in terminal.lines()), (form, terminal.lines()))
            self.assertEqual(terminal.screen.title, "")

    def test_tap_passes_records_through(self) -> None:
        ran = self.run_plain(*self.tap("--from-beginning", "--end", "--json", "--person", "aske"))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        records = [json.loads(line) for line in ran.stdout.splitlines()]
        self.assertEqual([record["id"] for record in records], ["ferry-1"])
        self.assertEqual(records[0]["schema"], "copydesk/enriched-article/1")
        self.assertIn("\u201cThe engine is cold,\u201d", [quote["text"] for quote in records[0]["quotes"]])

    def test_tap_shows_quotes_alone_without_colours_in_a_pipe(self) -> None:
        ran = self.run_plain(*self.tap("--from-beginning", "--end", "--quotes", "--said", "engine"))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(ran.stdout.decode(), "Jon Aske  ferry-1\n    \u201cThe engine is cold,\u201d\n")

    def test_tap_needs_its_topic(self) -> None:
        ran = self.run_plain(*self.tap("--topic", "no.such.topic"))
        self.assertEqual(ran.returncode, 1)
        self.assertIn(b"no.such.topic", ran.stderr)

    # top

    def top_row(self, terminal: PseudoTerminal, name: str) -> list[str]:
        rows = [line.split() for line in terminal.lines() if line.split()[:1] == [name]]
        return rows[0] if rows else []

    def test_top_shows_rates_lag_and_stages(self) -> None:
        address = f"127.0.0.1:{self.desk.port}"
        terminal = self.on_terminal("top", address)
        terminal.until(lambda: self.top_row(terminal, address), "the worker's row is there")
        self.assertTrue(terminal.shows("1 of 1 workers answer"))
        feeding = subprocess.Popen([COPYDESK, "feed", "--brokers", self.desk.broker.address, "--loop", "--count", "300", WIRE],
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(feeding.kill)
        stage = lambda name: self.top_row(terminal, name)[1:2]
        terminal.until(lambda: stage("entities") not in ([], ["0"]) and stage("quotes") not in ([], ["0"]), "stages have rates")
        row = self.top_row(terminal, address)
        self.assertRegex(row[1], r"^[0-9.]+k?$")
        self.assertNotEqual(row[1], "0", "articles per second")
        self.assertEqual(row[1], self.top_row(terminal, "all")[1], "one worker is all workers")
        self.assertTrue(re.search(r"\s[0-9.]+ (ms|s)\s", " ".join(row)), f"no latency in {row}")
        self.assertEqual(feeding.wait(120), 0)
        terminal.key("\x1bOB")  # down, as a terminal in application mode sends it
        terminal.until(lambda: terminal.shows("of " + address), "the stages of the chosen worker")
        terminal.key("q")
        self.assertEqual(terminal.end(), 0)
        self.assertTrue(terminal.settings_are_as_before())
        self.assertGreater(terminal.bytes.rfind(b"\x1b[?1049l"), terminal.bytes.rfind(b"\x1b[?1049h"), "the screen before it")
        self.assertGreater(terminal.bytes.rfind(b"\x1b[?25h"), terminal.bytes.rfind(b"\x1b[?25l"), "the cursor is back")

    def test_top_ends_with_an_interrupt_and_honours_no_color(self) -> None:
        terminal = self.on_terminal("top", f"127.0.0.1:{self.desk.port}", NO_COLOR="1")
        terminal.until(lambda: terminal.shows("q quit"), "the table is there")
        terminal.key("\x03")
        self.assertEqual(terminal.end(), 0)
        self.assertTrue(terminal.settings_are_as_before())
        self.assertIsNone(re.search(rb"\x1b\[[0-9;]*3[0-7]m", terminal.bytes), "no colours")

    def test_top_is_plain_in_a_pipe(self) -> None:
        address = f"127.0.0.1:{self.desk.port}"
        ran = self.run_plain("top", "--interval", "100ms", address)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertNotIn(b"\x1b", ran.stdout)
        for word in (b"ARTICLES/s", b"P95", b"LAG", address.encode(), b"\nentities "):
            self.assertIn(word, ran.stdout)
        part = self.run_plain("top", "--interval", "100ms", address, "127.0.0.1:1")
        self.assertEqual(part.returncode, 1, "one does not answer")
        self.assertIn(b"1 of 2 workers answer", part.stdout)
        self.assertIn(b"127.0.0.1:1: ", part.stderr)

    def test_top_says_what_is_no_terminal(self) -> None:
        terminal = self.on_terminal("top", f"127.0.0.1:{self.desk.port}", TERM="no-such-terminal")
        self.assertEqual(terminal.end(), 1)
        self.assertIn(b"--once", terminal.bytes)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
