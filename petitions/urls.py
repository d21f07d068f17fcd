"""Addresses of the signing engine, below the language."""

from django.urls import path

from .views import (
    answers,
    comments,
    follows,
    inbox,
    integrity,
    objections,
    petition,
    reports,
    signature,
    transparency,
)

app_name = "petitions"

urlpatterns = [
    # /petitions/<slug>/
    path("petitions/<slug:slug>/", petition.petition, name="petition"),
    path("petitions/<slug:slug>/sign/", petition.sign, name="sign"),
    path("petitions/<slug:slug>/check-inbox/", inbox.check_inbox, name="check-inbox"),
    path("petitions/<slug:slug>/check-inbox/<str:token>/", inbox.sent, name="sent"),
    path("petitions/<slug:slug>/check-inbox/<str:token>/again/", inbox.send_again, name="send-again"),
    path("petitions/<slug:slug>/signatures/", petition.signatures, name="signatures"),
    path("petitions/<slug:slug>/comments/", comments.comments, name="comments"),
    path("petitions/<slug:slug>/integrity/", integrity.integrity, name="integrity"),
    path("petitions/<slug:slug>/integrity.json", integrity.as_json, name="integrity-json"),
    path("petitions/<slug:slug>/integrity.csv", integrity.as_csv, name="integrity-csv"),
    path("petitions/<slug:slug>/follow/", follows.follow, name="follow"),
    # /signatures/<token>/
    path("signatures/<str:token>/", signature.signature, name="signature"),
    path("signatures/<str:token>/confirm/", signature.confirm, name="signature-confirm"),
    path("signatures/<str:token>/change/", signature.change, name="signature-change"),
    path("signatures/<str:token>/comment/", signature.comment, name="signature-comment"),
    path(
        "signatures/<str:token>/confirm-comments/",
        signature.confirm_comments,
        name="signature-confirm-comments",
    ),
    path("signatures/<str:token>/withdraw/", signature.withdraw, name="signature-withdraw"),
    path("signatures/<str:token>/stop-mails/", signature.stop_mails, name="signature-stop-mails"),
    path("signatures/<str:token>/object/", objections.object_to, name="signature-object"),
    path("signatures/<str:token>/data.json", signature.data, name="signature-data"),
    path("signatures/<str:token>/erase/", signature.erase, name="signature-erase"),
    # /comments/<number>/: what anybody may do to a comment that is shown
    path("comments/<str:number>/report/", reports.report, name="comment-report"),
    # /comments/<token>/, /follows/<token>/
    path("comments/<str:token>/confirm/", comments.confirm, name="comment-confirm"),
    path("comments/<str:token>/stop-mails/", comments.stop_mails, name="comment-stop-mails"),
    path("comments/<str:token>/delete/", comments.delete, name="comment-delete"),
    path("comments/<str:token>/decision/", answers.decision, name="comment-decision"),
    path("comments/<str:token>/resubmit/", answers.resubmit, name="comment-resubmit"),
    path("comments/<str:token>/object/", answers.object_to, name="comment-object"),
    path("follows/<str:token>/confirm/", follows.confirm, name="follow-confirm"),
    path("follows/<str:token>/stop/", follows.stop, name="follow-stop"),
    path("transparency/", transparency.page, name="transparency"),
    path("transparency/<str:name>/", transparency.page, name="transparency-half"),
    path("transparency/<str:name>.csv", transparency.as_csv, name="transparency-csv"),
    path("transparency/<str:name>.json", transparency.as_json, name="transparency-json"),
]
