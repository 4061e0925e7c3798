"""A user pool domain whose certificate lies in us-west-2."""

import pulumi
import pulumi_aws as aws
import pulumi_aws_native as aws_native

west = aws.Provider("aws-us-west-2", region="us-west-2")
east = aws_native.Provider("aws-native-us-east-1", region="us-east-1")

certificate = aws.acm.Certificate(
    "auth-certificate",
    domain_name="auth.example.com",
    validation_method="DNS",
    opts=pulumi.ResourceOptions(provider=west),
)
aws_native.cognito.UserPoolDomain(
    "auth-domain",
    domain="auth.example.com",
    user_pool_id="us-east-1_AbCdEf123",
    managed_login_version=2,
    custom_domain_config={"certificate_arn": certificate.arn},
    opts=pulumi.ResourceOptions(provider=east),
)
