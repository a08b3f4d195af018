"""What of this addon acts past the caller's rights, each with the reason.

Read by the inventory of ``qlvb_document``, which runs over all that is installed.
"""

SUDO = {
    ("qlvb.archive.transfer", "action_hand_over"): "past the gate",
    ("qlvb.archive.transfer.line", "create"): "past the gate; names what is wrong",
    ("qlvb.archive.transfer.line", "write"): "past the gate; names what is wrong",
    ("qlvb.assignment", "action_decide_support"): "past the gate",
    ("qlvb.assignment", "action_send_back"): "how the dossier stands; the gate follows",
    ("qlvb.dossier", "action_close"): "past the gate",
    ("qlvb.dossier", "action_attach"): "past the gate",
    ("qlvb.dossier", "action_detach"): "past the gate",
    ("qlvb.dossier", "action_keep_longer"): "past the gate",
    ("qlvb.dossier", "message_subscribe"): "past the check of sight",
    ("qlvb.dossier", "write"): "past the check of who may change it",
    ("qlvb.dossier", "unlink"): "takes along the entry that the dossier made itself",
    (
        "qlvb.dossier.entry",
        "create",
    ): "asks how the list stands; the gate follows",
    ("qlvb.dossier.list", "action_approve"): "past the gate",
    ("qlvb.dossier.task", "create"): "past the gate",
}

FIELDS = {
    ("qlvb.dossier", "audience"): "nobody reads it",
    ("qlvb.dossier", "activity_type_id"): "of the reader's own activities",
    ("qlvb.dossier", "activity_type_icon"): "of the reader's own activities",
    ("qlvb.dossier", "activity_summary"): "of the reader's own activities",
    ("qlvb.dossier", "support_count"): "all orders of a dossier are in its sight",
    ("qlvb.dossier", "support_done_count"): "all orders of a dossier are in its sight",
}

BYPASSES = {
    ("qlvb.dossier", "activity_ids"): "in sight as far as the dossier",
    ("qlvb.dossier", "message_ids"): "in sight as far as the dossier",
}

REFERENCES = {}
