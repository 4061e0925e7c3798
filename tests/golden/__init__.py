"""Deployed states of the real stack files' settings, for `pulumi policy analyze`: good ones to break by an edit."""
