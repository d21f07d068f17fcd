"""What campaigns store."""

from .campaigns import Campaign, CampaignText
from .cities import City, CityName
from .content import Evidence, EvidenceText, Media, MediaText, Update, UpdateText
from .letters import Letter, LetterText, Post
from .stories import Story
from .targets import CampaignTarget, Contact, Target, TargetText

__all__ = [
    "Campaign",
    "CampaignTarget",
    "CampaignText",
    "City",
    "CityName",
    "Contact",
    "Evidence",
    "EvidenceText",
    "Letter",
    "LetterText",
    "Media",
    "MediaText",
    "Post",
    "Story",
    "Target",
    "TargetText",
    "Update",
    "UpdateText",
]
