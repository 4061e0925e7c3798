"""Who may use a key, read from its policy by meaning. Pure: no engine, no AWS call."""

from .judge import Problem, judge
from .scope import Scope

__all__ = ["Problem", "Scope", "judge"]
