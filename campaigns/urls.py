"""Addresses of the campaigns, below the language."""

from django.urls import path

from .calls import views as calls
from .deeds import views as deeds
from .letters import views as letters
from .pages import campaign, home, listing
from .reports import views as reports
from .sharing import views as sharing

app_name = "campaigns"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("campaigns/", listing.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign.campaign, name="campaign"),
    path("campaigns/<slug:slug>/call/", calls.call, name="call"),
    path("campaigns/<slug:slug>/call/<int:contact>/", calls.called, name="called"),
    path("campaigns/<slug:slug>/call/<int:contact>/reminder.ics", calls.reminder, name="reminder"),
    path("campaigns/<slug:slug>/deeds/", deeds.beacon, name="deeds"),
    path("campaigns/<slug:slug>/go/<slug:channel>/", sharing.go, name="go"),
    path("campaigns/<slug:slug>/mastodon/", sharing.mastodon, name="mastodon"),
    path("campaigns/<slug:slug>/report/", reports.report, name="report"),
    # /campaigns/<slug>/letter/
    path("campaigns/<slug:slug>/letter/", letters.letter, name="letter"),
    path("campaigns/<slug:slug>/letter/draft.eml", letters.draft, name="letter-draft"),
    path("campaigns/<slug:slug>/letter/letter.pdf", letters.pdf, name="letter-pdf"),
    path("campaigns/<slug:slug>/letter/print/", letters.paper, name="letter-print"),
    path("campaigns/<slug:slug>/letter/labels/", letters.labels, name="letter-labels"),
    path("campaigns/<slug:slug>/letter/labels.pdf", letters.labels_pdf, name="letter-labels-pdf"),
    path("signatures/<str:token>/asked/", sharing.asked, name="asked"),
    path("signatures/<str:token>/letter/", letters.signer_letter, name="signer-letter"),
]
