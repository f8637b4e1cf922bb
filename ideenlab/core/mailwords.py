"""What a mail of ours says, taken apart: the names that a city may write in braces, and our own text with these names.

Nothing that a city writes is ever run: its text is filled in by name. Only our own templates are taken apart.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, cast

from flask import current_app
from jinja2 import Environment, Template, meta, nodes
from jinja2.visitor import NodeTransformer

from ideenlab.core.i18n import gettext, ngettext, speaking

SPEAKING = ("_", "gettext", "ngettext")
ALWAYS = {"stadt": "city.city_name", "adresse": "city.base_url"}


def mail_names() -> tuple[str, ...]:
    """All mails that can be worded anew, such as `accounts/confirm`."""
    return _mail_names(current_app.jinja_env)


@lru_cache(maxsize=2)
def _mail_names(env: Environment) -> tuple[str, ...]:
    known = env.list_templates(filter_func=lambda name: re.fullmatch(r"mail/\w+/[^_/][^/]*\.txt", name) is not None)
    return tuple(sorted(name[5:-4] for name in known if _is_plain(_tree(name[5:-4]))))


def _is_plain(tree: nodes.Template) -> bool:
    """Says the same to everybody. What lists things, or says this or that, nobody but a template can say."""
    lists = next(tree.find_all((nodes.For, nodes.Assign, nodes.CondExpr)), None)
    return lists is None and not any(each.elif_ or each.else_ for each in tree.find_all(nodes.If))


@lru_cache(maxsize=256)
def words_of(mail: str) -> dict[str, Template]:
    """For each name in braces the piece of our template that says its value."""
    found = {name: _piece(mail, current_app.jinja_env.parse(f"{{{{ {text} }}}}").body[0].nodes[0])  # type: ignore[attr-defined]
             for name, text in {"name": "(name or person.pseudonym)|without_links", **ALWAYS}.items()}  # fmt: skip
    for name, node in _named(_tree(mail)).items():
        found.setdefault(name, _piece(mail, node))
    return found


def values_of(mail: str, around: Mapping[str, object]) -> dict[str, str]:
    """What the names stand for in a letter with these values. What does not occur in this one is empty."""
    return {name: _said(piece, around) for name, piece in words_of(mail).items()}


@lru_cache(maxsize=1024)
def draft_of(mail: str, language: str) -> str:
    """Our own text in a language, with the names in braces instead of what they stand for."""
    tree = _tree(mail)
    names = _named(tree)
    drafted = cast(nodes.Template, _InBraces(names).visit(tree))
    city = {"city_name": "{stadt}", "base_url": "{adresse}"}
    template = _compiled(mail, drafted)
    undeclared = meta.find_undeclared_variables(_tree(mail)) | {"request"}
    known = {name: _Anything() for name in undeclared}
    numbers = {f"number_{name}": _Anything.called(f"{{{name}}}") for name in names}
    with speaking(language):
        text = template.render(
            {**known, **numbers, "name": "{name}", "person": None, "city": city, "_": gettext, "ngettext": ngettext,
             "public_url": lambda *_parts, **_more: "{link}"}
        )  # fmt: skip
    subject, _line, rest = text.strip().partition("\n")
    return f"{subject.strip()}\n\n{rest.strip()}\n"


def _tree(mail: str) -> nodes.Template:
    env = current_app.jinja_env
    assert env.loader is not None
    source = env.loader.get_source(env, f"mail/{mail}.txt")[0]
    return env.parse(source, f"mail/{mail}.txt")


def _named(tree: nodes.Template) -> dict[str, nodes.Expr]:
    """The pieces by name. The name of who reads it is `name`; a second thing of a name gets a number."""
    env = current_app.jinja_env
    free = meta.find_undeclared_variables(tree) | set(env.globals)
    found: dict[str, nodes.Expr] = {"name": _reader()}
    for name, node in _pieces(tree):
        if not {each.name for each in node.find_all(nodes.Name)} <= free and not _is_free_name(node, free):
            continue
        if any(node == known for known in found.values()):
            continue
        number = 1
        key = name
        while key in found or key in ALWAYS:
            number += 1
            key = f"{name}{number}"
        found[key] = node
    return found


def _is_free_name(node: nodes.Expr, free: set[str]) -> bool:
    return isinstance(node, nodes.Name) and node.name in free


def _reader() -> nodes.Expr:
    return nodes.Getattr(nodes.Name("person", "load"), "pseudonym", "load")


def _pieces(tree: nodes.Template) -> Iterator[tuple[str, nodes.Expr]]:
    """Everything that is said without being a sentence of ours, in the order of the text."""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData | nodes.Const):
                continue
            if _is_sentence(node):
                yield from _values_in(cast(nodes.Call, node))
            elif not _holds_sentence(node) and not _is_about_city(node):
                yield _name_of(node), node


def _values_in(sentence: nodes.Call) -> Iterator[tuple[str, nodes.Expr]]:
    if isinstance(sentence.node, nodes.Name) and sentence.node.name == "ngettext":
        yield "num", sentence.args[2]
    for pair in sentence.kwargs:
        if not isinstance(pair.value, nodes.Const) and not _is_about_city(pair.value):
            yield pair.key, pair.value


def _is_sentence(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SPEAKING


def _holds_sentence(node: nodes.Node) -> bool:
    return any(_is_sentence(call) for call in node.find_all(nodes.Call))


def _is_about_city(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "city"


def _name_of(node: nodes.Node) -> str:
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    if isinstance(node, nodes.Call):
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        return "link" if called == "public_url" or called.endswith("_link") else "text"
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.name if isinstance(node, nodes.Name) else "text"


class _InBraces(NodeTransformer):
    """Puts the name of each piece in the place of the piece."""

    def __init__(self, names: dict[str, nodes.Expr]) -> None:
        self.names = names

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if isinstance(node, nodes.Output):
            node.nodes = [self._said(each) for each in node.nodes]
            return node
        return super().generic_visit(node, *args, **kwargs)

    def _said(self, node: nodes.Expr) -> nodes.Expr:
        if not _is_sentence(node):
            return self._braced(node)
        sentence = cast(nodes.Call, node)
        if isinstance(sentence.node, nodes.Name) and sentence.node.name == "ngettext":
            name = self._name(sentence.args[2])
            if name:
                sentence.args[2] = nodes.Name(f"number_{name}", "load", lineno=1)
        for pair in sentence.kwargs:
            pair.value = self._braced(pair.value)
        return sentence

    def _braced(self, node: nodes.Expr) -> nodes.Expr:
        name = self._name(node)
        return nodes.Const(f"{{{name}}}", lineno=1) if name else node

    def _name(self, node: nodes.Expr) -> str:
        return next((name for name, piece in self.names.items() if piece == node), "")


class _Anything(int):
    """Stands for whatever a template asks about: true, with every attribute, a row of nothing."""

    text = "…"

    @classmethod
    def called(cls, text: str) -> "_Anything":
        made = cls(3)
        made.text = text
        return made

    def __new__(cls, *_args: object) -> "_Anything":
        return super().__new__(cls, 3)

    def __getattr__(self, _name: str) -> "_Anything":
        return _Anything()

    def __call__(self, *_args: object, **_more: object) -> "_Anything":
        return _Anything()

    def __getitem__(self, _key: object) -> "_Anything":
        return _Anything()

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __str__(self) -> str:
        return self.text


def _piece(mail: str, node: nodes.Expr) -> Template:
    return _compiled(mail, nodes.Template([nodes.Output([node], lineno=1)], lineno=1))


def _compiled(mail: str, tree: nodes.Template) -> Template:
    env = current_app.jinja_env
    tree.set_environment(env)
    code = env.compile(tree, f"mail/{mail}.txt")
    return env.template_class.from_code(env, code, env.make_globals(None), None)


def _said(piece: Template, around: Mapping[str, object]) -> str:
    """A piece that this letter does not have, such as a reason that nobody gave, says nothing."""
    try:
        return piece.render(around).strip()
    except Exception:
        return ""
