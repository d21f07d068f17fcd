"""What the signing engine stores."""

from .comments import Comment
from .counts import Count, CountDelta
from .domains import DomainRule
from .followers import Follower
from .lists import ListEntry
from .mailings import Mailing, MailingAudience, MailingText
from .operators import Operator
from .outbox import OutboxMail, WorkerBeat
from .petitions import Petition, PetitionText, SignedText
from .places import Place, Spelling, SpellingRound
from .retention import RetentionRound
from .signatures import Signature
from .staff import StaffAct
from .suppressions import Suppression
from .throttles import ThrottleCount, ThrottleOverride

__all__ = [
    "Comment",
    "Count",
    "CountDelta",
    "DomainRule",
    "Follower",
    "ListEntry",
    "Mailing",
    "MailingAudience",
    "MailingText",
    "Operator",
    "OutboxMail",
    "Petition",
    "PetitionText",
    "Place",
    "RetentionRound",
    "Signature",
    "SignedText",
    "Spelling",
    "SpellingRound",
    "StaffAct",
    "Suppression",
    "ThrottleCount",
    "ThrottleOverride",
    "WorkerBeat",
]
