"""Two moderators clear one queue by single keys, and a third without script."""

from contextlib import closing

import psycopg2
import pytest

pytestmark = pytest.mark.xdist_group("running site")

# A language of its own, so that nothing of the demonstration stands in this queue.
DESK = "/admin/petitions/comment/desk/?language=eu"
MAKE_SQL = """
    INSERT INTO petitions_comment (petition_id, name, email, canonical_email, text, language, written_in,
        written_in_confidence, written_in_source, state, created_at, confirmed_at)
    SELECT (SELECT min(id) FROM petitions_petition WHERE status = 'open'), 'Miren ' || n, 'm' || n || '@desk.example',
        'm' || n || '@desk.example', 'Hitz batzuk, ' || n || '. aldiz.', 'en', 'eu', 90, 'person', 'pending',
        now(), now()
    FROM generate_series(1, %s) n RETURNING id
"""
DECIDED_SQL = (
    "SELECT comment_number, actor_name, verb FROM petitions_decision WHERE comment_number = ANY(%s) ORDER BY id"
)


@pytest.fixture
def ask(running_site):
    def run(sql, *values):
        with (
            closing(psycopg2.connect(running_site.database_url)) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)
            return cursor.fetchall()

    return run


@pytest.fixture
def at_desk(new_tab):
    def sit(name, **options):
        tab = new_tab(**options)
        tab.log_in(name)
        tab.open(DESK)
        return tab

    return sit


def shown(tab):
    now = tab.page.locator(".now > .one")
    return now.get_attribute("data-comment")


def press(tab, *keys):
    """And wait until another comment is shown, and until the site has answered."""
    before = shown(tab)
    with tab.page.expect_response("**/desk/**"):
        for key in keys:
            tab.page.keyboard.press(key)
    tab.page.wait_for_function("before => document.querySelector('.now > .one').dataset.comment !== before", arg=before)
    tab.page.wait_for_load_state("networkidle")
    return before


def test_two_clear_one_queue_by_keys_without_collision_and_with_undo(at_desk, ask):
    made = {key for (key,) in ask(MAKE_SQL, 10)}
    anna, ben = at_desk("moderator"), at_desk("organizer")
    decided = {"moderator": [], "organizer": []}
    for _turn in range(8):
        for name, tab, keys in (("moderator", anna, ["a"]), ("organizer", ben, ["r", "2"])):
            if shown(tab):
                decided[name].append(int(press(tab, *keys)))
    rows = ask(DECIDED_SQL, list(made))
    assert {number for number, _who, _verb in rows} == made
    assert len(rows) == len(made)
    assert [number for number, who, _verb in rows if who == "moderator"] == decided["moderator"]
    assert {verb for _number, who, verb in rows if who == "organizer"} == {"reject"}

    press(anna, "u")
    assert int(shown(anna)) == decided["moderator"][-1]
    press(anna, "s")
    assert [verb for *_, verb in ask(DECIDED_SQL, [decided["moderator"][-1]])] == ["approve", "undo", "spam"]
    assert anna.complaints == ben.complaints == []


def test_keys_are_silent_while_typing_with_modifiers_and_when_turned_off(at_desk, ask):
    ask(MAKE_SQL, 1)
    tab = at_desk("moderator")
    before = shown(tab)
    tab.page.keyboard.press("Control+a")
    tab.page.locator(".language-of summary").click()
    tab.page.locator(".language-of select").focus()
    tab.page.keyboard.press("a")
    tab.page.keyboard.press("Escape")
    tab.page.locator(".your-desk summary").click()
    for checked in (False, True):
        tab.page.set_checked("#has-keys", checked)
        with tab.page.expect_response("**/desk/**"):
            tab.page.locator("[name=choices]").click()
        tab.page.wait_for_function(
            f"() => document.querySelector('#desk').classList.contains('keys-on') === {str(checked).lower()}"
        )
        if not checked:
            tab.page.keyboard.press("a")
            tab.page.locator(".your-desk summary").click()
    assert shown(tab) == before
    press(tab, "a")


def test_without_script_a_button_decides_and_undoes(at_desk, ask):
    made = {key for (key,) in ask(MAKE_SQL, 2)}
    tab = at_desk("moderator", java_script_enabled=False)
    first = int(shown(tab))
    assert first in made
    tab.page.click(".now > .one [value=approve]")
    assert int(shown(tab)) != first
    tab.page.click(".undo-bar button")
    assert int(shown(tab)) == first
    tab.page.check("[name=reason] >> nth=1")
    tab.page.click(".now > .one [value=reject]")
    tab.page.click(".now > .one [value=spam]")
    assert [verb for *_, verb in ask(DECIDED_SQL, [first])] == ["approve", "undo", "reject"]
    assert "Nothing" in tab.page.inner_text(".now")
