"""Checks and commands for a deployed stack; they read its manifest, never the program."""
