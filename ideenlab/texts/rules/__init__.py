from ideenlab.texts.rules.mails import example_of, glued, mail_rooms, must_hold
from ideenlab.texts.rules.pages import ADDED, PAGES, in_use, page_title, page_titles, placeholder_names
from ideenlab.texts.rules.people import may_change_mails, may_change_pages
from ideenlab.texts.rules.shown import page_html, shown_page, with_values

__all__ = [
    "ADDED", "PAGES", "example_of", "glued", "in_use", "mail_rooms", "may_change_mails",
    "may_change_pages", "must_hold", "page_html", "page_title", "page_titles", "placeholder_names", "shown_page",
    "with_values",
]  # fmt: skip
