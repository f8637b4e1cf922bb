from ideenlab.stations.actions.cards import check_card, drop_card, enter_card
from ideenlab.stations.actions.dots import check_dots, count_dots
from ideenlab.stations.actions.kiosk import clean_up_kiosks, give_idea_at, open_kiosk
from ideenlab.stations.actions.stations import (
    add_helper,
    close_station,
    make_station,
    new_pin,
    remove_helper,
    renew_link,
    renew_pin,
)
from ideenlab.stations.actions.wall import blank_wall, put_on_wall, show_wall, take_off_wall

__all__ = [
    "add_helper", "blank_wall", "check_card", "check_dots", "clean_up_kiosks", "close_station", "count_dots",
    "drop_card", "enter_card", "give_idea_at", "make_station", "new_pin", "open_kiosk", "put_on_wall",
    "remove_helper", "renew_link", "renew_pin", "show_wall", "take_off_wall",
]  # fmt: skip
