# SPDX-License-Identifier: Apache-2.0
"""More articles than an hour brings, in headless Chromium: python3 browser_bounds_test.py PATH/TO/page_server"""

import browser
from browser import PageTest, Server
from sample_records import record

BATCH = 190  # fewer than the server keeps, so that a page that takes each one before the next misses none
BATCHES = 56
KEPT = 200

PEOPLE = 4000  # different ones: what is counted must be bounded too


def article(number):
    """One of an endless wire, with people that come again and people that do not."""
    regular, new = f"Reporter Nr{number % 37}", f"Person Nr{number % PEOPLE}x"
    body = "\n\n".join(f"“Number {number} of part {part},” {new} said in Town{number % 500}. {regular} told the desk that it was so and not otherwise."
                       for part in range(6))
    return record(f"wire-{number}", f"Story number {number}", body, [("PERSON", "clerk", [new]), ("PERSON", "", [regular]), ("GPE", "", [f"Town{number % 500}"])],
                  [], [("direct", f"“Number {number} of part 0,”", new, new, "said")])


class Bounds(PageTest):
    server_arguments = ("--per-second", "1000000")

    def measure(self):
        """What is in use after the garbage is gone."""
        for _ in range(2):
            self.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        counters = self.driver.execute_cdp_cmd("Memory.getDOMCounters", {})
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            resident = next(int(text.split()[1]) for text in status if text.startswith("VmRSS"))
        return {"nodes": counters["nodes"], "listeners": counters["jsEventListeners"], "elements": self.count("*"),
                "heap": self.driver.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"], "server_kib": resident}

    def received(self):
        return self.js(r"return Number(document.getElementById('wire-count').textContent.split(' ').at(-1).replace(/\D/g, '') || 0)")

    def test_ten_thousand_articles_leave_no_more_than_five_thousand(self):
        self.driver.execute_cdp_cmd("HeapProfiler.enable", {})
        self.open()
        measured = {}
        for batch in range(BATCHES):
            self.server.pour(article(number) for number in range(batch * BATCH, (batch + 1) * BATCH))
            self.until(f"batch {batch} is on the page", lambda batch=batch: self.received() == (batch + 1) * BATCH)
            self.assertLessEqual(self.count("#wire li"), KEPT)
            if batch + 1 in (BATCHES // 2, BATCHES):
                self.js("document.querySelector('#wire button').click()")
                self.js("document.querySelector('#story a.person').click()")
                measured[batch + 1] = self.measure()
                print(f"after {(batch + 1) * BATCH} articles: {measured[batch + 1]}", flush=True)
        half, whole = measured[BATCHES // 2], measured[BATCHES]
        self.assertGreater(BATCHES * BATCH, 10_000)
        self.assertEqual(self.count("#wire li"), KEPT)
        self.assertLessEqual(self.count("#quoted li"), 12)
        self.assertLessEqual(self.count("#places li"), 12)
        self.assertLessEqual(whole["elements"], 1.05 * half["elements"])
        self.assertLessEqual(whole["nodes"], 1.05 * half["nodes"] + 200)
        self.assertLessEqual(whole["listeners"], 1.05 * half["listeners"] + 50)
        self.assertLessEqual(whole["heap"], 1.1 * half["heap"] + 1_000_000)
        # The counts of an hour: so much for each of 5,000 articles, whatever they are about.
        self.assertLessEqual(whole["server_kib"], half["server_kib"] + 8 * 1024)
        self.assert_quiet()

    def test_time_takes_everything(self):
        self.server.stop()
        self.server = Server(arguments=["--per-second", "1000000", "--kept-for", "2"])
        self.addCleanup(self.server.stop)
        self.open()
        self.server.pour(article(number) for number in range(50))
        self.until("something is there", lambda: self.count("#quoted li") > 0)
        self.until("nothing is", lambda: self.count("#wire li") + self.count("#quoted li") + self.count("#places li") == 0)
        self.assertNotIn("Reporter", self.js("return document.body.textContent"))


if __name__ == "__main__":
    browser.main(560)
