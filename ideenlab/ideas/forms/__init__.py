from ideenlab.ideas.forms.around import CoAuthorForm, ImagesForm, TagForm, TagsForm
from ideenlab.ideas.forms.calls import CallForm
from ideenlab.ideas.forms.ideas import (
    CommentForm,
    ConfirmIdeaForm,
    EditedCommentForm,
    EnteredIdeaForm,
    GuestIdeaForm,
    IdeaCodeForm,
    IdeaForm,
    OnlyButton,
    read_revision,
)

__all__ = [
    "CallForm", "CoAuthorForm", "CommentForm", "ConfirmIdeaForm", "EditedCommentForm", "EnteredIdeaForm",
    "GuestIdeaForm", "IdeaCodeForm", "IdeaForm", "ImagesForm", "OnlyButton", "TagForm", "TagsForm", "read_revision",
]  # fmt: skip
