"""What belongs to the city itself: its districts and its map."""
