"""A health check as tests of several files make it."""

from tests.sandbox.plugin import Plugin

CHECK = {"type": "HTTPS_STR_MATCH", "fqdn": "verdict.example", "resourcePath": "/p", "searchString": "PRIMARY_DOWN"}


def checks() -> Plugin:
    """The plugin, in a Region that is not the service's home."""
    return Plugin("aws", "aws:route53/healthCheck:HealthCheck", region="us-west-2")
