"""What the signing engine stores."""

from .answers import Answer
from .comments import Comment
from .counts import Count, CountDelta
from .decisions import Decision
from .desk import CommentClaim, DeskChoice, WatchedWord
from .domains import DomainRule
from .followers import Follower
from .invalidations import InvalidatedSignature, Invalidation, Objection
from .ledger import Act, ActCount, ActDelta, Ledger, LedgerRecord
from .lists import ListEntry
from .mailings import Mailing, MailingAudience, MailingText
from .operators import Operator
from .outbox import OutboxMail, WorkerBeat
from .petitions import Petition, PetitionText, SignedText
from .places import Place, Spelling, SpellingRound
from .reasons import Reason, ReasonText
from .reports import Report
from .retention import RetentionRound
from .signatures import Signature
from .staff import StaffAct
from .suppressions import Suppression
from .throttles import ThrottleCount, ThrottleOverride
from .trends import TrendCount, TrendFinding, TrendMark

__all__ = [
    "Act",
    "ActCount",
    "ActDelta",
    "Answer",
    "Comment",
    "CommentClaim",
    "Count",
    "CountDelta",
    "Decision",
    "DeskChoice",
    "DomainRule",
    "Follower",
    "InvalidatedSignature",
    "Invalidation",
    "Ledger",
    "LedgerRecord",
    "ListEntry",
    "Mailing",
    "MailingAudience",
    "MailingText",
    "Objection",
    "Operator",
    "OutboxMail",
    "Petition",
    "PetitionText",
    "Place",
    "Reason",
    "ReasonText",
    "Report",
    "RetentionRound",
    "Signature",
    "SignedText",
    "Spelling",
    "SpellingRound",
    "StaffAct",
    "Suppression",
    "ThrottleCount",
    "ThrottleOverride",
    "TrendCount",
    "TrendFinding",
    "TrendMark",
    "WatchedWord",
    "WorkerBeat",
]
