"""Start the policy pack: the constructor serves the engine and never returns."""

from pack.adapter import policies, remember_stack
from pulumi_policy import EnforcementLevel, PolicyPack

remember_stack()
PolicyPack(name="cognito-dr", enforcement_level=EnforcementLevel.MANDATORY, policies=policies())
