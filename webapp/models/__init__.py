"""The tables. Columns, constraints and tiny properties; rules and queries live in webapp/services."""

from webapp.models.accounts import Invitation, Role, SignInFailure, User
from webapp.models.agreements import Agreement
from webapp.models.applications import Application
from webapp.models.assignments import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine
from webapp.models.audit import AuditEvent
from webapp.models.base import Base
from webapp.models.community import CommunityAsk
from webapp.models.consents import Consent
from webapp.models.country_sheets import CountrySheet
from webapp.models.follow_ups import FollowUp
from webapp.models.hosts import Host, Verification
from webapp.models.imports import ColumnMapping, ImportFile
from webapp.models.learning import LearningRun, ScoreModel
from webapp.models.lessons import Lesson
from webapp.models.mail import Mail
from webapp.models.matching import Exclusion, Match, MatchInvitation, MatchRun, PutForward, Review
from webapp.models.offers import Offer, Place
from webapp.models.placements import Debrief, Placement
from webapp.models.questions import ApplicationAnswer, ConductDeclaration, Question, QuestionSet
from webapp.models.references import Reference, ReferenceAnswer, ReferenceLink
from webapp.models.scorecards import Scorecard, ScorecardLine
from webapp.models.service_certificates import ServiceCertificate
from webapp.models.training import Certificate, TrainingAnswer, TrainingProgress
from webapp.models.trials import HintDraw
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
    "ApplicationAnswer",
    "Assignment",
    "AssignmentLanguage",
    "AssignmentSkill",
    "AssignmentVersion",
    "AuditEvent",
    "AvailabilityWindow",
    "Base",
    "Certificate",
    "ColumnMapping",
    "CommunityAsk",
    "ConditionAnswer",
    "ConductDeclaration",
    "Consent",
    "CountrySheet",
    "CountryWish",
    "Debrief",
    "EarlierService",
    "Exclusion",
    "FollowUp",
    "HintDraw",
    "Host",
    "ImportFile",
    "Invitation",
    "LearningRun",
    "Lesson",
    "Licence",
    "Mail",
    "Match",
    "MatchInvitation",
    "MatchRun",
    "MoneyLine",
    "Offer",
    "Partnership",
    "Place",
    "Placement",
    "PutForward",
    "Question",
    "QuestionSet",
    "Reference",
    "ReferenceAnswer",
    "ReferenceLink",
    "Review",
    "Role",
    "ScoreModel",
    "Scorecard",
    "ScorecardLine",
    "ServiceCertificate",
    "SignInFailure",
    "TrainingAnswer",
    "TrainingProgress",
    "User",
    "Verification",
    "Vio",
    "Volunteer",
    "VolunteerLanguage",
    "VolunteerSkill",
]
