"""The proof of the failover logic: exhaustively, by simulation and by a state machine."""
