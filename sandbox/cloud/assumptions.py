"""What AWS leaves open and the sandbox had to decide: every assumption by name, in one place.

docs/sandbox.md explains each; drill records print the values they rest on.
"""

from dataclasses import dataclass

from sandbox.cloud.errors import CloudError

PRIMARY = "us-east-1"
SECONDARY = "us-west-2"
REGIONS = (PRIMARY, SECONDARY)
ACCOUNT = "000000000000"


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Named assumptions with their values. Times are in seconds."""

    replication_lag: float = 1.0
    """A write in the primary is seen in the secondary this long after it. AWS publishes no figure
    ("near real-time"). Changes arrive in the order in which they were made."""

    replica_creation: float = 0.5
    """CREATING lasts this long. AWS gives no figure; CloudFormation waits up to 36 hours."""

    replica_deletion: float = 0.3
    """DELETING lasts this long. AWS gives no figure."""

    unused_account_validity_days: int = 7
    """DescribeUserPool returns AdminCreateUserConfig.UnusedAccountValidityDays with this value also when it
    was never set, beside PasswordPolicy.TemporaryPasswordValidityDays (pulumi-aws-native issue 1256)."""

    trigger_may_name_an_alias: bool = True
    """Cognito invokes the version behind an alias ARN in LambdaConfig and asks that alias's policy. AWS's
    Lambda pages show aliases as event targets; the Cognito guide does not mention them. When false, a
    LambdaConfig that names an alias or a version is refused."""

    refused_challenges: tuple[str, ...] = ("NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA")
    """Challenges whose answer a secondary refuses: two write to the directory, and AWS says that TOTP is not
    supported there. AWS does not tell the error; the sandbox answers OperationNotEnabledException."""

    reset_when_omitted: tuple[str, ...] = ("AutoVerifiedAttributes",)
    """UpdateUserPool sets these to their default when they are not sent; all other settings are kept.
    AWS documents a reset of everything; measured in 2026 was only this one."""

    arc_deployment: float = 0.3
    """A new ARC cluster is PENDING so long. AWS gives no figure; the provider waits up to 30 minutes."""

    recovery_control_may_be_inverted: bool = True
    """Route 53 accepts Inverted on a RECOVERY_CONTROL health check. AWS lists the settings that such a check
    has not, and Inverted is not among them; nor is there an example with it."""

    used_health_check_is_kept: bool = True
    """DeleteHealthCheck refuses a check that a record, a calculated check or a domain's routing uses, with
    HealthCheckInUse. AWS documents that it deletes a check that records use and that the result "can't be
    predicted": a deletion in that order is a mistake of ours and shows here."""

    routing_check_types: tuple[str, ...] = (
        "HTTP",
        "HTTPS",
        "HTTP_STR_MATCH",
        "HTTPS_STR_MATCH",
        "TCP",
        "CALCULATED",
        "CLOUDWATCH_METRIC",
        "RECOVERY_CONTROL",
    )
    """Types of health check that a custom domain's Routing takes. AWS says only that "you determine what
    triggers" the state; whether it takes a CALCULATED check is untried."""

    routed_replica_is_kept: bool = True
    """DeleteUserPoolReplica refuses while a domain's Routing names the replica's Region. AWS documents only
    that the routing cannot be made without the replica."""

    routing_is_kept_when_omitted: bool = True
    """UpdateUserPoolDomain without Routing keeps the domain's routing; an empty one removes it. When false,
    leaving it out removes it. AWS does not say."""

    accelerated_recovery_change: float = 0.3
    """ENABLING and DISABLING last so long. AWS says that enabling can take hours."""

    edge_switch_delay: float = 10.0
    """The edge in front of a custom domain follows its health check this long after the check changed, both
    ways. AWS publishes no figure. Route 53's seconds: the sandbox's speed factor compresses them."""

    code_redeemed_elsewhere: bool = True
    """An authorization code that one Region issued is redeemed by the other, as tokens are. AWS says nothing of flows
    that are under way during a switch. When false the other Region answers `invalid_grant` and the application has to
    start the flow again."""

    def __post_init__(self) -> None:
        times = ("replication_lag", "replica_creation", "replica_deletion", "arc_deployment", "edge_switch_delay")
        for name in (*times, "accelerated_recovery_change"):
            value = getattr(self, name)
            if not 0 <= value <= 3600:
                raise CloudError(f"{name} is {value}: must be between 0 and 3600 seconds")


CHANGEABLE = frozenset({"code_redeemed_elsewhere"})
"""Assumptions that may be changed while the cloud runs; the others are looked at once."""

DEFAULT = Assumptions()
