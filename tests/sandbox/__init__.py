"""The embedded AWS: cloud and provider plugins."""
