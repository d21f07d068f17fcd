"""Who runs the site: one row, filled in by organizers, told on pages and in mails."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petitions.imprint import operator
from petitions.mail.rendering import rendered
from petitions.models import Operator, OutboxMail, StaffAct

from ..factories import make_petition, make_signature, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

SAYS = {
    "name": "Sisters <Together>",
    "postal_address": "1 Example Street\n00000 Example Town",
    "email": "people@sisters.example",
    "telephone": "+39 02 0000 0000",
    "responsible": "Ada & Example",
}
LIST, ADD = reverse("admin:petitions_operator_changelist"), reverse("admin:petitions_operator_add")
CHANGE = reverse("admin:petitions_operator_change", args=[1])


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def test_second_row_is_refused_by_the_database():
    Operator.objects.create(**SAYS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Operator.objects.create(id=2, **SAYS)


@override_settings(OPERATOR_NAME="Of the environment", OPERATOR_CONTACT="env@mail.example")
def test_row_takes_the_place_of_the_environment_as_a_whole():
    assert (operator().name, operator().email, operator().is_named) == ("Of the environment", "env@mail.example", False)


@override_settings(OPERATOR_NAME="Of the environment", OPERATOR_CONTACT="env@mail.example")
def test_environment_fills_no_gap_of_the_row():
    Operator.objects.create(**SAYS | {"email": ""})
    assert operator().email == ""


@override_settings(OPERATOR_NAME="", OPERATOR_CONTACT="1 Old Street")
def test_contact_that_is_no_address_of_mail_is_a_street():
    assert (operator().postal_address, operator().email) == ("1 Old Street", "")


def test_reading_again_asks_the_database_nothing(django_assert_num_queries):
    operator()
    with django_assert_num_queries(0):
        operator()


@pytest.mark.parametrize("page", ["about", "privacy"])
def test_page_names_the_operator_with_all_ways_to_write(client, page):
    Operator.objects.create(**SAYS)
    html = client.get(f"/en/{page}/").content.decode()
    assert "Sisters &lt;Together&gt;" in html
    assert "1 Example Street<br>00000 Example Town" in html
    assert 'href="mailto:people@sisters.example"' in html
    assert "+39 02 0000 0000" in html


def test_about_names_the_responsible_person(client):
    Operator.objects.create(**SAYS)
    assert "Ada &amp; Example" in client.get("/en/about/").content.decode()


@pytest.mark.parametrize("page", ["about", "privacy"])
def test_unnamed_operator_leaves_no_empty_heading(client, page):
    html = client.get(f"/en/{page}/").content.decode()
    assert "Who runs this site" not in html
    assert "Who is responsible" not in html


def test_both_forms_of_a_mail_name_the_operator():
    Operator.objects.create(**SAYS)
    mail = OutboxMail.objects.create(kind="signed", signature=make_signature(state="pending"), language="en")
    message = rendered(mail)
    html = message.alternatives[0][0]
    assert "Sisters <Together>\n1 Example Street\n00000 Example Town\npeople@sisters.example" in message.body
    assert "Responsible for the content: Ada & Example" in message.body
    assert "Sisters &lt;Together&gt;" in html
    assert "Ada &amp; Example" in html


def test_mails_of_one_batch_look_the_operator_up_once():
    petition = make_petition()
    with CaptureQueriesContext(connection) as statements:
        for _ in range(3):
            mail = OutboxMail.objects.create(kind="signed", signature=make_signature(petition), language="en")
            rendered(mail)
    assert sum("petitions_operator" in each["sql"] for each in statements) <= 1


def test_list_leads_to_the_form_that_is_to_be_filled_in(organizer):
    assert organizer.get(LIST).headers["Location"] == ADD


def test_list_leads_to_the_one_row(organizer):
    Operator.objects.create(**SAYS)
    assert organizer.get(LIST).headers["Location"] == CHANGE
    assert organizer.get(ADD).headers["Location"] == CHANGE
    organizer.post(ADD, SAYS | {"name": "Another"})
    assert Operator.objects.get().name == SAYS["name"]


@override_settings(OPERATOR_NAME="Of the environment", OPERATOR_CONTACT="env@mail.example")
def test_form_begins_with_what_the_environment_says(organizer):
    html = organizer.get(ADD).content.decode()
    assert 'value="Of the environment"' in html
    assert 'value="env@mail.example"' in html


def test_organizer_fills_it_in_and_pages_follow(organizer, django_capture_on_commit_callbacks):
    organizer.get("/en/about/")
    with django_capture_on_commit_callbacks(execute=True):
        organizer.post(ADD, SAYS)
    assert "Sisters &lt;Together&gt;" in organizer.get("/en/about/").content.decode()
    assert StaffAct.objects.filter(verb="add", object_kind="operator").exists()


def test_row_cannot_be_deleted(organizer):
    Operator.objects.create(**SAYS)
    assert organizer.get(reverse("admin:petitions_operator_delete", args=[1])).status_code == 403


def test_moderator_has_no_say_in_it(client):
    client.force_login(make_staff("Moderators"))
    assert client.get(ADD).status_code == 403
