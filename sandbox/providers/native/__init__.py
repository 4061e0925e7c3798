"""Resource types of the Cloud Control provider: CloudFormation models over boto3."""
