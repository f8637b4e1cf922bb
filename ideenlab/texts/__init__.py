"""Texts: the words of the city itself – its pages and what stands in its mails."""
