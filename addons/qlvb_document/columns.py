"""Columns that come with an upgrade."""

from odoo.tools.sql import column_exists, create_column, table_exists


def add_unfilled(cr, table, name, kind):
    """Add a column that stays empty in the rows that are there already.

    The ORM fills a column it adds itself, by compute or default, in every row; of
    what is registered none is written again, not even by an upgrade.  A new table
    is left to the ORM.

    :param kind: its type in the database
    """
    if table_exists(cr, table) and not column_exists(cr, table, name):
        create_column(cr, table, name, kind)
