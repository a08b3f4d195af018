"""What of this addon is unprotected on purpose; see ``TestInventory``."""

SUDO = {
    ("qlvb.archive.transfer", "action_hand_over"): "past the gate",
    ("qlvb.archive.transfer.line", "create"): "names what keeps a dossier from it",
    ("qlvb.archive.transfer.line", "write"): "names what keeps a dossier from it",
    ("qlvb.dossier", "action_keep_longer"): "past the gate",
    ("qlvb.dossier", "write"): "compares what the caller asks for with what is there",
    ("qlvb.dossier", "unlink"): "past its own check; takes its addition along",
    ("qlvb.dossier.entry", "create"): "whether the list is approved; the gate follows",
    ("qlvb.dossier.list", "action_approve"): "past the gate",
    ("qlvb.assignment", "action_decide_support"): "past the gate",
    (
        "qlvb.dossier",
        "action_attach",
    ): "past the gate; each document is looked up as the caller",
    ("qlvb.dossier", "action_detach"): "past the gate",
    ("qlvb.dossier", "message_subscribe"): "past the check of sight",
    ("qlvb.dossier.task", "create"): "past its own check of who plans",
}

FIELDS = {
    ("qlvb.dossier", "audience"): "nobody reads it",
    ("qlvb.dossier", "activity_type_id"): "of the reader's own activities",
    ("qlvb.dossier", "activity_type_icon"): "of the reader's own activities",
    ("qlvb.dossier", "activity_summary"): "of the reader's own activities",
    ("qlvb.dossier", "support_count"): "who supports is told to all who see it",
    ("qlvb.dossier", "support_done_count"): "who supports is told to all who see it",
}

BYPASSES = {
    ("qlvb.dossier", "activity_ids"): "in sight as far as the dossier",
    ("qlvb.dossier", "message_ids"): "in sight as far as the dossier",
}
