from wtforms import HiddenField

from ideenlab.core.forms import Form


class StepForm(Form):
    step = HiddenField()
