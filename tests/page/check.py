"""Opens the pages in a folder in Chromium and works with them as a person does; saves the rulings entered beside them.

Called by `tests/page_browser.rs`; for pictures of the pages: `check.py FOLDER PICTURES`.
"""

import json
import os
import sys
import time

from browser import Browser

REASON = "现场未见，“原件”\n第二行,\"引号\""


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def silent(browser):
    """Nothing was said on the console, and nothing was asked for."""
    check(browser.told() == [], browser.told())
    check(browser.requests() == [], browser.requests())


def shown(browser, selector):
    """How many of these are in sight."""
    return browser.run(
        f"[...document.querySelectorAll({json.dumps(selector)})].filter((one) => one.getClientRects().length > 0).length"
    )


def languages(browser):
    """One language at a time, chosen by pointer and by keyboard."""
    zh, en = '.verdict [lang="zh"]', '.verdict [lang="en"]'
    check((shown(browser, zh), shown(browser, en)) == (1, 0), "begins in Chinese")
    browser.click('label[for="lang-en"]')
    check((shown(browser, zh), shown(browser, en)) == (0, 1), "English by pointer")
    check(browser.run("document.documentElement.lang") == "en", "the language of the document")
    browser.run("document.querySelector('#lang-zh').focus()")
    browser.press(" ", " ")
    check((shown(browser, zh), shown(browser, en)) == (1, 0), "Chinese by keyboard")


def filters(browser):
    """Facets by pointer and keyboard, text, and back."""
    everything = shown(browser, "tr[data-r]:not([hidden])") + shown(browser, ".finding")
    browser.click('#filters input[value="unmet"] + span')
    check(shown(browser, 'tr[data-r][data-o="unmet"]') > 0, "unmet ones are shown")
    check(shown(browser, 'tr[data-r]:not([data-o="unmet"])') == 0, "others are not")
    check("条评价要求" in browser.run("document.querySelector('#shown').innerText"), "the count is told")
    browser.run("document.querySelector('#filters input[value=\"A.1\"]').focus()")
    browser.press(" ", " ")
    check(shown(browser, 'section[data-t="A.2"] tr[data-r]') == 0, "other tables are not shown")
    check(shown(browser, 'section[data-t="A.1"] tr[data-r]') > 0, "the table is")
    browser.click('#filters button[type="reset"]')
    browser.wait("document.querySelector('#shown').innerText === ''")
    browser.run("document.querySelector('#search').focus()")
    browser.send("Input.insertText", text="机构图")
    found = shown(browser, "tr[data-r]")
    check(0 < found < everything, f"{found} of {everything} hold the text")
    browser.click('#filters button[type="reset"]')
    browser.wait("document.querySelector('#shown').innerText === ''")


def fill(browser, field, text):
    browser.run(f"document.querySelector('#ruling-{field}').value = {json.dumps(text)}")


def rule(browser, target, ruling, fields):
    browser.run(f"document.querySelector('tr[data-r=\"{target}\"]').closest('details').open = true")
    browser.click(f'tr[data-r="{target}"] button.rule')
    check(browser.run("document.querySelector('#ruling').open"), "the form is open")
    browser.click(f'#ruling input[value="{ruling}"] + span')
    for field, text in fields.items():
        fill(browser, field, text)
    browser.click("#ruling-keep")


def rulings(browser, folder, path):
    """Rulings are entered, kept over a reload, checked, and saved as a file."""
    browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder)
    # A text field of one line holds no line break; a file may.
    rule(browser, "A.1.1.a", "unmet", {"reason": "x", "by": "=李", "date": "2026-06-17"})
    browser.run(f"(drafts[0].reason = {json.dumps(REASON)}, keepDrafts())")
    rule(browser, "A.1.4.d", "value", {"value": "101", "reason": "抽查", "by": "=李", "date": "2026-06-17"})
    check(browser.run("document.querySelector('#ruling-error').textContent") != "", "101 % is refused")
    fill(browser, "value", "85.5%")
    browser.click("#ruling-keep")
    check(not browser.run("document.querySelector('#ruling').open"), "the form is closed")
    browser.open(path)
    check(browser.run("document.querySelectorAll('#draft-rows tr').length") == 2, "drafts are kept")
    before = browser.run("document.querySelector('[data-f=\"score\"]').textContent")
    browser.click("#draft-save")
    until = time.monotonic() + 20
    while not os.path.exists(os.path.join(folder, "裁定.csv")):
        check(time.monotonic() < until, "裁定.csv is saved")
        time.sleep(0.05)
    check(browser.run("document.querySelector('[data-f=\"score\"]').textContent") == before, "no score is made up")
    silent(browser)


def links(browser, path):
    """A link leads into what is closed, and is copied by a click."""
    browser.open(path)
    browser.send("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.click('tr[data-r="A.1.1.b"] a.id')
    browser.wait("document.querySelector('#told').textContent.includes('链接已复制')")
    check(browser.run("navigator.clipboard.readText()").endswith("one.html#A.1.1.b"), "the link is copied")
    browser.open(path, "#A.1.2.a")
    check(browser.run("document.getElementById('A.1.2.a').closest('details').open"), "its item is open")


def since(browser):
    """What became of the list of last time: told, listed, closed ones too, and narrowed by pointer and keyboard."""
    told = browser.run("document.querySelector('#since [data-f=\"since\"]').innerText")
    check("再次出现1项" in told and "已整改1项" in told and "新增1项" in told, told)
    lines = shown(browser, "#since tbody tr")
    closed = browser.run("document.querySelector('tr[data-since=\"closed\"]').innerText")
    check("上次的问题<b>" in closed and "综合科" in closed and "2026-09-30" in closed, closed)
    browser.click('#filters input[value="again"] + span')
    check((shown(browser, "#since tbody tr"), shown(browser, "tr[data-r]")) == (1, 0), "what is there again alone")
    check("整改清单1项" in browser.run("document.querySelector('#shown').innerText"), "the lines are counted")
    browser.run("document.querySelector('#filters input[value=\"closed\"]').focus()")
    browser.press(" ", " ")
    check(shown(browser, "#since tbody tr") == 2, "and what is closed")
    browser.click('#filters button[type="reset"]')
    browser.wait("document.querySelector('#shown').innerText === ''")
    check(shown(browser, "#since tbody tr") == lines, "all lines are back")


def maps(browser):
    """Grids as shapes: fillings differ without colour, numbers lead to the list by keyboard, readers of a screen hear names."""
    fillings = browser.run("[...new Set([...document.querySelectorAll('.map path')].map((one) => one.getAttribute('fill')))].sort().join()")
    check(fillings == "none,url(#m1),url(#m2),url(#m3)", fillings)
    check(shown(browser, ".map path") == 12, "every grid is drawn")
    check(shown(browser, ".map a text") == 8 and shown(browser, ".map-list li") == 8, "those with findings are numbered")
    name = browser.run("(() => { const link = document.querySelector('.map a'); return document.getElementById(link.getAttribute('aria-labelledby')).innerText; })()")
    check("错误" in name and "51010700300" in name, name)
    browser.run("document.querySelector('.map a[href=\"#grid-2\"]').focus()")
    browser.press("Enter", "\r")
    browser.wait("location.hash === '#grid-2'")
    check(browser.run("document.querySelector('#grid-2').matches(':target')"), "the line is marked")
    check("1" in browser.run("document.querySelector('.beside').innerText.match(/另有\\d+个/)[0]"), "what is not drawn is told")


def structure_of(browser):
    """What readers of a screen need."""
    check(browser.run("document.querySelectorAll('main, nav, h1').length") == 3, "landmarks and one heading")
    ids = browser.run("(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.length - new Set(ids).size; })()")
    check(ids == 0, f"{ids} ids stand twice")
    nameless = browser.run("[...document.querySelectorAll('input, select, button')].filter((one) => !one.labels?.length && !one.getAttribute('aria-label') && !one.textContent.trim()).map((one) => one.outerHTML).join()")
    check(nameless == "", f"without a name: {nameless}")


def one_organization(browser, folder):
    path = os.path.join(folder, "one.html")
    browser.size(1366, 900)
    browser.open(path)
    silent(browser)
    languages(browser)
    filters(browser)
    since(browser)
    maps(browser)
    structure_of(browser)
    links(browser, path)
    browser.open(path)
    rulings(browser, folder, path)
    browser.size(390, 844)
    wide = browser.run("document.documentElement.scrollWidth")
    check(wide <= 390, f"{wide} pixels on a telephone")
    paper = browser.paper()
    check(paper.startswith(b"%PDF"), "paper")


def many_organizations(browser, folder, name):
    path = os.path.join(folder, f"{name}.html")
    browser.size(1366, 900)
    begun = time.monotonic()
    browser.open(path)
    browser.wait("document.documentElement.dataset.ready === 'yes'")
    took = time.monotonic() - begun
    silent(browser)
    structure_of(browser)
    count = browser.run("columns.count")
    print(f"{name}: {count} organizations, {os.path.getsize(path)} bytes, {took:.2f} s,", browser.run("Math.round(performance.memory.usedJSHeapSize / 1e6)"), "MB")
    check(browser.run("document.querySelectorAll('#ranking-rows tr').length") <= 62, "only rows in sight are made")
    browser.run("document.querySelector('#find').focus()")
    browser.send("Input.insertText", text="第17网格")
    check(browser.run("shown.length") == 1, "found by name")
    browser.click("#ranking-rows a")
    browser.wait("!document.querySelector('#organization').hidden")
    check(shown(browser, "#organization tr[data-r]") > 0, "its requirements are shown")
    check("第17" in browser.run("document.querySelector('#organization h1').textContent"), "its name is")
    sums = browser.run("[...document.querySelectorAll('#organization tr[data-r][data-o]')].length")
    check(sums == 161, f"{sums} requirements and banded items")
    drawn = browser.run("[document.querySelectorAll('.map [data-o]').length, document.querySelectorAll('#organization .map path[data-g]').length]")
    own = browser.run("document.querySelector('#organization h1').textContent")
    if name == "few":
        check(drawn[0] == 15, f"a group of shapes for each organization that has some: {drawn}")
        browser.run("openNumber(0)")
        browser.wait(f"document.querySelector('#organization h1').textContent !== {json.dumps(own)}")
        check(shown(browser, "#organization .map path[data-g]") == 12, "its own map")
        check(browser.run("document.querySelector('#organization .map').getAttribute('viewBox') !== document.querySelector('.map').getAttribute('viewBox')"), "as large as there is room")
        check(shown(browser, "#organization .map a text") == 5, "its worst grids are numbered")
        check("再次出现1项" in browser.run("document.querySelector('#organization [data-f=\"since\"]').innerText"), "its list of last time")
        check(shown(browser, '#organization tr[data-since="closed"]') == 1, "closed ones are listed")
        browser.run("openNumber(16)")
        browser.wait("document.querySelector('#organization h1').textContent.includes('第16')")
        check(browser.run("document.querySelector('#organization #since')") is None, "where there is a list")
        browser.run("openNumber(17)")
        browser.wait("document.querySelector('#organization h1').textContent.includes('第17')")
    else:
        check(drawn == [0, 0], f"so many have a page each: {drawn}")
    structure_of_detail = browser.run("document.querySelectorAll('#organization [data-f=\"score\"]').length")
    check(structure_of_detail == 1, "one score")
    browser.click('#organization a[href="#ranking"]')
    browser.wait("document.querySelector('#organization').hidden")
    browser.run("document.querySelector('#heat-map').focus()")
    browser.press("ArrowRight")
    check("A.1.2" in browser.run("document.querySelector('#heat-told').textContent"), "the heat map is read by keyboard")
    browser.press("Enter")
    browser.wait("!document.querySelector('#organization').hidden")
    silent(browser)


def without_script(browser, folder):
    """One organization and few of them are read without script; the language is chosen without it."""
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    for name, score in (("one", ".total"), ("few", "article.short .total")):
        browser.open(os.path.join(folder, f"{name}.html"))
        check(shown(browser, score) >= 1, f"{name}: the score is read")
        check(shown(browser, ".js") == 0, f"{name}: nothing that needs the script is shown")
    check(shown(browser, "article.short") == 30, "each organization is told of")
    browser.click('label[for="lang-en"]')
    check(shown(browser, 'h2 [lang="zh"]') == 0, "English without script")
    silent(browser)
    browser.send("Emulation.setScriptExecutionDisabled", value=False)


def pictures(browser, folder, to):
    """Pictures of the pages at the sizes of a laptop and a telephone, light and dark."""
    for name in ("one", "few"):
        for width, height in ((1366, 2200), (390, 2000)):
            browser.size(width, 900)
            browser.open(os.path.join(folder, f"{name}.html"))
            browser.picture(os.path.join(to, f"{name}-{width}.png"), (0, 0, width, height))


def main():
    folder = sys.argv[1]
    browser = Browser(folder)
    try:
        if len(sys.argv) > 2:
            pictures(browser, folder, sys.argv[2])
            return
        one_organization(browser, folder)
        many_organizations(browser, folder, "few")
        many_organizations(browser, folder, "many")
        without_script(browser, folder)
    finally:
        browser.close()


main()
