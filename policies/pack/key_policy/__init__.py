"""Who may use a key, read from its policy by meaning. Pure: no engine, no AWS call."""

from .judge import Problem, judge
from .scope import SERVICES, Scope
from .statements import Statement, statements

__all__ = ["SERVICES", "Problem", "Scope", "Statement", "judge", "statements"]
