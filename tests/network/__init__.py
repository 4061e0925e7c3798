"""Tests of the world around the emulated cloud."""
