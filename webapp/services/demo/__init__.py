"""The demonstration: invented VIOs, hosts, people and a history of decisions, from data/sample."""

from webapp.services.demo.history import SEED, learn
from webapp.services.demo.history import write as write_history
from webapp.services.demo.load import DEMO_PASSWORD, demo_accounts, has_invented_accounts, is_loaded, load

__all__ = [
    "DEMO_PASSWORD",
    "SEED",
    "demo_accounts",
    "has_invented_accounts",
    "is_loaded",
    "learn",
    "load",
    "write_history",
]
