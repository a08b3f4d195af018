"""What people wait for: the calls that screens make, with the screens' own fields."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from .vocabulary import FREQUENT_WORDS, RARE_WORDS

PAGE = 80
COLUMN = 40
#: How far the web client lets its counter run.
COUNT_LIMIT = 10_001


@dataclass
class Case:
    """One call that a screen makes to read.

    :param name: what people do
    :param model: on which model
    :param method: which method
    :param arguments: its positional and ``options`` its named arguments
    :param context: what the screen adds to the person's context
    :param personal: what is asked for depends on who asks, not on sight alone
    """

    name: str
    model: str
    method: str
    arguments: list
    options: dict = field(default_factory=dict)
    context: dict = field(default_factory=dict)
    personal: bool = False


def specification(env, model, kind, view=None):
    """Return which fields a view of the model reads, as the web client asks for them.

    :param kind: ``list``, ``kanban`` or ``form``
    :param view: external id of the view, where it is not the first
    """
    view_id = env.ref(view).id if view else False
    arch = ElementTree.fromstring(env[model].get_view(view_id, kind)["arch"])
    return _fields_of(env[model], arch)


def _fields_of(model, arch):
    wanted = {}
    for node in _own_fields(arch):
        known = model._fields.get(node.get("name"))
        if known is None:
            continue
        wanted[known.name] = _how(model, known, node)
    return wanted


def _how(model, known, node):
    if known.type == "many2one":
        return {"fields": {"display_name": {}}}
    if known.type not in ("one2many", "many2many"):
        return {}
    below = next((child for child in node if child.tag in ("list", "kanban")), None)
    related = model.env[known.comodel_name]
    if below is None:
        return {"fields": {"display_name": {}}}
    return {"fields": _fields_of(related, below), "limit": 40}


def _own_fields(node):
    """Yield the field nodes of a view but not those of views embedded in it."""
    for child in node:
        if child.tag == "field":
            yield child
        else:
            yield from _own_fields(child)


def reading(env, symbol):
    """Return the cases that read, in the order in which they are shown.

    :param env: any environment of the database
    :param symbol: a symbol as people type it, that some papers bear
    """
    documents = specification(env, "qlvb.document", "list")
    cards = specification(env, "qlvb.document", "kanban")
    work = specification(env, "qlvb.assignment", "list")

    def page(name, domain, **options):
        options = {"count_limit": COUNT_LIMIT} | options
        return Case(
            name,
            "qlvb.document",
            "web_search_read",
            [domain],
            {"specification": documents, "limit": PAGE, "offset": 0} | options,
            {"bin_size": True},
        )

    def found(name, words):
        return page(name, [("search_text", "ilike", words)])

    return [
        page("list: 80 newest and count", []),
        page("list: 80 newest", [], count_limit=PAGE),
        found("rare search", RARE_WORDS),
        found("frequent search", FREQUENT_WORDS),
        found("symbol search", symbol),
        page("late", [("is_late", "=", True)]),
        Case(
            "inbox: my work",
            "qlvb.assignment",
            "web_search_read",
            [[("is_mine", "=", True)]],
            {"specification": work, "limit": PAGE, "count_limit": COUNT_LIMIT},
            {"bin_size": True},
            personal=True,
        ),
        Case(
            "Kanban by state",
            "qlvb.document",
            "web_read_group",
            [[], ["state"], []],
            {
                "auto_unfold": True,
                "unfold_read_specification": cards,
                "unfold_read_default_limit": COLUMN,
            },
            {"read_group_expand": True},
        ),
    ]


def opening(env, paper_id):
    """Return the case of opening a paper's form."""
    return Case(
        "open a form",
        "qlvb.document",
        "web_read",
        [[paper_id]],
        {"specification": specification(env, "qlvb.document", "form")},
        {"bin_size": True},
    )
