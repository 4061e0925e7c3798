"""Provider plugins for the real engine: `aws` and `aws-native` over boto3 and the embedded AWS."""
