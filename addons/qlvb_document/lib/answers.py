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


def said_and_away(message: str, action: str) -> dict:
    """Return the action that says what was done and leads to a list.

    :param action: the external id of the list, where the page beneath is no more

    >>> said_and_away("Xong", "qlvb_document.some_list")["params"]["list"]
    'qlvb_document.some_list'
    """
    return {
        "type": "ir.actions.client",
        "tag": "qlvb_done_and_away",
        "params": {"message": message, "list": action},
    }
