"""What callers hand in for fields that hold many records."""

_ID_LIMIT = 2**31


def ids_in_commands(value):
    """Return the ids of stored records that x2many commands of a caller name.

    :param value: commands, or a plain list of ids, as they came in
    """
    if not isinstance(value, list | tuple):
        return set()
    found = set()
    for command in value:
        if isinstance(command, list | tuple) and command:
            numbers = command[2] if command[0] == 6 else command[1:2]
            found.update(numbers if isinstance(numbers, list | tuple) else ())
        else:
            found.add(command)
    return {
        number for number in found if type(number) is int and 0 < number < _ID_LIMIT
    }
