"""Broken variants of good stacks, derived from what each rule forbids; nothing here knows the rules' code."""
