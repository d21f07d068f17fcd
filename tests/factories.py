"""Things to test with: each function makes one valid row and takes what a test wants different."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group, User
from django.utils import timezone

from campaigns.models import (
    CallScript,
    CallScriptText,
    Campaign,
    CampaignTarget,
    CampaignText,
    City,
    CityName,
    Contact,
    Letter,
    LetterText,
    Media,
    MediaText,
    OpeningHours,
    Target,
    TargetText,
)
from campaigns.studio.naming import settle_names
from petitions.addresses import canonical_address
from petitions.consent import record_of_text
from petitions.list_patterns import checked_pattern
from petitions.lists import kept_lists
from petitions.models import (
    Comment,
    Follower,
    ListEntry,
    Mailing,
    MailingText,
    Petition,
    PetitionText,
    Place,
    Reason,
    ReasonText,
    Signature,
)
from petitions.places import city_key
from petitions.spellings import settle

numbers = count(1)


def make_petition(slug="clean-air", languages=("en",), **fields):
    fields = {"status": "open", "opened_at": timezone.now() - timedelta(days=1), "goal": 100} | fields
    petition = Petition.objects.create(slug=slug, **fields)
    for language in languages:
        PetitionText.objects.create(
            petition=petition,
            language=language,
            title=f"Title {slug} ({language})",
            addressed_to="the Mayor of Milan",
            body=f"We ask you ({language}).",
        )
    return petition


def make_signature(petition=None, state="confirmed", **fields):
    """A stored signature, past the verbs: counts are not touched."""
    petition = petition or make_petition()
    number = next(numbers)
    fields = {
        "name": "Elena Marchi",
        "email": f"signer{number}@mail.example",
        "country": "IT",
        "city": "Milano",
        "language": "en",
        "signed_at": timezone.now(),
        "confirmed_at": timezone.now() if state in ("confirmed", "withdrawn") else None,
        "signed_text": record_of_text(petition, petition.text("en")),
    } | fields
    return Signature.objects.create(
        petition=petition,
        state=state,
        canonical_email=canonical_address(fields["email"]),
        city_key=city_key(fields["city"]),
        **fields,
    )


def make_place(*names, country="IT", beside=()):
    return settle(Place(name=names[0], country=country), names=names, beside=beside)


def make_comment(petition=None, state="approved", **fields):
    petition = petition or make_petition()
    if "signature" not in fields:
        fields = {"name": "Ugo Neri", "email": "ugo@mail.example", "canonical_email": "ugo@mail.example"} | fields
    fields = {"text": "Sisters can speak openly.", "language": "en", "confirmed_at": timezone.now()} | fields
    return Comment.objects.create(petition=petition, state=state, **fields)


def written_in(language, confidence=90, source="detector"):
    """What the worker says of a comment."""
    return {"written_in": language, "written_in_confidence": confidence, "written_in_source": source}


def make_follower(petition, email="follower@mail.example", **fields):
    """Asked long ago where the follower confirmed or stopped long ago."""
    fields = {"language": "en"} | fields
    follower = Follower.objects.create(
        petition=petition, email=email, canonical_email=canonical_address(email), **fields
    )
    if asked_at := fields.get("confirmed_at") or fields.get("stopped_at"):
        Follower.objects.filter(pk=follower.pk).update(asked_at=asked_at)
    return follower


def make_entry(pattern, kind="block", **fields):
    """In use at once. What it is about is read from how it looks."""
    about = "address" if "@" in pattern else "network" if "/" in pattern else "domain"
    entry = ListEntry.objects.create(kind=kind, about=about, pattern=checked_pattern(about, pattern), **fields)
    kept_lists.forget()
    return entry


def seen(rows):
    """What a screen that shows these rows now carries."""
    return {row.pk: row.as_seen for row in rows}


def make_mailing(*petitions, languages=("en",), subject="News", body="Good news.", state="sending", **fields):
    """Written and being sent, past the verbs: nothing is queued."""
    fields = {"about": f"update-{next(numbers)}", "source_language": "en", "starts_at": timezone.now()} | fields
    mailing = Mailing.objects.create(state=state, **fields)
    for petition in petitions:
        mailing.audiences.create(petition=petition)
        for language in languages:
            MailingText.objects.create(
                mailing=mailing, petition=petition, language=language, subject=subject, body=f"{body} ({language})"
            )
    return mailing


def make_city(slug="milan", **fields):
    number = next(numbers)
    fields = {
        "native_name": slug.title(),
        "native_language": "it",
        "country": "IT",
        "latitude": 45,
        "longitude": 9 + number % 90,
        "time_zone": "Europe/Rome",
    } | fields
    city = City.objects.create(slug=slug, **fields)
    CityName.objects.create(city=city, language="en", name=slug.title())
    settle_names(city)
    return city


def make_target(city, *, email="mayor@milan.example", **fields):
    target = Target.objects.create(city=city, **({"name": "Giulia Bianchi"} | fields))
    TargetText.objects.create(target=target, language="en", office="Mayor", salutation="Dear Mayor,")
    Contact.objects.create(target=target, kind="email", value=email)
    return target


def make_campaign(slug="milan-daegu", *, petition=None, letter="Dear Mayor,\n\nplease speak up.", **fields):
    number = next(numbers)
    asked = fields.pop("asked_city", None) or make_city(f"milan-{number}")
    other = fields.pop("other_city", None) or make_city(
        f"daegu-{number}", country="KR", native_language="ko", time_zone="Asia/Seoul"
    )
    petition = petition or make_petition(slug=slug, page_path=f"campaigns/{slug}/")
    fields = {"status": "published", "published_at": timezone.now() - timedelta(days=1), "twinned_in": 2015} | fields
    campaign = Campaign.objects.create(slug=slug, asked_city=asked, other_city=other, petition=petition, **fields)
    CampaignText.objects.create(
        campaign=campaign, language="en", headline=f"Headline of {slug}", summary="A summary.", body="A **story**."
    )
    CampaignTarget.objects.create(campaign=campaign, target=make_target(asked))
    if letter:
        row = Letter.objects.create(campaign=campaign, name="Letter to the Mayor")
        LetterText.objects.create(letter=row, language="en", subject="A request", body=letter)
    return campaign


def make_picture(languages=("en",), name="campaigns/face.webp", **fields):
    """The row alone: there is no file behind it."""
    fields = {"name": "Face", "credit": "Ana", "width": 1600, "height": 900} | fields
    media = Media.objects.create(image=name, **fields)
    for language in languages:
        MediaText.objects.create(media=media, language=language, alt=f"A face ({language})", caption="Of {asked_city}")
    return media


def make_staff(role="Moderators", username=None):
    user = User.objects.create_user(username or role.lower(), password="a long password", is_staff=True)
    # A test with transactions of its own may have emptied the table of roles; verbs ask nobody for a permission.
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def make_number(target, value="+39 02 884 50136"):
    return Contact.objects.create(target=target, kind="telephone", value=value)


def make_hours(target, opens_at="00:00", closes_at="23:59", from_weekday=0, to_weekday=6):
    hours = {"opens_at": opens_at, "closes_at": closes_at, "from_weekday": from_weekday, "to_weekday": to_weekday}
    return OpeningHours.objects.create(target=target, **hours)


def make_call_script(words, sounds=None, **owner):
    """`words` and `sounds` by language."""
    script = CallScript.objects.create(name="Call", **owner)
    for language, text in words.items():
        sound = (sounds or {}).get(language, "")
        CallScriptText.objects.create(script=script, language=language, words=text, sounds=sound)
    return script


def make_reason(key="insult", **fields):
    """One of those that come with the site; made anew where a test has emptied the tables."""
    reason, is_new = Reason.objects.update_or_create(key=key, defaults=fields)
    if is_new:
        text = {"title": "Speaks ill of a people or a city", "sentence": "We publish no words against a people."}
        ReasonText.objects.create(reason=reason, language="en", **text)
    return reason
