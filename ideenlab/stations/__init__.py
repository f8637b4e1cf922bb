"""The Bürgerlab on site: stations with a kiosk, cards and dots on paper, and the live wall."""
