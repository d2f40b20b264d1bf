"""Cases on the wire: what is common to every closed loop."""
