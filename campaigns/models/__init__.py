"""What campaigns store."""

from .calls import CallScript, CallScriptText
from .campaigns import Campaign, CampaignText
from .cities import City, CityName
from .content import Evidence, EvidenceText, Media, MediaText, Update, UpdateText
from .deeds import DeedCount
from .letters import Letter, LetterText, Post
from .office_hours import Closure, OpeningHours, Weekday
from .reports import ContactReport
from .stories import Story
from .targets import CampaignTarget, Contact, Target, TargetText

__all__ = [
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
    "Story",
    "Target",
    "TargetText",
    "Update",
    "UpdateText",
    "Weekday",
]
