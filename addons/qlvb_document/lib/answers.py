"""What the client is told to do once an act is done.  Pure."""


def said_and_closed(message: str, following: dict | None = None) -> dict:
    """Return the action that closes a dialog and says in a word what was done.

    :param following: where to go then; by default back to what lies beneath

    >>> said_and_closed("Xong")["params"]["message"]
    'Xong'
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "success",
            "message": message,
            "next": following or {"type": "ir.actions.act_window_close"},
        },
    }
