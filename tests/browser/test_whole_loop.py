"""The whole loop on real parts: read, sign, confirm, comment, moderate, edit."""

import re
import time

import pytest

pytestmark = pytest.mark.xdist_group("running site")

CAMPAIGN = "/it/campaigns/milan-daegu/"
COMMENTS = "/it/petitions/milan-daegu/comments/"
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "it-IT"}


def read_afresh(tab, path):
    """The page is kept for a second by this site and for five by the browser, unless a person reloads it."""
    time.sleep(1.2)
    tab.open(path)
    tab.page.reload()
    return tab.page.inner_text("main")


def shown_count(tab):
    """The count on the campaign page; the worker rolls up and the page is kept for a moment."""
    tab.open(CAMPAIGN)
    return int(re.sub(r"\D", "", tab.page.locator(".ask .thermometer .total strong").inner_text()))


def settled_count(tab):
    """With what the tests before did: the worker rolls up within a second, and the page is kept for another."""
    time.sleep(2.5)
    return shown_count(tab)


def wait_for_count(tab, wanted):
    for _ in range(50):
        if shown_count(tab) == wanted:
            return
        time.sleep(0.3)
    assert shown_count(tab) == wanted


def sign(tab, email):
    tab.open(CAMPAIGN)
    tab.page.fill("#sign-name", "Elena Marchi")
    tab.page.fill("#sign-email", email)
    tab.page.select_option("#sign-country", "IT")
    tab.page.fill("#sign-city", "Milano")
    tab.page.click(".sign-form button[type=submit]")
    tab.page.wait_for_url("**/check-inbox/**")


def open_mail_to(tab, email):
    """Wait until the worker has delivered, then open the newest mail to this address."""
    for _ in range(50):
        tab.open("/dev/mail/")
        found = tab.page.locator("li, tr", has_text=email)
        if found.count():
            found.first.locator("a").first.click()
            return
        time.sleep(0.3)
    pytest.fail(f"no mail to {email}")


def follow_link(tab, part):
    link = tab.page.locator(f"a[href*='{part}']").first
    tab.open(link.get_attribute("href"))


def test_the_whole_loop_in_italian_without_javascript(new_tab):
    supporter = new_tab(**PHONE, java_script_enabled=False)
    before = settled_count(supporter)

    sign(supporter, "elena@posta.example")
    assert shown_count(supporter) == before

    open_mail_to(supporter, "elena@posta.example")
    follow_link(supporter, "/confirm/")
    assert shown_count(new_tab(java_script_enabled=False)) == before
    supporter.page.click("main form button[type=submit]")
    supporter.page.wait_for_url(re.compile(r"/it/signatures/[^/]+/(\?|$)"))
    own_page = supporter.page.url
    wait_for_count(new_tab(java_script_enabled=False), before + 1)

    supporter.open(own_page)
    supporter.page.locator("textarea[name=text]").fill("Tra sorelle si parla chiaro.")
    supporter.page.locator("form[action*='/comment/'] button[type=submit]").click()
    assert "Tra sorelle" in supporter.page.inner_text("main")
    supporter.open(COMMENTS)
    assert "Tra sorelle si parla chiaro." not in supporter.page.inner_text("main")

    moderator = new_tab()
    moderator.log_in("moderator")
    moderator.open("/admin/petitions/comment/")
    row = moderator.page.locator("tr", has_text="Tra sorelle si parla")
    assert "elena@posta.example" not in moderator.page.content()
    row.locator("input.action-select").check()
    moderator.page.select_option("select[name=action]", "approve")
    moderator.page.click("button[name=index]")
    moderator.page.wait_for_selector(".messagelist")

    assert "Tra sorelle si parla chiaro." in read_afresh(supporter, COMMENTS)
    assert supporter.complaints + moderator.complaints == []


def test_organizer_changes_the_letter_and_the_page_shows_it(new_tab):
    organizer = new_tab()
    organizer.log_in("organizer")
    organizer.open("/admin/campaigns/letter/?q=Milan")
    organizer.open("/admin/campaigns/letter/")
    organizer.page.locator("#result_list tbody th a").first.click()
    subject = organizer.page.locator("[name$='-subject']").first
    subject.fill("Una richiesta cambiata dal comitato")
    organizer.page.click("[name=_save]")
    organizer.page.wait_for_selector(".messagelist li")

    reader = new_tab()
    assert "Una richiesta cambiata dal comitato" in read_afresh(reader, "/en/campaigns/milan-daegu/letter/")
    assert organizer.complaints + reader.complaints == []


def test_second_click_on_the_mail_lands_on_the_same_page(new_tab):
    supporter = new_tab(locale="it-IT")
    sign(supporter, "due.volte@posta.example")
    open_mail_to(supporter, "due.volte@posta.example")
    link = supporter.page.locator("a[href*='/confirm/']").first.get_attribute("href")
    supporter.open(link)
    supporter.page.click("main form button[type=submit]")
    supporter.page.wait_for_url(re.compile(r"/it/signatures/[^/]+/$"))
    own_page = supporter.page.url
    supporter.open(link)
    assert supporter.page.url == own_page


def test_signer_withdraws_and_the_count_goes_back(new_tab):
    supporter = new_tab(java_script_enabled=False)
    before = settled_count(supporter)
    sign(supporter, "ripensa@posta.example")
    open_mail_to(supporter, "ripensa@posta.example")
    follow_link(supporter, "/confirm/")
    supporter.page.click("main form button[type=submit]")
    own_page = supporter.page.url
    wait_for_count(supporter, before + 1)
    supporter.open(own_page)
    supporter.page.locator("details", has=supporter.page.locator("form[action$='/withdraw/']")).locator(
        "summary"
    ).click()
    supporter.page.locator("form[action$='/withdraw/'] button").click()
    wait_for_count(supporter, before)


def test_unsigned_comment_is_confirmed_by_mail(new_tab):
    visitor = new_tab(java_script_enabled=False)
    visitor.open("/it/petitions/milan-daegu/comments/")
    visitor.page.fill("#comment-name", "Ugo Neri")
    visitor.page.fill("#comment-email", "ugo@posta.example")
    visitor.page.fill("#comment-text", "Anch'io la penso così, da Bologna.")
    visitor.page.locator("form:has(#comment-text) button[type=submit]").click()
    visitor.page.wait_for_url("**/check-inbox/**")
    open_mail_to(visitor, "ugo@posta.example")
    follow_link(visitor, "/confirm/")
    visitor.page.click("main form button[type=submit]")

    moderator = new_tab()
    moderator.log_in("moderator")
    moderator.open("/admin/petitions/comment/")
    assert "da Bologna" in moderator.page.inner_text("#changelist")
