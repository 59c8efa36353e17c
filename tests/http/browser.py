# SPDX-License-Identifier: Apache-2.0
"""What the browser tests share: a page_server, headless Chromium, and a test case with both.

A test program ends with browser.main(). It exits with 77 (skipped) where Chromium, its driver or Selenium is missing.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from sample_records import line

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    print("skipped: Debian's python3-selenium is missing")
    sys.exit(77)

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
PATIENCE = 40  # seconds; machines that test several things at once are slow


class Server:
    """A page_server, and a pipe to publish records through."""

    def __init__(self, port=0, arguments=()):
        self.process = subprocess.Popen([PageTest.page_server, "--listen", f"127.0.0.1:{port}", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8")
        self.port = int(self.process.stdout.readline().split()[-1])
        self.address = f"http://127.0.0.1:{self.port}/"

    def publish(self, *records):
        for made in records:
            self.process.stdin.write(line(made) + "\n")
            self.process.stdin.flush()
            time.sleep(0.25)  # a page is shown five a second

    def pour(self, records):
        """As fast as the server takes them: for one that is told not to hold any back."""
        self.process.stdin.write("".join(line(made) + "\n" for made in records))
        self.process.stdin.flush()

    def stop(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="copydesk-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
                         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB",
                         f"--user-data-dir={self.profile}", "--window-size=1280,900"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)

    def close(self):
        try:
            self.driver.quit()
        finally:
            self.driver.service.stop()
            for entry in pathlib.Path("/proc").iterdir():  # whatever of this browser outlived that
                try:
                    if entry.name.isdigit() and self.profile.encode() in (entry / "cmdline").read_bytes():
                        os.kill(int(entry.name), signal.SIGKILL)
                except OSError:
                    pass
            shutil.rmtree(self.profile, ignore_errors=True)


class PageTest(unittest.TestCase):
    server_arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.driver = cls.browser.driver
        cls.driver.get("about:blank")  # the browser's own first page is done with

    def setUp(self):
        self.server = Server(arguments=self.server_arguments)
        self.addCleanup(self.server.stop)
        self.addCleanup(self.driver.get, "about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    # What the tests do with a page.

    def open(self, width=1280, height=900):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.get(self.server.address)
        self.until("the page is connected", lambda: self.find("#connection").get_attribute("data-state") == "live")

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def js(self, code, *arguments):
        return self.driver.execute_script(code, *arguments)

    def text(self, selector):
        return self.js("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def until(self, what, condition):
        WebDriverWait(self.driver, PATIENCE, poll_frequency=0.1).until(lambda _: condition(), f"waited in vain until {what}")

    def count(self, selector):
        return self.js("return document.querySelectorAll(arguments[0]).length", selector)

    def show(self, made, title):
        """Publishes a record, if there is one, and opens it from the list."""
        if made:
            self.server.publish(made)
        self.until(f"“{title}” is in the list", lambda: title in self.titles())
        self.js("[...document.querySelectorAll('#wire button')].find((b) => b.querySelector('.title').textContent === arguments[0]).click()",
                title)
        self.assertEqual(self.js("return document.querySelector('#wire [aria-current] .title').textContent"), title)

    def titles(self):
        return self.js("return [...document.querySelectorAll('#wire .title')].map((node) => node.textContent)")

    def assert_quiet(self):
        """No error on the console, and nothing asked of any other server."""
        self.assertEqual([entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")], [])
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                self.assertTrue(url.startswith((self.server.address, "data:", "about:")), url)


def give_up(*_):
    raise TimeoutError("the browser tests took too long")


def main(seconds):
    """Runs the tests of the program, which is given PATH/TO/page_server; `seconds`: below ctest's limit, so that the browser is
    always ended by this program."""
    if not CHROMIUM or not DRIVER:
        print("skipped: Debian's chromium and chromium-driver are missing")
        sys.exit(77)
    PageTest.page_server = sys.argv.pop(1)
    signal.signal(signal.SIGALRM, give_up)
    signal.signal(signal.SIGTERM, give_up)
    signal.alarm(seconds)
    unittest.main(verbosity=2)
