"""Evidence: photos and papers as rows, from the phone's request to the lock."""
