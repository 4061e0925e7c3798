"""The real engine against the sandbox."""
