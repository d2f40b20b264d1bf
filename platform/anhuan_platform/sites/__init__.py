"""Sites: areas and machines, the places where things happen."""
