"""The pages in a real browser: readable on a wide and a narrow screen, by keyboard, and without a complaint."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait
from told_events import Told, make

from testimonia import report
from testimonia.intervals import edtf
from testimonia.views.archive import Archive
from testimonia.web.app import application

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium or its driver is not installed"),
]
WIDTHS = (360, 1440)


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    with served(archive) as where:
        yield where


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(archive, "made.db"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    quiet = "no-first-run disable-background-networking disable-component-update disable-sync"
    alone = f"headless no-sandbox disable-gpu disable-dev-shm-usage {quiet}".split()
    for flag in [*alone, f"user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


def resize(browser: webdriver.Chrome, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def follow(browser: webdriver.Chrome, element: WebElement, *keys: str) -> None:
    """Clicks what leads to another page, or types what does, and waits until that is there."""
    element.send_keys(*keys) if keys else element.click()
    wait = WebDriverWait(browser, 30)
    wait.until(staleness_of(element))
    wait.until(lambda b: b.execute_script("return document.readyState") == "complete")


def picture(browser: webdriver.Chrome, name: str) -> None:
    """Keeps a screenshot where SCREENSHOTS names a folder, for looking at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        browser.save_screenshot(str(Path(folder) / f"{name}.png"))


def complaints(browser: webdriver.Chrome) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def pages(archive: Archive) -> dict[str, str]:
    row = archive.quotations()[0]
    return {
        "documents": "/documents",
        "document": f"/documents/{row.document}?at={row.start}-{row.end}#at",
        "search": "/search?q=ledger",
        "quotations": "/quotations",
        "chronology": "/chronology",
        "actors": "/actors",
        "copies": "/copies",
        "copy": f"/copies/{archive.copies()[0].id}",
        "conflicts": "/conflicts",
        "conflict": f"/conflicts/{archive.conflicts()[0].id}",
        "trace": "/trace?words=" + quote("the ledger was never in my hands"),
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_the_screen_and_breaks_no_policy(
    browser: webdriver.Chrome, address: str, archive: Archive, width: int
) -> None:
    resize(browser, width)
    for name, path in pages(archive).items():
        browser.get(address + path)
        picture(browser, f"{name}-{width}")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"
        assert browser.find_elements(By.CSS_SELECTOR, "main h1"), name
        assert complaints(browser) == [], name


def test_a_reader_walks_from_search_to_passage_to_conflict(browser: webdriver.Chrome, address: str) -> None:
    resize(browser, 1200)
    browser.get(address)
    follow(browser, browser.find_element(By.NAME, "q"), "ledger hands", Keys.ENTER)
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".list .cite a"))
    asked = browser.find_element(By.ID, "at")
    assert asked.is_displayed()
    voice = browser.find_element(By.CSS_SELECTOR, ".voice")
    assert voice.value_of_css_property("color") != asked.find_element(By.XPATH, "..").value_of_css_property("color")
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".conflict-note a"))
    assert "day of the Courier" in browser.find_element(By.TAG_NAME, "h1").text
    assert len(browser.find_elements(By.CSS_SELECTOR, ".sides section")) == 2


def test_the_margin_stands_beside_its_passage_and_below_it_when_narrow(
    browser: webdriver.Chrome, address: str, archive: Archive
) -> None:
    for width, beside in ((1440, True), (360, False)):
        resize(browser, width)
        browser.get(f"{address}/documents/{archive.quotations()[0].document}")
        row = next(
            r for r in browser.find_elements(By.CSS_SELECTOR, ".row") if r.find_elements(By.CSS_SELECTOR, ".notes p")
        )
        words, notes = (
            row.find_element(By.CSS_SELECTOR, ".words").rect,
            row.find_element(By.CSS_SELECTOR, ".notes").rect,
        )
        assert (notes["x"] >= words["x"] + words["width"]) is beside
        assert (notes["y"] >= words["y"] + words["height"]) is not beside


def test_the_first_tab_leads_past_the_navigation(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    focused = browser.switch_to.active_element
    assert focused.text == "To the text"
    focused.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_have_contrast(browser: webdriver.Chrome, address: str, archive: Archive, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    resize(browser, 1200)
    browser.get(f"{address}/documents/{archive.quotations()[0].document}")
    picture(browser, f"document-{scheme}")
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    for selector in ("body", ".voice", ".notes", ".about", ".top nav a"):
        ink = browser.find_element(By.CSS_SELECTOR, selector).value_of_css_property("color")
        assert contrast(paper, ink) >= 4.5, f"{selector}: {ink} on {paper}"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_reads_like_the_app(browser: webdriver.Chrome, archive: Archive, tmp_path: Path, width: int) -> None:
    report.write(archive, "made.db", tmp_path / "report.html")
    resize(browser, width)
    browser.get((tmp_path / "report.html").as_uri())
    picture(browser, f"report-{width}")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.find_elements(By.CSS_SELECTOR, ".voice.v1")
    assert browser.find_elements(By.CSS_SELECTOR, ".picture svg a")
    assert complaints(browser) == []


EVENTS = [
    *(Told(f"Barrel {n} was found.", edtf(1900 + n % 30, n % 12 + 1, n % 28 + 1), "travel") for n in range(150)),
    Told("In 1911 the board was formed.", "1911", "founding"),
    Told("Holm led it until 1920.", "1911", "office-begun", until="1920"),
    Told("About 1915 the quay was built.", "1915~", "publication"),
    Told("Brand was to be tried in 1916.", "1916", "trial", factuality="plan"),
    Told("The fleet of Halm was lost.", "-0489", "battle"),
]


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("chronicle") / "a.db"
    make(path, {"Annals of Halm": EVENTS})
    with Archive.open(path) as opened, served(opened) as where:
        yield where


def seen(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    return [e for e in browser.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()]


@pytest.mark.parametrize(("width", "shown", "hidden"), [(360, "slim", "wide"), (1400, "wide", "slim")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_fits_the_screen_and_its_marks_stand_out(
    browser: webdriver.Chrome, chronicle: str, scheme: str, width: int, shown: str, hidden: str
) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    resize(browser, width)
    browser.get(f"{chronicle}/chronology?factuality=all")
    picture(browser, f"chronicle-{scheme}-{width}")
    assert seen(browser, f".picture .{shown} svg")
    assert not seen(browser, f".picture .{hidden} svg")
    svg = browser.find_element(By.CSS_SELECTOR, f".picture .{shown} svg")
    assert svg.rect["x"] + svg.rect["width"] <= width
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    ink = seen(browser, f".{shown} a path")[0].value_of_css_property("fill")
    name = browser.find_element(By.CSS_SELECTOR, f".{shown} svg text").value_of_css_property("fill")
    assert contrast(paper, ink) >= 4.5
    assert contrast(paper, name) >= 4.5
    sizes = [t.size["height"] for t in seen(browser, f".{shown} svg text")]
    assert min(sizes) >= 9, "readable"
    assert complaints(browser) == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_reader_walks_from_the_century_to_the_day_and_to_the_passage(
    browser: webdriver.Chrome, chronicle: str
) -> None:
    resize(browser, 1200)
    browser.get(f"{chronicle}/chronology?from=1900&to=1999")
    column = seen(browser, '.wide svg a[href^="/chronology"]')[0]
    browser.get(f"{chronicle}{column.get_dom_attribute('href')}")
    assert browser.find_element(By.CSS_SELECTOR, ".zoom b").text == "1900"
    for words in ("January", "1 Jan"):
        follow(browser, browser.find_element(By.LINK_TEXT, words))
    assert browser.find_element(By.CSS_SELECTOR, ".zoom b").text == "1 January 1900"
    mark = seen(browser, '.wide svg a[href^="/documents/"]')[0]
    follow(browser, mark)
    assert browser.find_element(By.ID, "at").text == "Barrel 0 was found."
    browser.back()
    for words in ("January 1900", "1900", "1900–09", "all time"):
        follow(browser, browser.find_element(By.LINK_TEXT, words))
    follow(browser, browser.find_element(By.PARTIAL_LINK_TEXT, "490 BC –"))
    assert "The fleet of Halm was lost." in browser.find_element(By.CSS_SELECTOR, ".list").text


def test_the_form_asks_and_keeps_what_was_asked(browser: webdriver.Chrome, chronicle: str) -> None:
    resize(browser, 360)
    browser.get(f"{chronicle}/chronology")
    browser.find_element(By.NAME, "from").send_keys("1911")
    browser.find_element(By.CSS_SELECTOR, ".types summary").click()
    for name in ("founding", "trial"):
        browser.find_element(By.CSS_SELECTOR, f'input[value="{name}"]').click()
    browser.find_element(By.CSS_SELECTOR, 'select[name="factuality"] option:last-child').click()
    follow(browser, browser.find_element(By.XPATH, "//button[text()='Show']"))
    assert [e.text for e in browser.find_elements(By.CSS_SELECTOR, ".when")] == ["1911", "1916"]
    assert browser.find_element(By.NAME, "from").get_attribute("value") == "1911"
    assert len(seen(browser, '.types input[type="checkbox"]:checked')) == 2


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two CSS colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    numbers = [float(x) / 255 for x in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in numbers]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
