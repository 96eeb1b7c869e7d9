"""Learning from coordinators' decisions: score models, how they are learned, and what a score has meant so far."""

from matching.learning.blend import country_share, with_country
from matching.learning.brought import Lists, WholeList
from matching.learning.calibration import Calibration, Share
from matching.learning.decisions import DECISION_COLUMNS, DecisionError, Decisions
from matching.learning.learn import LEAST_COMPARABLE, LINEAR_FROM, MARGIN, TREES_FROM, Proposal, compare, learn
from matching.learning.learn import REASONS as PROPOSAL_REASONS
from matching.learning.models import DEFAULT_MODEL, LinearModel, ScoreModel, TreesModel, from_json

__all__ = [
    "DECISION_COLUMNS",
    "DEFAULT_MODEL",
    "LEAST_COMPARABLE",
    "LINEAR_FROM",
    "MARGIN",
    "PROPOSAL_REASONS",
    "TREES_FROM",
    "Calibration",
    "DecisionError",
    "Decisions",
    "LinearModel",
    "Lists",
    "Proposal",
    "ScoreModel",
    "Share",
    "TreesModel",
    "WholeList",
    "compare",
    "country_share",
    "from_json",
    "learn",
    "with_country",
]
