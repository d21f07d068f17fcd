"""Addresses of the campaigns, below the language."""

from django.urls import path

from .views import call, campaign, deeds, home, letter, report, sharing

app_name = "campaigns"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("campaigns/", home.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign.campaign, name="campaign"),
    path("campaigns/<slug:slug>/call/", call.call, name="call"),
    path("campaigns/<slug:slug>/call/<int:contact>/", call.called, name="called"),
    path("campaigns/<slug:slug>/call/<int:contact>/reminder.ics", call.reminder, name="reminder"),
    path("campaigns/<slug:slug>/deeds/", deeds.beacon, name="deeds"),
    path("campaigns/<slug:slug>/go/<slug:channel>/", sharing.go, name="go"),
    path("campaigns/<slug:slug>/mastodon/", sharing.mastodon, name="mastodon"),
    path("campaigns/<slug:slug>/report/", report.report, name="report"),
    # /campaigns/<slug>/letter/
    path("campaigns/<slug:slug>/letter/", letter.letter, name="letter"),
    path("campaigns/<slug:slug>/letter/draft.eml", letter.draft, name="letter-draft"),
    path("campaigns/<slug:slug>/letter/letter.pdf", letter.pdf, name="letter-pdf"),
    path("campaigns/<slug:slug>/letter/print/", letter.paper, name="letter-print"),
    path("campaigns/<slug:slug>/letter/labels/", letter.labels, name="letter-labels"),
    path("campaigns/<slug:slug>/letter/labels.pdf", letter.labels_pdf, name="letter-labels-pdf"),
    path("signatures/<str:token>/letter/", letter.signer_letter, name="signer-letter"),
]
