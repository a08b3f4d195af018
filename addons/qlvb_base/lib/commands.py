"""What callers hand in for fields that hold many records."""

_ID_LIMIT = 2**31


def ids_in_commands(value):
    """Return the ids of stored records that x2many commands of a caller name.

    :param value: commands, or a plain list of ids, as they came in
    """
    if not isinstance(value, list | tuple):
        return set()
    found = []
    for command in value:
        if isinstance(command, list | tuple) and command:
            numbers = command[2] if command[0] == 6 else command[1:2]
            found += numbers if isinstance(numbers, list | tuple) else ()
        else:
            found.append(command)
    return {
        number for number in found if type(number) is int and 0 < number < _ID_LIMIT
    }


def commands_have_form(value):
    """Tell whether a value is a list of ids or of well-formed x2many commands."""
    return isinstance(value, list | tuple) and all(map(_has_form, value))


def _has_form(command):
    if isinstance(command, int):
        return True
    if not isinstance(command, list | tuple) or not command:
        return False
    code, rest = command[0], command[1:]
    if code == 6:
        return len(rest) == 2 and _are_ids(rest[1])
    if code in (0, 1):
        return len(rest) == 2 and isinstance(rest[1], dict)
    if code in (2, 3, 4):
        return len(rest) >= 1 and _are_ids(rest[:1])
    return code == 5


def _are_ids(values):
    return isinstance(values, list | tuple) and all(
        isinstance(value, int) for value in values
    )
