"""Resource types of the classic provider, a file for each AWS service."""
