"""The type tokens that the rules speak of: ours, the Cloud Control provider's and the classic one's."""

from typing import Final

OURS: Final = "cognito-dr:index:"
APPLICATION: Final = "cognito-dr:index:Application"
APPLICATIONS: Final = "cognito-dr:index:Applications"
AUTH_DOMAIN: Final = "cognito-dr:index:AuthDomain"
FAILOVER_ALARMS: Final = "cognito-dr:index:FailoverAlarms"
FRONT_DOOR: Final = "cognito-dr:index:FrontDoor"
IDENTITY_PROVIDER: Final = "cognito-dr:index:IdentityProvider"
KEY_PAIR: Final = "cognito-dr:index:KeyPair"
PLATFORM: Final = "cognito-dr:index:IdentityPlatform"
POOL_COMPONENT: Final = "cognito-dr:index:UserPool"
PROBE: Final = "cognito-dr:index:Probe"
REPLICA_COMPONENT: Final = "cognito-dr:index:PoolReplica"
ROUTING_CONTROLS: Final = "cognito-dr:index:RoutingControls"
SERVING_CHECK: Final = "cognito-dr:index:ServingCheck"
TRIGGERS: Final = "cognito-dr:index:RegionalTriggers"

ATTACHMENT: Final = "aws-native:cognito:UserPoolRegionalConfigurationAttachment"
POOL: Final = "aws-native:cognito:UserPool"
CLASSIC_POOL: Final = "aws:cognito/userPool:UserPool"
REPLICA: Final = "aws-native:cognito:UserPoolReplica"

CLIENTS: Final = (
    "aws-native:cognito:UserPoolClient",
    "aws:cognito/userPoolClient:UserPoolClient",
    "aws:cognito/managedUserPoolClient:ManagedUserPoolClient",
)
DOMAINS: Final = ("aws-native:cognito:UserPoolDomain", "aws:cognito/userPoolDomain:UserPoolDomain")
IDENTITY_PROVIDERS: Final = (
    "aws-native:cognito:UserPoolIdentityProvider",
    "aws:cognito/identityProvider:IdentityProvider",
)
CERTIFICATES: Final = ("aws-native:certificatemanager:Certificate", "aws:acm/certificate:Certificate")
VALIDATION: Final = "aws:acm/certificateValidation:CertificateValidation"
FUNCTIONS: Final = ("aws:lambda/function:Function", "aws-native:lambda:Function")
ALIASES: Final = ("aws:lambda/alias:Alias", "aws-native:lambda:Alias")
# A key policy stands in `policy` in the classic provider and in `keyPolicy` in the other.
KEYS: Final = {
    "aws:kms/key:Key": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
    "aws-native:kms:Key": "keyPolicy",
    "aws-native:kms:ReplicaKey": "keyPolicy",
}
KEY_ALIASES: Final = ("aws:kms/alias:Alias", "aws-native:kms:Alias")
KEY_POLICY: Final = "aws:kms/keyPolicy:KeyPolicy"
GRANT: Final = "aws:kms/grant:Grant"

HEALTH_CHECKS: Final = ("aws:route53/healthCheck:HealthCheck", "aws-native:route53:HealthCheck")
RECORDS: Final = ("aws:route53/record:Record", "aws-native:route53:RecordSet")
ALARMS: Final = ("aws:cloudwatch/metricAlarm:MetricAlarm", "aws-native:cloudwatch:Alarm")
COMPOSITE_ALARMS: Final = ("aws:cloudwatch/compositeAlarm:CompositeAlarm", "aws-native:cloudwatch:CompositeAlarm")
CLUSTERS: Final = ("aws:route53recoverycontrol/cluster:Cluster", "aws-native:route53recoverycontrol:Cluster")
CONTROLS: Final = (
    "aws:route53recoverycontrol/routingControl:RoutingControl",
    "aws-native:route53recoverycontrol:RoutingControl",
)
SAFETY_RULES: Final = (
    "aws:route53recoverycontrol/safetyRule:SafetyRule",
    "aws-native:route53recoverycontrol:SafetyRule",
)
HTTP_APIS: Final = (
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/stage:Stage",
    "aws-native:apigatewayv2:Api",
    "aws-native:apigatewayv2:Stage",
)
API_DOMAINS: Final = ("aws:apigatewayv2/domainName:DomainName", "aws-native:apigatewayv2:DomainName")
REST_DOMAINS: Final = ("aws:apigateway/domainName:DomainName", "aws-native:apigateway:DomainName")
JWT_AUTHORIZERS: Final = ("aws:apigatewayv2/authorizer:Authorizer", "aws-native:apigatewayv2:Authorizer")
REST_AUTHORIZERS: Final = ("aws:apigateway/authorizer:Authorizer", "aws-native:apigateway:Authorizer")
# The actions of a load balancer's listener stand in `defaultActions`, those of its rules in `actions`.
LISTENERS: Final = {
    "aws:lb/listener:Listener": "defaultActions",
    "aws:lb/listenerRule:ListenerRule": "actions",
    "aws:alb/listener:Listener": "defaultActions",
    "aws:alb/listenerRule:ListenerRule": "actions",
    "aws-native:elasticloadbalancingv2:Listener": "defaultActions",
    "aws-native:elasticloadbalancingv2:ListenerRule": "actions",
}
