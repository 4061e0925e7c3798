"""The world around the emulated cloud: names, health checkers, TLS edge, proxies, faults, metrics.

`checks`, `answers` and `alarms` are pure: no clock, no socket, no emulator; simulations may use them alone.
"""
