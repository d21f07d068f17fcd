"""What only a browser can tell of the staff's pages: leaving asks, and a warning has no tick."""

import pytest

pytestmark = pytest.mark.xdist_group("running site")
CAMPAIGNS = "/admin/campaigns/campaign/"


@pytest.fixture
def tab(new_tab):
    tab = new_tab()
    tab.asked = []
    tab.page.on("dialog", lambda dialog: (tab.asked.append(dialog.type), dialog.accept()))
    tab.log_in("organizer")
    return tab


def open_campaign(tab):
    tab.open(CAMPAIGNS)
    tab.page.locator("#result_list tbody th a").first.click()
    tab.page.wait_for_load_state()


def leave(tab):
    tab.page.click("#site-name a")
    tab.page.wait_for_url("**/admin/")


def test_leaving_what_was_not_touched_asks_nothing(tab):
    open_campaign(tab)
    tab.page.click("h1")
    leave(tab)
    assert tab.asked == []


def test_leaving_unsaved_words_asks(tab):
    open_campaign(tab)
    tab.page.locator("textarea").first.press_sequentially("x")
    leave(tab)
    assert tab.asked == ["beforeunload"]


def test_leaving_an_added_row_asks(tab):
    open_campaign(tab)
    tab.page.locator(".add-row a").first.click()
    leave(tab)
    assert tab.asked == ["beforeunload"]


def test_saving_asks_nothing(tab):
    open_campaign(tab)
    tab.page.locator("#id_twinned_in").fill("2014")
    tab.page.locator("[name=_continue]").first.click()
    tab.page.wait_for_selector(".messagelist .success")
    assert tab.asked == []


def test_page_that_came_back_with_an_error_asks(tab):
    tab.open("/admin/campaigns/story/add/")
    tab.page.fill("#id_source_language", "no language")
    tab.page.locator("[name=_save]").first.click()
    tab.page.wait_for_selector(".errornote")
    tab.page.click("h1")
    leave(tab)
    assert tab.asked == ["beforeunload"]


def test_warning_that_names_rows_has_no_tick(tab):
    tab.open(CAMPAIGNS)
    for box in tab.page.locator(".action-select").all():
        box.check()
    tab.page.select_option("[name=action]", "write_petition_texts")
    tab.page.click("button[name=index]")
    messages = tab.page.locator(".messagelist li")
    tab.page.wait_for_selector(".messagelist li.warning li")
    icons = messages.evaluate_all("rows => rows.map((row) => getComputedStyle(row).backgroundImage)")
    assert "icon-alert" in icons[0]
    assert set(icons[1:]) == {"none"}
    assert tab.complaints == []
