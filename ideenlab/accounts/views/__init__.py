from ideenlab.accounts.views import profile, second_factor, sign_in, sign_up
from ideenlab.accounts.views.common import blueprint

__all__ = ["blueprint", "profile", "second_factor", "sign_in", "sign_up"]
