"""How long one moderator needs for 5,000 waiting comments of 600 different texts: `python -m bench.clear_desk [texts]`.

A script presses the keys of the real screen in Chromium. Reading is added on top, for a script does not read: a trained
moderator takes two seconds for a short text and two for a cluster's names.
"""

import re
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
from playwright.sync_api import Page, sync_playwright

from dev.browser import find
from dev.running import start_site

READ_TEXT, READ_CLUSTER = 2.0, 2.0
DESK = "/admin/petitions/comment/desk/?language=eu"
# A few texts come by the hundred, as campaigns of copied words do; most come once to five times. Each copy differs in
# a sign, every fourth in a word.
MAKE_SQL = """
    INSERT INTO petitions_comment (petition_id, name, email, canonical_email, text, language, written_in,
        written_in_confidence, written_in_source, state, created_at, confirmed_at)
    SELECT (SELECT min(id) FROM petitions_petition WHERE status = 'open'), 'Miren ' || copy,
        'm' || copy || 't' || text || '@desk.example', 'm' || copy || 't' || text || '@desk.example',
        (SELECT string_agg(substr(md5(text || ' ' || word), 1, 3 + word %% 5), ' ') FROM generate_series(1, 18) word)
            || CASE WHEN copy %% 4 = 3 THEN ' bai' ELSE '' END || repeat('!', copy %% 3),
        'en', 'eu', 90, 'person', 'pending', now(), now()
    FROM generate_series(1, %(texts)s) text, generate_series(1, CASE
        WHEN text %% 30 = 0 THEN 103 WHEN text %% 6 = 0 THEN 18 ELSE 1 + text * 7 %% 5 END) copy
"""
WAITING_SQL = "SELECT count(*), count(words_hash) FROM petitions_comment WHERE written_in = 'eu' AND state = 'pending'"
DECIDED_SQL = """
    SELECT count(*), count(DISTINCT comment_number) FROM petitions_decision
    WHERE written_in = 'eu' AND actor_name = 'moderator'
"""


# From the key to the frame that shows another comment, as the browser tells it.
WATCH = """() => {
    window.took = []; let began = null, before = null;
    const shown = () => document.querySelector('.now > .one')?.dataset.comment;
    const press = ({ key }) => { if (key === 'a') { began = performance.now(); before = shown(); } };
    addEventListener('keydown', press, true);
    const look = () => {
        if (began !== null && shown() !== before) { window.took.push(performance.now() - began); began = null; }
        requestAnimationFrame(look);
    };
    look();
}"""


def clear(page: Page, most: int) -> tuple[int, int, list[float]]:
    """How many texts and clusters were decided, and how long each took from the key to the next comment."""
    texts = clusters = 0
    took: list[float] = []
    page.evaluate(WATCH)
    # Twice as many as there are would mean that nothing is decided.
    while texts < most and (comment := page.locator(".now > .one").get_attribute("data-comment")):
        texts += 1
        if page.locator("[name=alike]").count():
            clusters += 1
            page.keyboard.press("d")
            page.keyboard.press("a")
        elif page.locator(".cluster-box").count():
            # More names than stand beside the comment: they have a page of their own.
            clusters += 1
            took += page.evaluate("window.took")
            page.locator(".cluster-box a").click()
            page.locator("[name=decide][value=approve]").click()
            page.goto(re.sub(r"(/admin/).*", r"\g<1>petitions/comment/desk/?language=eu", page.url))
            page.evaluate(WATCH)
        else:
            page.keyboard.press("a")
        page.wait_for_function(
            "before => document.querySelector('.now > .one')?.dataset.comment !== before", arg=comment, polling=20
        )
        # The answer of the site comes while the next one is read.
        time.sleep(0.5)
    return texts, clusters, took + page.evaluate("window.took")


def main(texts: int) -> None:
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        site = start_site(Path(data))
        try:
            with closing(psycopg2.connect(site.database_url)) as connection, connection.cursor() as cursor:
                connection.autocommit = True
                cursor.execute(MAKE_SQL, {"texts": texts})
                while True:
                    cursor.execute(WAITING_SQL)
                    waiting, compared = cursor.fetchone() or (0, 0)
                    if compared == waiting:
                        break
                    time.sleep(1)
                browser = playwright.chromium.launch(executable_path=str(find()), args=["--no-sandbox"])
                page = browser.new_page()
                page.goto(f"{site.url}/admin/login/?next=/admin/")
                page.fill("[name=username]", "moderator")
                page.fill("[name=password]", "demo-moderator")
                page.press("[name=password]", "Enter")
                page.wait_for_url("**/admin/")
                page.goto(site.url + DESK)
                began = time.perf_counter()
                read, clusters, took = clear(page, 2 * texts)
                seconds = time.perf_counter() - began
                cursor.execute(DECIDED_SQL)
                rows, decided = cursor.fetchone() or (0, 0)
                browser.close()
        finally:
            site.stop()
    reading = read * READ_TEXT + clusters * READ_CLUSTER
    print(f"{waiting:,} waiting, {texts} texts: {decided:,} decided once each ({rows:,} rows), {read} of them read")
    print(f"screen {seconds / 60:.1f} min, reading {reading / 60:.1f} min, together {(seconds + reading) / 60:.0f} min")
    print(
        f"key to next comment: median {statistics.median(took):.0f} ms, "
        f"{sum(each < 150 for each in took) / len(took):.1%} under 150 ms, worst {max(took):.0f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
