"""Resource types of the classic provider, a file for each AWS service."""

from sandbox.providers.classic import (
    api_domains,
    api_gateway,
    certificates,
    dynamodb,
    dynamodb_items,
    functions,
    health_checks,
    iam,
    kms,
    logs,
    releases,
    route53,
    route53_records,
    schedules,
    secrets,
)
from sandbox.providers.kind import Kind

KINDS: dict[str, type[Kind]] = {
    kind.token: kind
    for kind in (
        kms.Key,
        kms.ReplicaKey,
        kms.Alias,
        iam.Role,
        iam.RolePolicy,
        logs.LogGroup,
        functions.Function,
        releases.Alias,
        releases.Permission,
        releases.Invocation,
        certificates.Certificate,
        certificates.CertificateValidation,
        route53.Zone,
        route53_records.Record,
        health_checks.HealthCheck,
        api_gateway.Api,
        api_gateway.Integration,
        api_gateway.Route,
        api_gateway.Authorizer,
        api_gateway.Stage,
        api_domains.DomainName,
        api_domains.ApiMapping,
        dynamodb.Table,
        dynamodb_items.TableItem,
        secrets.Secret,
        secrets.SecretVersion,
        schedules.Schedule,
    )
}
"""Every classic type that the sandbox knows, by token."""
