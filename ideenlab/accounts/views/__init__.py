from ideenlab.accounts.views import guests, profile, second_factor, sign_in, sign_up
from ideenlab.accounts.views.common import blueprint

__all__ = ["blueprint", "guests", "profile", "second_factor", "sign_in", "sign_up"]
