"""What runs the house: backup, restore, moving to another database, and what is missing before going live."""
