"""Start the policy pack: the constructor serves the engine and never returns."""

from pack.adapter import policies
from pack.servicer import install
from pulumi_policy import EnforcementLevel, PolicyPack

install(policies())
PolicyPack(name="cognito-dr", enforcement_level=EnforcementLevel.MANDATORY, policies=policies())
