"""What is stored about people, for what and for how long."""
