"""The tables. Columns, constraints and tiny properties; rules and queries live in webapp/services."""

from webapp.models.access_reviews import AccessReview
from webapp.models.accounts import Invitation, Role, SignInFailure, User
from webapp.models.agreements import Agreement
from webapp.models.alumni import Alumnus, MentorMessage, Mentorship
from webapp.models.applications import Application
from webapp.models.assignments import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine
from webapp.models.audit import AuditEvent, AuditHead
from webapp.models.bars import Bar, BarAppeal, BarLikeness, BarMark
from webapp.models.base import Base
from webapp.models.bonds import Bond, BondMember, JointOffer
from webapp.models.calendars import CalendarFeed
from webapp.models.check_ins import CheckIn, CheckInAnswer
from webapp.models.clearances import Clearance, ClearanceRule
from webapp.models.community import CommunityAsk
from webapp.models.consents import Consent
from webapp.models.country_notes import CountryNote
from webapp.models.country_sheets import CountrySheet
from webapp.models.documents import ClearanceDocument, DocumentLook
from webapp.models.duties import PlacementDuty
from webapp.models.emergency import EmergencyCard
from webapp.models.file_looks import FileLook
from webapp.models.follow_ups import FollowUp
from webapp.models.help_calls import HelpCall, HelpHand, HelpWord
from webapp.models.holding import HeldStay, HostSuspension
from webapp.models.host_links import HostLink
from webapp.models.hosts import Host, Verification
from webapp.models.imports import ColumnMapping, ImportFile
from webapp.models.incidents import Incident, IncidentMeasure
from webapp.models.kept_inputs import KeptInput, KeptRun
from webapp.models.learning import LearningRun, ScoreModel
from webapp.models.lessons import Lesson
from webapp.models.linked_identities import LinkedIdentity
from webapp.models.mail import LetterChoice, Mail, StoppedAddress
from webapp.models.matching import Exclusion, Match, MatchInvitation, MatchRun, PutForward, Review
from webapp.models.messages import Message, MessageMark
from webapp.models.offers import Offer, Place
from webapp.models.passkeys import Passkey
from webapp.models.placements import Debrief, Placement
from webapp.models.profile_stamps import ProfileStamp
from webapp.models.questions import ApplicationAnswer, ConductDeclaration, Question, QuestionSet
from webapp.models.references import Reference, ReferenceAnswer, ReferenceLink
from webapp.models.reminders import Reminder, SavedFilter
from webapp.models.reports import Report, ReportExclusion, ReportWord
from webapp.models.roll_calls import RollCall, RollCallAnswer, RollCallLink, RollCallPerson
from webapp.models.safeguarding import EscalationStep, Safeguarding, SafeguardingLook
from webapp.models.scorecards import CompetencyList, Scorecard, ScorecardLine
from webapp.models.service_certificates import ServiceCertificate
from webapp.models.signed_in import SignedIn
from webapp.models.signings import Signature, Wording
from webapp.models.support import SupporterLink, SupportMessage, SupportPrompt
from webapp.models.teams import TeamRole
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
    "AccessReview",
    "Agreement",
    "Alumnus",
    "Application",
    "ApplicationAnswer",
    "Assignment",
    "AssignmentLanguage",
    "AssignmentSkill",
    "AssignmentVersion",
    "AuditEvent",
    "AuditHead",
    "AvailabilityWindow",
    "Bar",
    "BarAppeal",
    "BarLikeness",
    "BarMark",
    "Base",
    "Bond",
    "BondMember",
    "Certificate",
    "Clearance",
    "ClearanceDocument",
    "ClearanceRule",
    "CalendarFeed",
    "CheckIn",
    "CheckInAnswer",
    "ColumnMapping",
    "CommunityAsk",
    "ConditionAnswer",
    "CompetencyList",
    "ConductDeclaration",
    "Consent",
    "CountrySheet",
    "CountryNote",
    "CountryWish",
    "Debrief",
    "DocumentLook",
    "EarlierService",
    "EmergencyCard",
    "Exclusion",
    "FileLook",
    "FollowUp",
    "HintDraw",
    "EscalationStep",
    "Exclusion",
    "HelpCall",
    "HelpHand",
    "HelpWord",
    "HeldStay",
    "Host",
    "HostLink",
    "HostSuspension",
    "ImportFile",
    "Incident",
    "IncidentMeasure",
    "Invitation",
    "JointOffer",
    "KeptInput",
    "KeptRun",
    "LearningRun",
    "Lesson",
    "Licence",
    "LetterChoice",
    "StoppedAddress",
    "LinkedIdentity",
    "Mail",
    "Match",
    "MatchInvitation",
    "MatchRun",
    "MentorMessage",
    "Mentorship",
    "Message",
    "MessageMark",
    "MoneyLine",
    "Offer",
    "Partnership",
    "Passkey",
    "Place",
    "Placement",
    "PlacementDuty",
    "ProfileStamp",
    "PutForward",
    "Question",
    "QuestionSet",
    "Reference",
    "ReferenceAnswer",
    "ReferenceLink",
    "Reminder",
    "Review",
    "Role",
    "SavedFilter",
    "Report",
    "ReportExclusion",
    "ReportWord",
    "Review",
    "Role",
    "RollCall",
    "RollCallAnswer",
    "RollCallLink",
    "RollCallPerson",
    "Safeguarding",
    "SafeguardingLook",
    "ScoreModel",
    "Scorecard",
    "ScorecardLine",
    "ServiceCertificate",
    "SignInFailure",
    "SignedIn",
    "SupportMessage",
    "SupportPrompt",
    "SupporterLink",
    "Signature",
    "TeamRole",
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
