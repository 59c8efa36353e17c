# SPDX-License-Identifier: Apache-2.0
"""The live page in headless Chromium: python3 browser_test.py PATH/TO/page_server"""

import json
import pathlib
import random
import shutil
import tempfile

import browser
from browser import Keys, PageTest, Server
from sample_records import record, sample_records

MARKS = """
const pieces = new Map();
for (const node of document.querySelectorAll('#story [data-start]')) {
  const what = node.classList.contains('quote') ? 'quote' : node.classList.contains('cue') ? 'cue'
    : node.classList.contains('name') ? 'name' : 'speaker';
  const key = [what + (node.dataset.cueOf ?? ''), node.dataset.start, node.dataset.end].join(' ');
  pieces.set(key, (pieces.get(key) ?? '') + node.textContent);
}
return Object.fromEntries(pieces);
"""

# Latitude, longitude, and where PROJ 9.5 puts it: echo LON LAT | proj +proj=eqearth +R=1000
PROJECTED = [(0, 0, 0, 0), (46.2, 6.1, 77.93, 880.16), (-33.9, 151.2, 2086.64, -665.26), (64.1, -21.9, -237.90, 1141.03),
             (40.7, -74.0, -981.86, 786.84)]


def squeezed(text):
    return "".join(text.split())


class LivePage(PageTest):
    def test_says_what_to_do_while_there_is_nothing(self):
        self.open()
        self.assertTrue(self.find("#empty").is_displayed())
        self.assertIn("copydesk feed", self.find("#empty").text)
        self.assertEqual(self.titles(), [])
        self.assert_quiet()

    def test_shows_articles_and_figures_at_every_width(self):
        self.server.publish(*sample_records())
        for width, height in ((1280, 900), (900, 1100), (390, 844)):
            with self.subTest(width=width):
                self.open(width, height)
                self.until("all articles are listed", lambda: len(self.titles()) == 5)
                self.until("figures have come", lambda: self.count("#stages tr") > 0 and self.count("#partitions tr") == 3)
                self.assertFalse(self.find("#empty").is_displayed())
                self.assertIn("Partitions held", self.text("#facts"))
                self.assertNotIn("Deleted unread", self.text("#facts"))
                for chart in ("articles", "words", "lag", "latency"):
                    self.until(f"{chart} are drawn", lambda chart=chart: "now" in self.js(
                        f"return document.querySelector('#chart-{chart} svg').getAttribute('aria-label')"))
                self.js("document.querySelector('#story a.person').click()")
                self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), width)
                self.assert_quiet()

    def test_says_what_was_deleted_unread(self):
        self.server = Server(arguments=["--expired", "24"])
        self.addCleanup(self.server.stop)
        self.open()
        self.until("it is said", lambda: "Deleted unread24" in self.text("#facts"))
        self.assert_quiet()

    def test_marks_exactly_the_spans_of_the_record(self):
        self.open()
        for made in sample_records():
            title = made["text"][: made["segments"][0]["end"]]
            with self.subTest(title=title):
                self.show(made, title)
                marks = self.js(MARKS)
                expected = {}
                for mention in made["mentions"]:
                    expected[f"name {mention['start']} {mention['end']}"] = mention["text"]
                for quote in made["quotes"]:
                    for start, end in quote["spans"]:
                        expected[f"quote {start} {end}"] = made["text"][start:end]
                    expected[f"cue{quote['id']} {quote['cue']['start']} {quote['cue']['end']}"] = quote["cue"]["text"]
                for key, text in expected.items():
                    self.assertEqual(squeezed(marks.get(key, "")), squeezed(text), key)
                self.assertEqual(squeezed(self.text("#story .headline") + self.text("#story .text")), squeezed(made["text"]))
        self.assert_quiet()

    def test_marks_that_nest_and_cross_keep_every_character(self):
        self.open()
        chance = random.Random(20261123)
        letters = ["a", "b", " ", "é", "ß", "中", "🐝", "👩‍🚒", "\n", "\n\n", "e\u0301", "“", "”"]
        cases = []
        for _ in range(140):
            text = "x" + "".join(chance.choice(letters) for _ in range(chance.randrange(1, 60)))
            spans = {tuple(sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))) for _ in range(5)}
            spans = [span for span in spans if span[0] < span[1]]
            quotes = [{"id": f"q{i}", "type": "direct", "spans": [span], "text": ""} for i, span in enumerate(spans[:2])]
            mentions = [{"start": a, "end": b, "text": text[a:b], "type": "ORG", "kind": "name", "entity": "e1"} for a, b in spans[2:]]
            cases.append({"id": "x", "text": text, "segments": [], "entities": [], "mentions": mentions, "quotes": quotes})
        rendered = self.driver.execute_async_script("""
            const [cases, done] = arguments;
            import('/text.js').then(({ renderArticle }) => done(cases.map((made) => {
              const into = document.createElement('div');
              renderArticle(made, into);
              const marks = {};
              for (const node of into.querySelectorAll('[data-start]')) {
                const key = `${node.dataset.start} ${node.dataset.end}`;
                marks[key] = (marks[key] ?? '') + node.textContent;
              }
              return { text: into.querySelector('.text').textContent, marks };
            })), (error) => done(String(error)));""", cases)
        for made, got in zip(cases, rendered, strict=True):
            self.assertEqual(squeezed(got["text"]), squeezed(made["text"]), made)
            spans = [tuple(q["spans"][0]) for q in made["quotes"]] + [(m["start"], m["end"]) for m in made["mentions"]]
            for start, end in spans:
                self.assertEqual(squeezed(got["marks"].get(f"{start} {end}", "")), squeezed(made["text"][start:end]), made)

    def test_a_person_clicked_tells_what_they_said_here_and_elsewhere(self):
        first, second = (dict(made) for made in sample_records() if made["id"] in ("nl-2026-0311-quillon", "nl-2026-0402-ferry-inquiry"))
        again = record("again", "Maas keeps her word", "“We open on Monday 🏭,” Freya Maas said.", [("PERSON", "", ["Freya Maas"])], [],
                       [("direct", "“We open on Monday 🏭,”", "Freya Maas", "Freya Maas", "said")])
        self.open()
        self.server.publish(second, again)
        self.show(first, "Quillon cuts 2,400 jobs as demand for car chips dries up")
        self.until("the other is there too", lambda: "Maas keeps her word" in self.titles())
        self.js("[...document.querySelectorAll('#story a.person')].find((a) => a.textContent === 'Freya Maas').click()")
        panel = self.text("#who")
        said = [q["text"] for q in first["quotes"] if q["speaker"].get("name") == "Freya Maas"] + ["“We open on Monday 🏭,”"]
        self.assertEqual(self.js("return [...document.querySelectorAll('#who blockquote')].map((node) => node.textContent)"), said)
        self.assertIn("Chief Executive", panel)
        self.assertIn("Maas keeps her word", panel)
        self.assertNotIn("Laurence Obi", panel)
        self.js("document.querySelector('#who .said li:last-child button').click()")
        self.assertEqual(self.text("#story .headline"), "Maas keeps her word")
        self.find("body").send_keys(Keys.ESCAPE)
        self.assertFalse(self.find("#who").is_displayed())
        self.assert_quiet()

    def test_markup_in_any_field_stays_text(self):
        evil = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
        made = record(evil, f"Headline {evil}", f"Body {evil} said “quote {evil}” & left.", [("PERSON", evil, [evil])], [("DATE", "left")],
                      [("direct", f"“quote {evil}”", evil, evil, "said")])
        made["entities"][0]["aliases"] = [evil]
        for field in ("version", "language", "published", "embargoed", "analysis"):
            made[field] = evil
        made["mentions"].append({"start": 0, "end": 8, "text": "Headline", "type": evil, "kind": "name", "entity": "e1"})
        for quote in made["quotes"]:
            quote.update(id=evil, type=evil)
        made["extra"] = {evil: evil}
        self.open()
        self.show(made, f"Headline {evil}")
        self.js("document.querySelector('#story [data-entity]').click()")
        self.assertIn(evil, self.text("#who"))
        self.assertIn(evil, self.text("#story .text"))
        self.assertEqual(self.count("body script, body img"), 0)
        self.assertIsNone(self.js("return window.hacked ?? null"))
        self.assert_quiet()

    def test_markup_in_every_text_of_a_record_stays_text(self):
        evil = "\"'><script>window.hacked = 3</script><svg onload='window.hacked = 4'><a href='javascript:window.hacked = 5'>x</a>"
        made = next(made for made in sample_records() if made["id"] == "nl-2026-0311-quillon")
        made["entities"][0].update(link="javascript:window.hacked = 6", iso="x", geonames="x", aliases=["x"])
        made.update(embargoed="x", published="x", title="x", duplicate_of="x")

        def poisoned(value, key=""):
            if isinstance(value, dict):
                return {name: poisoned(inner, name) for name, inner in value.items()}
            if isinstance(value, list):
                return [poisoned(inner, key) for inner in value]
            return evil + value if isinstance(value, str) and key not in ("schema", "enriched", "field") else value

        made = poisoned(made)
        self.open()
        title = made["text"][made["segments"][0]["start"] : made["segments"][0]["end"]]
        self.show(made, title)
        self.js("for (const node of document.querySelectorAll('#story [data-entity], #story .quote')) node.click()")
        self.find("#search").send_keys("<script>")
        self.assertEqual(self.count("body script, body svg[onload], body a[href^='javascript:']"), 0)
        self.assertEqual(self.js("return [...document.querySelectorAll('*')].filter((n) => [...n.attributes].some((a) => a.name.startsWith('on'))).length"), 0)
        self.assertIsNone(self.js("return window.hacked ?? null"))
        self.assert_quiet()

    def test_markup_in_every_field_of_an_article_stays_text(self):
        evil = "<script>window.hacked = 7</script><img src=x onerror='window.hacked = 8'>"
        text = f"{evil} Mayor Ilse Brandt {evil} said: “We are ready {evil}.” Brandt left {evil} on Tuesday with $5."
        plain = {"id": evil, "version": evil, "language": "en", "published": evil, "embargoed": evil, "headline": f"Plain {evil}", "text": text,
                 "people": [{"name": evil}], evil: evil}
        ninjs = {"uri": f"urn:{evil}", "standard": {"name": "ninjs", "version": "2.0"}, "headlines": [{"role": "main", "value": f"Ninjs {evil}"}],
                 "bodies": [{"role": "main", "contenttype": "text/plain", "value": text}], "people": [{"name": evil, "uri": "javascript:window.hacked = 9"}],
                 "organisations": [{"name": evil}], "subjects": [{"name": evil}], "by": evil, "urgency": 1}
        html = {"uri": f"urn:html:{evil}", "headlines": [{"role": "main", "value": f"Html {evil}"}],
                "bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p onclick='window.hacked = 10'>{text}</p>&lt;script&gt;window.hacked = 11&lt;/script&gt;"}]}
        folder = tempfile.mkdtemp(prefix="copydesk-articles-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        file = pathlib.Path(folder) / "evil.jsonl"
        file.write_text("".join(json.dumps(article) + "\n" for article in (plain, ninjs, html)), encoding="utf-8")
        self.server.stop()
        self.server = Server(arguments=[str(file)])
        self.addCleanup(self.server.stop)
        self.open()
        for start in ("Plain", "Ninjs", "Html"):
            self.until(f"“{start}” is in the list", lambda start=start: any(title.startswith(start) for title in self.titles()))
            self.js("[...document.querySelectorAll('#wire button')].find((b) => b.querySelector('.title').textContent.startsWith(arguments[0])).click()", start)
            self.js("for (const node of document.querySelectorAll('#story [data-entity], #story .quote')) node.click()")
            self.assertIn("Ilse Brandt", self.text("#story .text"))
            self.assertEqual(self.count("body script, body img"), 0)
            self.assertEqual(self.js("return [...document.querySelectorAll('*')].filter((n) => [...n.attributes].some((a) => a.name.startsWith('on'))).length"), 0)
            self.assertIsNone(self.js("return window.hacked ?? null"))
        self.assert_quiet()

    def test_what_is_kept_goes_in_time_though_nothing_new_comes(self):
        self.open()
        self.show(record("old", "Soon out of date", "Ana Voss said it.", [("PERSON", "", ["Ana Voss"])]), "Soon out of date")
        self.js("document.querySelector('#story a.person').click(); const now = Date.now; Date.now = () => now() + 2 * 3600 * 1000")
        self.until("it has gone", lambda: self.titles() == [])
        self.assertNotIn("Ana Voss", self.js("return document.body.textContent"))

    def test_records_that_make_no_sense_break_nothing(self):
        odd = record("odd", "Odd one", "Some text.", [("ORG", "", ["Some"])])
        odd["mentions"] += [{"start": 5, "end": 3}, {"start": -4, "end": 99999, "type": "ORG", "kind": "name", "entity": "e77"}, {"start": 2}]
        odd["quotes"] = [{"id": "q1", "type": "direct", "start": 0, "end": 4, "text": "Odd"}, {"id": "q2", "type": "direct", "spans": [[0, 3]],
                         "start": 0, "end": 3, "text": "Odd", "speaker": {"entity": "e99"}}]
        self.open()
        self.show(odd, "Odd one")
        self.show(record("next", "The next one", "It is shown."), "The next one")
        self.assert_quiet()

    def test_a_recalled_article_goes_at_once(self):
        self.open()
        recalled = record("gone", "Soon to be gone", "Ana Voss said it.", [("PERSON", "", ["Ana Voss"])])
        self.server.publish(record("stays", "Here to stay", "Text."))
        self.show(recalled, "Soon to be gone")
        self.js("document.querySelector('#story a.person').click()")
        self.server.publish(record("gone", "", "", status="canceled", analysis="none"))
        self.until("it has gone", lambda: self.titles() == ["Here to stay"])
        self.assertNotIn("Ana Voss", self.js("return document.body.textContent"))
        self.assertFalse(self.find("#who").is_displayed())
        self.assertEqual(self.text("#story .headline"), "Here to stay")
        self.find("#search").send_keys("voss")
        self.until("the search is done", lambda: self.titles() == [])
        self.assertFalse(self.find("#found").is_displayed())

    def test_a_newer_version_takes_the_place_of_the_older(self):
        self.open()
        self.show(record("story", "First words", "Text."), "First words")
        self.server.publish(record("story", "Better words", "More text.", version="2"))
        self.until("the new one is there", lambda: self.titles() == ["Better words"])
        self.server.publish(record("story", "First words", "Text.", version="1"), record("other", "Another", "Text."))
        self.until("the next one is there", lambda: "Another" in self.titles())
        self.assertNotIn("First words", self.titles())
        self.until("it is read", lambda: self.text("#story .headline") == "Better words")

    def test_search_looks_in_what_is_kept(self):
        self.server.publish(*sample_records())
        self.open()
        self.until("all articles are listed", lambda: len(self.titles()) == 5)
        self.find("body").send_keys("/")
        self.driver.switch_to.active_element.send_keys("radar tamsin")
        self.until("one is found", lambda: self.titles() == ["Captain tells inquiry that radar froze before ferry hit bridge"])
        self.find("#search").clear()
        self.find("#search").send_keys("zzz")
        self.until("none is found", lambda: self.titles() == [] and self.find("#wire-nothing").is_displayed())

    def test_the_keyboard_reaches_everything(self):
        self.server.publish(*sample_records())
        self.open()
        self.until("all articles are listed", lambda: len(self.titles()) == 5)
        self.find("body").send_keys("j")
        self.assertEqual(self.find("#follow").get_attribute("aria-pressed"), "false")
        reached = set()
        for _ in range(140):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            reached.add(self.js("""const n = document.activeElement;
                return n.closest('#wire') ? 'list' : n.closest('.chips') ? 'chip' : n.matches('#story a') ? 'name' : n.closest('#quoted')
                  ? 'quoted' : n.closest('#places') ? 'place' : n.closest('#legend') ? 'legend' : n.id"""))
        self.assertLessEqual({"list", "chip", "name", "quoted", "place", "legend", "search", "theme", "follow"}, reached)
        self.js("document.querySelector('.chips button').focus()")
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertTrue(self.find("#who").is_displayed())
        self.assertEqual(self.js("return document.activeElement.id"), "who-name")
        self.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        self.assertTrue(self.js("return document.activeElement.matches('.chips button')"))
        self.assertEqual(self.js("""return [...document.querySelectorAll('button, a, input, section, nav, svg')].filter((n) => n.checkVisibility?.() && !n.closest('[aria-hidden="true"]')
            && !(n.textContent.trim() || n.getAttribute('aria-label') || n.getAttribute('aria-labelledby') || n.labels?.length)).length"""), 0)

    def test_a_recall_takes_its_share_of_the_counts(self):
        voss = [("PERSON", "mayor", ["Ana Voss"]), ("GPE", "", ["Karsund"])]
        said = [("direct", "“We are ready,”", "Ana Voss", "Ana Voss", "said")]
        self.open()
        for number, identifier in enumerate(("one", "two"), 1):
            self.server.publish(record(identifier, f"Story {identifier}", "“We are ready,” Ana Voss said in Karsund.", voss, [], said))
            self.until("it is counted", lambda number=number: self.text("#quoted .number") == str(number))
        self.server.publish(record("two", "", "", status="withheld", analysis="none"))
        self.until("one is left", lambda: self.text("#quoted .number") == "1" and self.text("#places .number") == "1")
        self.assertIn("Ana Voss", self.text("#quoted"))
        self.server.publish(record("one", "", "", status="canceled", analysis="none"))
        self.until("none is left", lambda: self.count("#quoted li") == 0 and self.count("#places li") == 0)
        self.assertNotIn("Voss", self.js("return document.body.textContent"))
        self.assertNotIn("Karsund", self.js("return document.body.outerHTML"))

    def test_who_is_counted_but_not_kept_can_be_asked_for(self):
        self.server.stop()
        self.server = Server(arguments=["--per-second", "0"])
        self.addCleanup(self.server.stop)
        self.open()
        self.server.publish(record("one", "Story", "“We are ready,” Ana Voss said.", [("PERSON", "", ["Ana Voss"])], [],
                                   [("direct", "“We are ready,”", "Ana Voss", "Ana Voss", "said")]))
        self.until("it is counted", lambda: self.count("#quoted button") == 1)
        self.assertEqual(self.titles(), [])
        self.find("#quoted button").click()
        self.assertIn("1 quote in 1 article", self.text("#who"))
        self.assertIn("none of them among the articles kept", self.text("#who"))
        self.assert_quiet()

    def test_places_are_on_the_map_where_it_is_known_where_they_are(self):
        made = record("where", "Talks move", "Talks in Geneva moved from France to Karsund.", [("GPE", "", ["Geneva"]), ("GPE", "", ["France"]), ("GPE", "", ["Karsund"])])
        made["entities"][0]["link"] = {"iso3166": "CH", "geonames": 2660646, "lat": 46.20222, "lon": 6.14569}
        made["entities"][1]["link"] = {"iso3166": "FR", "geonames": 3017382}
        self.open()
        self.server.publish(made)
        self.until("they are listed", lambda: self.count("#places li") == 3)
        at = self.js("return [...document.querySelectorAll('#map circle')].map((dot) => [dot.cx.baseVal.value, dot.cy.baseVal.value])")
        self.assertEqual(len(at), 2)
        width, height = self.js("const box = document.querySelector('#map svg').viewBox.baseVal; return [box.width, box.height]")
        for x, y in at:  # in Europe
            self.assertTrue(0.45 * width < x < 0.55 * width and 0.1 * height < y < 0.35 * height, (x, y, width, height))
        self.assertIn("Geneva 1", self.js("return document.querySelector('#map svg').getAttribute('aria-label')"))
        self.find("#places button").click()
        self.assertIn("France", self.text("#who"))
        self.assert_quiet()

    def test_the_projection_is_equal_earth(self):
        self.open()
        for latitude, longitude, x, y in PROJECTED:
            got = self.driver.execute_async_script("""const [lat, lon, done] = arguments;
                import('/projection.js').then(({ project }) => done(project(lat, lon)))""", latitude, longitude)
            self.assertAlmostEqual(got[0], x, delta=0.5)
            self.assertAlmostEqual(got[1], -y, delta=0.5)

    def test_says_who_is_in_the_group(self):
        self.server.publish(*sample_records()[:1])
        self.open()
        self.until("the group is told", lambda: self.count("#group tr") == 3)
        self.until("this worker is marked", lambda: self.count("#group .this") == 1)
        rows = self.js("return [...document.querySelectorAll('#group tr')].map((row) => [...row.children].map((cell) => cell.textContent))")
        self.assertEqual(rows, [["worker-1 this one", "10.20.0.11", "0–2"], ["worker-2", "10.20.0.12", "3–5"], ["worker-3", "10.20.0.13", "none"]])
        self.assertIn("newsroom", self.text("#group-name"))

    def test_search_finds_people_too(self):
        self.server.publish(*sample_records())
        self.open()
        self.until("all articles are listed", lambda: len(self.titles()) == 5)
        self.find("#search").send_keys("belcourt")
        self.until("she is found", lambda: "Nadia Belcourt" in self.text("#found"))
        self.find("#found button").click()
        self.assertEqual(self.text("#who-name"), "Nadia Belcourt")
        self.find("#search").clear()
        self.find("#search").send_keys(Keys.SPACE)
        self.until("nobody is asked for", lambda: not self.find("#found").is_displayed())

    def test_colours_are_as_one_chooses_and_stay_so(self):
        self.addCleanup(self.js, "localStorage.clear()")
        background = "return getComputedStyle(document.body).backgroundColor"
        for system, before in (("light", "rgb(251, 250, 247)"), ("dark", "rgb(22, 21, 19)")):
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": system}]})
            self.open()
            self.js("localStorage.clear()")
            self.open()
            self.assertEqual(self.js(background), before)
            self.find("#theme").click()
            self.assertEqual(self.js(background), "rgb(251, 250, 247)")
            self.find("#theme").click()
            self.assertEqual(self.js(background), "rgb(22, 21, 19)")
            self.open()
            self.assertEqual(self.js(background), "rgb(22, 21, 19)")
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    def test_nothing_moves_where_that_is_not_wanted(self):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"features": []})
        self.open()
        self.show(record("a", "Still", "Text."), "Still")
        self.assertEqual(self.js("return getComputedStyle(document.getElementById('story')).animationName"), "none")
        self.assertEqual(self.js("return document.getAnimations().length"), 0)

    def test_a_page_opened_later_draws_what_was_before(self):
        self.server.publish(*sample_records()[:1])
        self.open()
        self.until("some figures have come", lambda: self.js("return document.querySelector('#chart-lag .line')?.getAttribute('d').split('L').length ?? 0") > 4)
        added = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "window.EventSource = class extends EventSource {"
            " addEventListener(name, handler) { if (name !== 'figures') super.addEventListener(name, handler); } }"})
        self.addCleanup(self.driver.execute_cdp_cmd, "Page.removeScriptToEvaluateOnNewDocument", added)
        self.open()
        self.until("it is drawn without any new figure", lambda: self.js("return document.querySelector('#chart-lag .line')?.getAttribute('d').split('L').length ?? 0") > 4)

    def test_the_history_of_hours_is_thinned(self):
        self.open()
        size, span, points, rates, ages = self.driver.execute_async_script("""
            const done = arguments[0];
            import('/history.js').then(({ History }) => {
              const history = new History();
              const start = 1_800_000_000_000;
              for (let i = 0; i < 3 * 3600; i += 1) history.add([start + 1000 * i, 2 * i, 100 * i, 0, i % 60 === 7 ? 70 : 7, null, null]);
              const rates = history.rates(1);
              const lags = history.peaks(4);
              done([history.size, history.span, lags.length, rates.map(([, rate]) => rate), [history.last[0] - rates[0][0], lags.slice(0, 190).filter(([, lag]) => lag === 70).length]]);
            }, (error) => done(String(error)));""")
        self.assertLessEqual(size, 950)
        self.assertEqual(span, 3_600_000)
        self.assertLessEqual(points, 242)
        self.assertGreater(len(rates), 200)
        for rate in rates:
            self.assertAlmostEqual(rate, 2)
        self.assertGreater(ages[0], 3_500_000)
        self.assertGreaterEqual(ages[1], 45)  # a peak of a second in each minute: none is lost

    def test_keeps_a_bounded_number_of_articles(self):
        self.open()
        sizes = self.driver.execute_async_script("""
            const done = arguments[0];
            import('/store.js').then(({ Store }) => {
              const store = new Store();
              store.limits({ kept_articles: 50, kept_for: 3600 });
              for (let i = 0; i < 10000; i += 1) store.add({ id: String(i), text: 'text', entities: [], mentions: [], quotes: [] });
              done([store.size, store.newest().id, store.get('9949') === undefined]);
            }, (error) => done(String(error)));""")
        self.assertEqual(sizes, [50, "9999", True])

    def test_comes_back_after_a_restart_and_says_so(self):
        self.open()
        self.show(record("before", "Before the restart", "Text."), "Before the restart")
        port = self.server.port
        self.server.stop()
        self.until("the loss is told", lambda: "No connection" in self.find("#connection").text)
        self.server = Server(port)
        self.addCleanup(self.server.stop)
        self.until("the restart is told", lambda: "restarted" in self.find("#connection").text)
        self.show(record("after", "After the restart", "Text."), "After the restart")
        self.assertEqual(self.titles(), ["After the restart"])


if __name__ == "__main__":
    browser.main(360)
