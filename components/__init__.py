"""The stack's resources as components, one concern a file."""
