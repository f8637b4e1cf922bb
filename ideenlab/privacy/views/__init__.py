from ideenlab.privacy.views import consents as consents
from ideenlab.privacy.views import leaving as leaving
from ideenlab.privacy.views import my_data as my_data
from ideenlab.privacy.views import objecting as objecting
from ideenlab.privacy.views.door import blueprint

__all__ = ["blueprint"]
