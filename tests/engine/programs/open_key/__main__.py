"""A KeyPair whose key policy is AWS's default: whoever can edit IAM can use the key."""

import json

import pulumi
import pulumi_aws as aws

pair = pulumi.ComponentResource("cognito-dr:index:KeyPair", "key")
root = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"}
key = aws.kms.Key(
    "open-key",
    region="us-east-1",
    multi_region=True,
    description="open-key",
    policy=json.dumps({"Version": "2012-10-17", "Statement": [root]}),
    opts=pulumi.ResourceOptions(parent=pair),
)
pulumi.export("key", key.key_id)
