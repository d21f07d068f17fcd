"""A second factor for staff: asked of those who have one, and demanded of those who read addresses."""

import re
import time
from base64 import b32decode
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaign_site.second_factor import devices, qr, waiting
from petitions import throttling
from petitions.models import StaffAct

from ..factories import make_staff

pytestmark = pytest.mark.django_db
LOGIN, CODE, OWN, OVERVIEW = "/admin/login/", "/admin/login/code/", "/admin/second-factor/", "/admin/"
PASSWORD = "a long password"
KEY = "11" * 20


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def one_window(monkeypatch):
    now = timezone.now().replace(minute=1)
    monkeypatch.setattr(throttling.timezone, "now", lambda: now)


@pytest.fixture
def organizer():
    return make_staff("Organizers")


@pytest.fixture
def telephone(organizer):
    return TOTPDevice.objects.create(user=organizer, name="telephone", key=KEY)


@pytest.fixture
def paper(organizer):
    return devices._fresh_recovery_codes(organizer)


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"


def code_of(key=KEY, later=0):
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + later
    return f"{totp.token():06}"


def wrong_code():
    right = {code_of(later=step * 30) for step in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right)


def key_from(written):
    return b32decode(written.replace(" ", "")).hex()


def give_password(client, name="organizers"):
    return client.post(f"{LOGIN}?next=/admin/petitions/", {"username": name, "password": PASSWORD})


def is_in(client):
    return client.get(OVERVIEW).status_code == 200


def verbs():
    return list(StaffAct.objects.order_by("pk").values_list("verb", flat=True))


class TestLogin:
    def test_password_alone_opens_nothing_where_there_is_a_telephone(self, client, telephone):
        assert give_password(client).headers["Location"] == CODE
        assert not is_in(client)

    def test_code_opens_the_page_that_was_wanted(self, client, telephone):
        give_password(client)
        assert client.post(CODE, {"code": code_of()}).headers["Location"] == "/admin/petitions/"
        assert is_in(client)

    def test_code_with_a_space_is_understood(self, client, telephone):
        give_password(client)
        code = code_of()
        assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302

    def test_person_without_a_telephone_is_not_asked(self, client, organizer):
        give_password(client)
        assert is_in(client)

    def test_wrong_code_is_told_and_logged(self, client, telephone):
        give_password(client)
        assert "This code is not right" in client.post(CODE, {"code": wrong_code()}).content.decode()
        assert verbs() == ["fail second factor"]

    def test_code_is_good_for_once(self, client, telephone):
        code = code_of()
        for browser in (client, Client()):
            give_password(browser)
            browser.post(CODE, {"code": code})
        assert not is_in(browser)

    def test_recovery_code_is_good_for_once(self, client, telephone, paper):
        for browser in (client, Client()):
            give_password(browser)
            browser.post(CODE, {"code": paper[0].upper()})
        assert is_in(client)
        assert not is_in(browser)

    def test_many_wrong_codes_are_refused_and_told_when_to_return(self, client, telephone):
        give_password(client)
        for _ in range(devices.CODES_BY_PERSON.times):
            client.post(CODE, {"code": wrong_code()})
        response = client.post(CODE, {"code": code_of()})
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) > 0

    def test_code_page_without_a_password_leads_to_it(self, client, telephone):
        assert client.post(CODE, {"code": code_of()}).headers["Location"] == LOGIN

    def test_waiting_too_long_begins_anew(self, client, telephone, monkeypatch):
        monkeypatch.setattr(waiting, "SECONDS", -1)
        give_password(client)
        assert client.post(CODE, {"code": code_of()}).headers["Location"] == LOGIN

    def test_password_changed_meanwhile_begins_anew(self, client, organizer, telephone):
        give_password(client)
        organizer.set_password("another long password")
        organizer.save()
        assert client.post(CODE, {"code": code_of()}).headers["Location"] == LOGIN

    def test_session_older_than_the_telephone_logs_in_anew(self, client, organizer):
        client.force_login(organizer)
        TOTPDevice.objects.create(user=organizer, name="telephone", key=KEY)
        assert client.get(OVERVIEW).headers["Location"].startswith(LOGIN)

    def test_switched_off_it_is_not_asked_for(self, client, telephone, settings):
        settings.STAFF_SECOND_FACTOR = "off"
        give_password(client)
        assert is_in(client)


class TestDemand:
    def test_who_reads_addresses_is_led_to_set_it_up_first(self, client, organizer, required):
        give_password(client)
        for page in (OVERVIEW, "/admin/petitions/signature/", "/admin/password_change/"):
            assert client.get(page).headers["Location"] == OWN

    def test_superuser_is_led_there_too(self, client, required):
        client.force_login(User.objects.create_superuser("root", password=PASSWORD))
        assert client.get(OVERVIEW).headers["Location"] == OWN

    def test_who_reads_no_addresses_is_not(self, client, required):
        client.force_login(make_staff("Moderators"))
        assert is_in(client)

    def test_logging_out_stays_open(self, client, organizer, required):
        client.force_login(organizer)
        assert client.post("/admin/logout/").status_code == 200


class TestSetup:
    @pytest.fixture
    def page(self, client, organizer):
        client.force_login(organizer)
        return client.get(OWN).content.decode()

    def key_of(self, page):
        return key_from(re.search(r'class="secret"[^>]*>([^<]+)<', page)[1])

    def test_looking_makes_no_device(self, page):
        assert not TOTPDevice.objects.exists()

    def test_right_code_sets_it_up_and_shows_recovery_codes(self, client, page):
        answer = client.post(OWN, {"code": code_of(self.key_of(page))}).content.decode()
        assert all(token.token in answer for token in StaticToken.objects.all())
        assert StaticToken.objects.count() == devices.RECOVERY_CODES

    def test_session_that_set_it_up_stays_in(self, client, page, required):
        client.post(OWN, {"code": code_of(self.key_of(page))})
        assert is_in(client)

    def test_wrong_code_sets_nothing_up(self, client, page):
        client.post(OWN, {"code": "000000" if code_of(self.key_of(page)) != "000000" else "111111"})
        assert not TOTPDevice.objects.exists()

    def test_it_is_logged(self, client, page):
        client.post(OWN, {"code": code_of(self.key_of(page))})
        assert verbs() == ["set up second factor"]

    def test_second_window_sets_up_no_second_telephone(self, client, page, organizer):
        TOTPDevice.objects.create(user=organizer, name="telephone", key=KEY)
        with pytest.raises(devices.WrongCodeError):
            devices.set_up(organizer, self.key_of(page), code_of(self.key_of(page)))

    def test_picture_is_attributes_only(self, page):
        assert "<svg" in page
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)", page)

    def test_secret_is_written_as_programs_take_it(self):
        assert key_from(qr.written(KEY)) == KEY


class TestCare:
    @pytest.fixture
    def inside(self, client, telephone, paper):
        give_password(client)
        client.post(CODE, {"code": paper[0]})
        return client

    def test_new_recovery_codes_end_the_old_ones(self, inside, paper, organizer):
        inside.post(OWN, {"code": code_of(), "recover": "1"})
        assert not {token.token for token in StaticToken.objects.all()} & set(paper)

    def test_removing_asks_for_a_code(self, inside):
        inside.post(OWN, {"code": wrong_code(), "remove": "1"})
        assert TOTPDevice.objects.exists()

    def test_removed_it_is_not_asked_for_again(self, inside):
        inside.post(OWN, {"code": code_of(), "remove": "1"})
        assert not TOTPDevice.objects.exists()
        assert verbs()[-1] == "remove second factor"


class TestReset:
    @pytest.fixture
    def administrator(self, client):
        root = User.objects.create_superuser("root", password=PASSWORD)
        client.force_login(root)
        return root

    def reset(self, client, *people):
        chosen = {"action": "reset_second_factor", "_selected_action": [person.pk for person in people]}
        return client.post("/admin/auth/user/", chosen, follow=True).content.decode()

    def test_colleague_sets_up_a_new_one(self, client, administrator, organizer, telephone, paper):
        assert "1 second factor is reset" in self.reset(client, organizer)
        assert not devices.has_one(organizer)

    def test_it_is_logged(self, client, administrator, organizer, telephone):
        self.reset(client, organizer)
        act = StaffAct.objects.get()
        assert (act.actor_name, act.verb, act.object_kind, act.object_id) == (
            "root",
            "reset second factor",
            "user",
            organizer.pk,
        )

    def test_own_one_is_not_reset_without_a_code(self, client, administrator):
        assert "Only a second factor that is set up" in self.reset(client, administrator)

    @pytest.mark.parametrize("model", ["otp_totp/totpdevice", "otp_static/staticdevice"])
    def test_secrets_of_colleagues_have_no_screen(self, client, administrator, model):
        assert client.get(f"/admin/{model}/").status_code == 404


class TestSession:
    def test_it_lasts_a_working_day(self, client, organizer):
        give_password(client)
        age = client.session.get_expiry_age()
        assert timedelta(seconds=age) == timedelta(hours=12)

    def test_log_in_and_log_out_are_logged(self, client, organizer):
        give_password(client)
        client.post("/admin/logout/")
        assert verbs() == ["log in", "log out"]
