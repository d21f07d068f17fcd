"""A small site with something of everything, and the addresses of all its pages."""

from dataclasses import dataclass

from django.conf import settings

from campaigns.models import Campaign
from petitions.links import token_for
from petitions.models import Comment, Follower, Signature

from .factories import make_campaign, make_comment, make_petition, make_signature

SECRET_SURNAME = "Quattrocchi"
SECRET_ADDRESS = "hidden.person@mail.example"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass
class Site:
    campaign: Campaign
    signature: Signature
    pending: Signature
    comment: Comment
    follower: Follower

    def public(self, language="en"):
        slug = self.campaign.petition.slug
        paths = [
            "",
            "about/",
            "privacy/",
            "accessibility/",
            "campaigns/",
            "campaigns/?city=mil",
            "campaigns/?country=IT",
            "campaigns/?letter=M",
            f"campaigns/{self.campaign.slug}/",
            f"campaigns/{self.campaign.slug}/letter/",
            f"campaigns/{self.campaign.slug}/call/",
            f"campaigns/{self.campaign.slug}/call/?from=US&zone=America/New_York",
            "petitions/alone/",
            f"petitions/{slug}/check-inbox/",
            f"petitions/{slug}/signatures/",
            f"petitions/{slug}/comments/",
            f"comments/{self.comment.pk}/report/",
            f"comments/{self.comment.pk}/report/?done=1",
            "transparency/",
            f"petitions/{slug}/integrity/",
            "petitions/alone/integrity/",
            f"petitions/{slug}/integrity.json",
            f"petitions/{slug}/integrity.csv",
            f"petitions/{slug}/comments/?reply_to={self.comment.pk}",
            f"campaigns/{self.campaign.slug}/mastodon/",
            f"campaigns/{self.campaign.slug}/report/",
            f"campaigns/{self.campaign.slug}/report/?done=1",
        ]
        return [f"/{language}/{path}" for path in paths]

    def personal(self, language="en"):
        own, pending = token_for(self.signature), token_for(self.pending)
        comment, follower = token_for(self.comment), token_for(self.follower)
        paths = [
            f"signatures/{own}/",
            f"signatures/{own}/stop-mails/",
            f"signatures/{own}/erase/",
            f"signatures/{own}/data.json",
            f"signatures/{pending}/confirm/",
            f"comments/{comment}/confirm/",
            f"comments/{comment}/decision/",
            f"follows/{follower}/confirm/",
            f"follows/{follower}/stop/",
            f"signatures/{own}/letter/",
        ]
        return [f"/{language}/{path}" for path in paths]

    def lost(self, language="en"):
        """Pages that say what to do when a link no longer works."""
        gone = token_for(Signature(pk=999_999_999))
        return [
            f"/{language}/signatures/nonsense/",
            f"/{language}/signatures/{gone}/",
            f"/{language}/no-such-page/",
            f"/{language}/comments/999999999/report/",
        ]


def make_site():
    campaign = make_campaign()
    make_petition("alone")
    signature = make_signature(campaign.petition, name=f"Elena {SECRET_SURNAME}", email=SECRET_ADDRESS)
    pending = make_signature(campaign.petition, state="pending")
    comment = make_comment(campaign.petition, signature=signature)
    make_comment(campaign.petition, parent=comment, name="Ugo Neri", email="ugo.private@mail.example")
    make_comment(campaign.petition, state="pending", text="Not yet read by anybody.")
    follower = Follower.objects.create(
        petition=campaign.petition,
        email="follower@mail.example",
        canonical_email="follower@mail.example",
        language="en",
    )
    return Site(campaign, signature, pending, comment, follower)
