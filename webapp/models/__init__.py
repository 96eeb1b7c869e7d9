"""The tables. Columns, constraints and tiny properties; rules and queries live in webapp/services."""

from webapp.models.accounts import Invitation, Role, SignInFailure, User
from webapp.models.agreements import Agreement
from webapp.models.applications import Application
from webapp.models.assignments import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine
from webapp.models.audit import AuditEvent
from webapp.models.base import Base
from webapp.models.check_ins import CheckIn, CheckInAnswer
from webapp.models.consents import Consent
from webapp.models.hosts import Host, Verification
from webapp.models.imports import ColumnMapping, ImportFile
from webapp.models.learning import LearningRun, ScoreModel
from webapp.models.mail import Mail
from webapp.models.matching import Exclusion, Match, MatchInvitation, MatchRun, PutForward, Review
from webapp.models.messages import Message, MessageMark
from webapp.models.offers import Offer, Place
from webapp.models.placements import Debrief, Placement
from webapp.models.signings import Signature, Wording
from webapp.models.training import Certificate, TrainingAnswer, TrainingProgress
from webapp.models.versions import AssignmentVersion
from webapp.models.vios import Partnership, Vio
from webapp.models.volunteers import (
    AvailabilityWindow,
    ConditionAnswer,
    CountryWish,
    EarlierService,
    Licence,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)

__all__ = [
    "Agreement",
    "Application",
    "Assignment",
    "AssignmentLanguage",
    "AssignmentSkill",
    "AssignmentVersion",
    "AuditEvent",
    "AvailabilityWindow",
    "Base",
    "Certificate",
    "CheckIn",
    "CheckInAnswer",
    "ColumnMapping",
    "ConditionAnswer",
    "Consent",
    "CountryWish",
    "Debrief",
    "EarlierService",
    "Exclusion",
    "Host",
    "ImportFile",
    "Invitation",
    "LearningRun",
    "Licence",
    "Mail",
    "Match",
    "MatchInvitation",
    "MatchRun",
    "Message",
    "MessageMark",
    "MoneyLine",
    "Offer",
    "Partnership",
    "Place",
    "Placement",
    "PutForward",
    "Review",
    "Role",
    "ScoreModel",
    "SignInFailure",
    "Signature",
    "TrainingAnswer",
    "TrainingProgress",
    "User",
    "Verification",
    "Vio",
    "Volunteer",
    "VolunteerLanguage",
    "VolunteerSkill",
    "Wording",
]
