"""What people fill in about measures."""
