"""RESOURCES resources in tens: an application with three clients, a name with two checked records, an alarm, a key."""

import os

import pulumi
import pulumi_aws as aws
import pulumi_aws_native as aws_native

GROUP = 10
POOL = "us-east-1_AbCdEf123"

east = aws.Provider("aws-us-east-1", region="us-east-1")
native = aws_native.Provider("aws-native-us-east-1", region="us-east-1")


def group(number: int) -> None:
    """Ten resources that the rules judge or look through."""
    uris = [f"https://a{number}.example.com/callback"]
    application = pulumi.ComponentResource("cognito-dr:index:Application", f"application-{number}")
    for client in ("web", "native", "admin"):
        aws_native.cognito.UserPoolClient(
            f"{number}-{client}",
            user_pool_id=POOL,
            callback_urls=uris,
            logout_urls=[],
            allowed_o_auth_flows=["code"],
            write_attributes=["email"],
            opts=pulumi.ResourceOptions(parent=application, provider=native),
        )
    application.register_outputs({"application": f"a{number}", "callbackUrls": uris, "logoutUrls": []})
    own = pulumi.ResourceOptions(provider=east)
    for weight, region in ((100, "us-east-1"), (0, "us-west-2")):
        check = aws.route53.HealthCheck(
            f"check-{number}-{region}",
            type="HTTPS",
            fqdn=f"a{number}.{region}.example.com",
            port=443,
            request_interval=10,
            failure_threshold=3,
            opts=own,
        )
        aws.route53.Record(
            f"record-{number}-{region}",
            zone_id="Z1",
            name=f"a{number}.example.com",
            type="CNAME",
            ttl=60,
            records=[f"a{number}.{region}.example.com"],
            set_identifier=region,
            weighted_routing_policies=[{"weight": weight}],
            health_check_id=check.id,
            opts=own,
        )
    aws.cloudwatch.MetricAlarm(
        f"alarm-{number}",
        name=f"alarm-{number}",
        comparison_operator="LessThanThreshold",
        evaluation_periods=1,
        metric_name="HealthCheckStatus",
        namespace="AWS/Route53",
        period=60,
        statistic="Minimum",
        threshold=1,
        dimensions={"HealthCheckId": f"id-{number}"},
        opts=own,
    )
    aws.kms.Key(f"key-{number}", description="not the pool's", opts=own)


for index in range(int(os.environ["RESOURCES"]) // GROUP):
    group(index)
