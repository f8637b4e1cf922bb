from ideenlab.jury.forms.assignment import AcceptForm, AssignmentForm
from ideenlab.jury.forms.ballots import NO_ANSWER, SAVE_ID, BallotForm, as_value, ballot_form
from ideenlab.jury.forms.calibration import ExampleForm, PracticeForm, practice_form
from ideenlab.jury.forms.common import ConfirmForm, Revision
from ideenlab.jury.forms.conflicts import ConflictForm, DecisionForm, PairForm
from ideenlab.jury.forms.panel import InvitationForm, JurorForm
from ideenlab.jury.forms.profiles import InformedForm, ProfileForm
from ideenlab.jury.forms.results import RevealForm, WithdrawalForm
from ideenlab.jury.forms.rounds import FinalForm, RoundForm
from ideenlab.jury.forms.rules import (
    CriterionForm,
    PrizeForm,
    RulesForm,
    TakeOverForm,
    VersionForm,
    criterion_form,
    prize_form,
)
from ideenlab.jury.forms.sheets import BallotSheet

__all__ = [
    "NO_ANSWER",
    "SAVE_ID",
    "AcceptForm",
    "AssignmentForm",
    "BallotForm",
    "BallotSheet",
    "ConfirmForm",
    "ConflictForm",
    "CriterionForm",
    "DecisionForm",
    "ExampleForm",
    "FinalForm",
    "InformedForm",
    "InvitationForm",
    "JurorForm",
    "PairForm",
    "PracticeForm",
    "PrizeForm",
    "ProfileForm",
    "RevealForm",
    "Revision",
    "RoundForm",
    "RulesForm",
    "TakeOverForm",
    "VersionForm",
    "WithdrawalForm",
    "as_value",
    "ballot_form",
    "criterion_form",
    "practice_form",
    "prize_form",
]
