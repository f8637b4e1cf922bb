from ideenlab.notifications.actions.digests import send_digests
from ideenlab.notifications.actions.following import follow, unfollow
from ideenlab.notifications.actions.paces import set_paces, unsubscribe
from ideenlab.notifications.actions.reading import read_all_notices, read_notice
from ideenlab.notifications.actions.telling import forget_notices, rename_in_notices, tell, tell_followers, tell_many

__all__ = [
    "follow", "forget_notices", "read_all_notices", "read_notice", "rename_in_notices",
    "send_digests", "set_paces", "tell", "tell_followers", "tell_many", "unfollow", "unsubscribe",
]  # fmt: skip
