"""What teams hand in: drafts, files, versions with receipts."""
