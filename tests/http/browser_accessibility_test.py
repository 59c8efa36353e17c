# SPDX-License-Identifier: Apache-2.0
"""axe-core on the live page: python3 browser_accessibility_test.py PATH/TO/page_server

Exits with 77 (skipped) where tools/setup could not fetch axe-core, too.
"""

import pathlib
import sys
import zipfile

import browser
from browser import PageTest
from sample_records import sample_records

JARS = sorted((pathlib.Path(__file__).resolve().parents[2] / ".deps/axe").glob("*.jar"))

RUN = """
const done = arguments[0];
axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => done({
  passes: passes.length,
  violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).slice(0, 5).join(' | ')}`),
}), (error) => done({ passes: 0, violations: [String(error)] }));
"""


class Accessibility(PageTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with zipfile.ZipFile(JARS[-1]) as jar:
            cls.axe = jar.read("axe.min.js").decode()

    def assert_accessible(self, what):
        self.js(self.axe + "; window.axe = axe;")
        result = self.driver.execute_async_script(RUN)
        self.assertGreater(result["passes"], 20, what)
        self.assertEqual(result["violations"], [], what)

    def each(self):
        """The page in each colour and width."""
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"features": []})
        for theme in ("light", "dark"):
            # Without the fade-in, in which colours are in between.
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
                {"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})
            for width, height in ((1280, 900), (390, 844), (1920, 1080)):
                self.open(width, height)
                yield f"{theme}, {width} px"

    def test_empty(self):
        for what in self.each():
            with self.subTest(what):
                self.assert_accessible(what)

    def test_with_articles_a_person_and_a_search(self):
        self.server.publish(*sample_records())
        for what in self.each():
            with self.subTest(what):
                self.until("all articles are listed", lambda: len(self.titles()) == 5)
                self.until("figures have come", lambda: self.count("#stages tr") > 0 and self.count("#group tr") == 3 and self.count("#quoted li") > 0)
                self.assert_accessible(what)
                self.js("document.querySelector('#story a.person').click()")
                self.find("#search").send_keys("a")
                self.until("names are found", lambda: self.count("#found li") > 0)
                self.assert_accessible(f"{what}, search and panel")
                self.js("document.getElementById('search').value = ''")

    def test_axe_would_say_so(self):
        self.open()
        self.js("const image = document.createElement('img'); image.src = '/icon.svg'; document.body.append(image)")
        with self.assertRaises(AssertionError):
            self.assert_accessible("an image without a text")


if __name__ == "__main__":
    if not JARS:
        print("skipped: axe-core is missing: tools/setup fetches it where the network is up")
        sys.exit(77)
    browser.main(360)
