"""The sandbox's cloud: a pinned emulator with an overlay, one loopback port per Region.

The overlay adds what no emulator has: replicas of a user pool with their life cycle, the operations
that a secondary answers, replication with a lag, one issuer, triggers of the serving Region. What it
shows and what it does not is written in docs/sandbox.md.
"""
