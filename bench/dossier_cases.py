"""What people wait for with dossiers: the calls of the board, lists and the form."""

from .cases import COUNT_LIMIT, PAGE, Case, specification
from .vocabulary import FREQUENT_WORDS, RARE_WORDS

COLUMN = 40
FRESH = ["|", ("date_closed", "=", False), ("date_closed", ">=", "today -30d")]
OPEN = [("state", "!=", "closed")]


def reading(env):
    """Return the cases that read, in the order in which they are shown."""
    cards = specification(env, "qlvb.dossier", "kanban")
    rows = specification(env, "qlvb.dossier", "list")

    def board(name, domain, groupby="state"):
        return Case(
            name,
            "qlvb.dossier",
            "web_read_group",
            [domain, [groupby], []],
            {
                "auto_unfold": True,
                "unfold_read_specification": cards,
                "unfold_read_default_limit": COLUMN,
                "order": "board_rank ASC, id ASC",
            },
            {"read_group_expand": True, "bin_size": True},
        )

    def page(name, domain, **options):
        return Case(
            name,
            "qlvb.dossier",
            "web_search_read",
            [domain],
            {"specification": rows, "limit": PAGE, "count_limit": COUNT_LIMIT}
            | options,
            {"bin_size": True},
        )

    return [
        board("board", FRESH),
        board("board: of all ever", []),
        board("board: late", [*OPEN, ("is_late", "=", True)]),
        board("board: stuck", [*OPEN, ("is_stuck", "=", True)]),
        board("board by lead unit", OPEN, "lead_unit_id"),
        board("board by person", OPEN, "responsible_id"),
        board("board by week of deadline", OPEN, "deadline:week"),
        page("list: 80 newest and count", []),
        page("list: closed", [("state", "=", "closed")]),
        page("filter: stuck", [("is_stuck", "=", True)]),
        page("filter: waiting for me", [("waits_for_me", "=", True)]),
        page("search: rare", [("search_text", "ilike", RARE_WORDS)]),
        page("search: frequent", [("search_text", "ilike", FREQUENT_WORDS)]),
        Case(
            "pivot: unit by state",
            "qlvb.dossier",
            "formatted_read_grouping_sets",
            [OPEN, [[], ["lead_unit_id"], ["state"], ["lead_unit_id", "state"]]],
            {"aggregates": ["__count"]},
        ),
    ]


def opening(env, dossier_id):
    """Return the case of opening a dossier's form."""
    return Case(
        "open a form",
        "qlvb.dossier",
        "web_read",
        [[dossier_id]],
        {"specification": specification(env, "qlvb.dossier", "form")},
        {"bin_size": True},
    )
