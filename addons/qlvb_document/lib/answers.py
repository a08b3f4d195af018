"""What the client is told to do once an act is done.  Pure."""


def said_and_closed(message: str) -> dict:
    """Return the action that closes a dialog and says in a word what was done.

    >>> said_and_closed("Xong")["params"]["message"]
    'Xong'
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "success",
            "message": message,
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
