"""Who may use a key, read from its policy by meaning. Pure: no engine, no AWS call."""

from .actions import ADMINISTER, DESCRIBE, GRANT, words
from .conditions import Condition
from .judge import Problem, judge, too_open
from .scope import SERVICES, Scope, is_role
from .statements import Statement, statements

__all__ = [
    "ADMINISTER",
    "DESCRIBE",
    "GRANT",
    "SERVICES",
    "Condition",
    "Problem",
    "Scope",
    "Statement",
    "is_role",
    "judge",
    "statements",
    "too_open",
    "words",
]
