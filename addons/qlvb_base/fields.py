from odoo import fields


class IntArray(fields.Field):
    """A PostgreSQL ``int4[]``: a set of small integers, read as a tuple.

    The ORM knows no array column, and an array with a GIN index is what keeps
    sight of a million records fast.  It is written by computes alone and has
    no form on screen.
    """

    type = "int_array"
    _column_type = ("int4[]", "int4[]")

    def convert_to_column(self, value, record, values=None, validate=True):
        return sorted(value or ())

    def convert_to_cache(self, value, record, validate=True):
        return tuple(sorted(set(value or ())))

    def convert_to_record(self, value, record):
        # The database hands out a list, a compute a tuple: both read alike.
        return tuple(value or ())

    def convert_to_read(self, value, record, use_display_name=True):
        return list(value or ())
