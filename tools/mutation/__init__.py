"""A mutation tester for the policy pack: what of it could be wrong without a test noticing.

Every mutant of a module is compiled into it beside the original, switched by a number; so tests are collected once and
each mutant costs a fork and the tests that reach it. Run it by `make mutation`.
"""
