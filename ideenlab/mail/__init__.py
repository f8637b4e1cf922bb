"""The outbox: mails wait here in the same transaction and leave afterwards."""
