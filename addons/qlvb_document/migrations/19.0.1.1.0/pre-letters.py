"""Official letters bear no abbreviation of their kind.

Kinds are not written again by an upgrade, and the templates of Word files that come
with it ask for this: so before anything is loaded.
"""

from odoo.tools.sql import column_exists, create_column

LETTERS = ("qlvb_document_type_cong_van", "qlvb_document_type_thu_cong")


def migrate(cr, version):
    if not column_exists(cr, "qlvb_document_type", "is_letter"):
        create_column(cr, "qlvb_document_type", "is_letter", "boolean")
    cr.execute(
        """UPDATE qlvb_document_type SET is_letter = true
           WHERE id IN (SELECT res_id FROM ir_model_data
                        WHERE module = 'qlvb_document' AND name = ANY(%s))""",
        (list(LETTERS),),
    )
