"""Statement budgets, at one and at three items of everything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import (
    CampaignTarget,
    Closure,
    Evidence,
    EvidenceText,
    Letter,
    LetterText,
    Media,
    MediaText,
    Post,
    Story,
    Update,
    UpdateText,
)
from petitions.lists import kept_lists
from petitions.throttling import overrides

from ..factories import (
    make_call_script,
    make_campaign,
    make_comment,
    make_hours,
    make_number,
    make_petition,
    make_picture,
    make_signature,
    make_target,
)
from ..petitions.test_captcha import FORM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

CAMPAIGN_PAGE_BUDGET = 12
LETTER_PAGE_BUDGET = 6
CALL_PAGE_BUDGET = 8
SIGN_BUDGET = 4
CONFIRM_BUDGET = 4
# Opening and closing a transaction inside a test's own takes two statements that production does not send.
SAVEPOINT = 2


@pytest.fixture(autouse=True)
def remembered(db):
    """What each server remembers for some seconds."""
    overrides.get()
    kept_lists.get()


def fill(campaign, number):
    owned = {"campaign": campaign}
    for language in ["en", "it", "ko"][:number]:
        for position in range(number):
            media = Media.objects.create(**owned, name="m", video_url="https://film.example/", credit="c")
            MediaText.objects.create(media=media, language=language, alt="a")
            evidence = Evidence.objects.create(**owned, kind="law", source="s", dated_on="2016-01-01")
            EvidenceText.objects.create(evidence=evidence, language=language, claim="c")
            letter = Letter.objects.create(**owned, name=f"Letter {position}")
            LetterText.objects.create(letter=letter, language=language, subject="s", body="b")
            Post.objects.create(**owned, language=language, text="p")
            update = Update.objects.create(**owned, published_at=timezone.now())
            UpdateText.objects.create(update=update, language=language, title="t", body="b")
    for _ in range(number):
        comment = make_comment(campaign.petition, signature=make_signature(campaign.petition))
        make_comment(campaign.petition, parent=comment)


@pytest.mark.parametrize("number", [1, 3])
def test_campaign_page_keeps_its_budget(client, number):
    campaign = make_campaign(story=Story.objects.create(name="Shared"))
    fill(campaign, number)
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/en/campaigns/{campaign.slug}/")
    assert len(statements) == CAMPAIGN_PAGE_BUDGET


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "budget"),
    [("", 7), ("campaigns/", 7), ("campaigns/?country=IT", 7), ("campaigns/?letter=M", 7), ("campaigns/?city=mil", 5)],
)
def test_lists_of_campaigns_keep_their_budget(client, number, path, budget):
    for position in range(number):
        make_picture(("en", "it"), campaign=make_campaign(f"campaign-{position}"), is_hero=True)
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/en/{path}")
    assert len(statements) == budget


@pytest.mark.parametrize("number", [1, 3])
def test_comment_list_keeps_its_budget(client, number):
    petition = make_petition()
    for _ in range(number):
        make_comment(petition, parent=make_comment(petition, signature=make_signature(petition)))
    with CaptureQueriesContext(connection) as statements:
        client.get("/en/petitions/clean-air/comments/")
    assert len(statements) <= 5


@pytest.mark.parametrize("extra", [{}, {"comment": "Because."}])
def test_signing_keeps_its_budget(client, extra, django_capture_on_commit_callbacks):
    make_petition()
    with django_capture_on_commit_callbacks(execute=True):  # what is remembered between requests is remembered now
        client.post("/en/petitions/clean-air/sign/", FORM)
    with CaptureQueriesContext(connection) as statements:
        client.post("/en/petitions/clean-air/sign/", FORM | {"email": "other@mail.example"} | extra)
    assert len(statements) <= SIGN_BUDGET + SAVEPOINT


def test_known_address_takes_the_same_statements(client, django_capture_on_commit_callbacks):
    make_petition()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/petitions/clean-air/sign/", FORM)
    counts = []
    for email in ("new@mail.example", FORM["email"]):
        with CaptureQueriesContext(connection) as statements:
            client.post("/en/petitions/clean-air/sign/", FORM | {"email": email})
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_confirming_keeps_its_budget(client, site):
    url = site.personal()[4]
    seal = client.get(url).context["seal"]
    with CaptureQueriesContext(connection) as statements:
        assert client.post(url, {"seal": seal}).status_code == 302
    assert len(statements) <= CONFIRM_BUDGET + SAVEPOINT


@pytest.mark.parametrize("number", [1, 3])
def test_letter_page_keeps_its_budget(client, number):
    campaign = make_campaign()
    fill(campaign, number)
    for _ in range(number):
        CampaignTarget.objects.create(campaign=campaign, target=make_target(campaign.other_city), role="copy")
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/en/campaigns/{campaign.slug}/letter/")
    assert len(statements) == LETTER_PAGE_BUDGET


@pytest.mark.parametrize("number", [1, 3])
def test_call_page_keeps_its_budget(client, number):
    campaign = make_campaign()
    for position in range(number):
        target = make_target(campaign.asked_city)
        CampaignTarget.objects.create(campaign=campaign, target=target)
        make_number(target, f"+39 02 884 5013{position}")
        make_hours(target)
        Closure.objects.create(target=target, starts_on="2026-01-01", ends_on="2026-01-02")
        make_call_script({"it": "Grazie.", "en": "Thanks."}, campaign=campaign)
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/en/campaigns/{campaign.slug}/call/?from=US&zone=America/New_York")
    assert len(statements) == CALL_PAGE_BUDGET
