"""ARC routing controls: a state machine in plain Python (state.py) and the services that put it on the wire."""
