"""The sandbox: an embedded AWS that the real engine deploys this program to."""
