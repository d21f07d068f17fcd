"""What campaigns store."""

from typing import get_args

from .calls import CallScript, CallScriptText
from .campaigns import Campaign, CampaignTarget, CampaignText
from .cities import City, CityName
from .content import Evidence, EvidenceText, Media, MediaText, Update, UpdateText
from .deeds import DeedCount
from .letters import Letter, LetterText, Post
from .office_hours import Closure, OpeningHours, Weekday
from .reports import ContactReport
from .share_pictures import SharePicture
from .stories import Story
from .targets import Contact, Target, TargetText

# What belongs to a campaign or story, has its words in rows of their own, and a page of its own in the admin.
WordedContent = Letter | CallScript | Media | Evidence | Update
CONTENT_KINDS: tuple[type[WordedContent], ...] = get_args(WordedContent)

__all__ = [
    "CONTENT_KINDS",
    "CallScript",
    "CallScriptText",
    "Campaign",
    "CampaignTarget",
    "CampaignText",
    "City",
    "CityName",
    "Closure",
    "Contact",
    "ContactReport",
    "DeedCount",
    "Evidence",
    "EvidenceText",
    "Letter",
    "LetterText",
    "Media",
    "MediaText",
    "OpeningHours",
    "Post",
    "SharePicture",
    "Story",
    "Target",
    "TargetText",
    "Update",
    "UpdateText",
    "Weekday",
    "WordedContent",
]
