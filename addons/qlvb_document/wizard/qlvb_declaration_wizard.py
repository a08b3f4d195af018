from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.qlvb_declaration_mixin import MENTION, NO_TEXT


class QlvbDeclarationWizard(models.TransientModel):
    """Asks for what is to be declared, and then registers or submits the paper.

    Who may do that is decided by the act itself and not here.  Every official
    has their own.
    """

    _name = "qlvb.declaration.wizard"
    _description = "Declare and Register"

    document_id = fields.Many2one("qlvb.document", required=True, ondelete="cascade")
    revision = fields.Integer(
        default=lambda self: self._default_revision(), export_string_translation=False
    )
    record_name = fields.Char(compute="_compute_sentences")
    leaves = fields.Boolean(
        compute="_compute_sentences", export_string_translation=False
    )
    no_text_sentence = fields.Text(compute="_compute_sentences")
    mention_sentence = fields.Text(compute="_compute_sentences")
    remarks_sentence = fields.Text(compute="_compute_sentences")
    remarks_confirmed = fields.Boolean("I confirm: it is to be registered")
    no_text_declared = fields.Boolean("I declare: no mark, no petition")
    mention_declared = fields.Boolean("I confirm: no petition itself")

    @api.model
    def _default_revision(self):
        document = self.env["qlvb.document"].browse(
            self.env.context.get("default_document_id")
        )
        return document._filtered_access("read").revision

    @api.depends("document_id")
    def _compute_sentences(self):
        for wizard in self:
            document = wizard.document_id
            sentences = document._declarations() if document else {}
            wizard.record_name = document.display_name
            wizard.leaves = document.direction == "out"
            remarks = document._remarks() if document else ()
            wizard.remarks_sentence = "\n".join(remarks)
            wizard.no_text_sentence = sentences.get(NO_TEXT)
            wizard.mention_sentence = sentences.get(MENTION)

    def action_confirm(self):
        """Register or submit the paper, of which all that was asked is declared.

        :return: what the client does next
        :raises AccessError: as ``action_register`` or ``action_submit``
        :raises UserError: as these; or something was not declared,
            or the paper was changed since the question was put
        """
        self.ensure_one()
        document = self.document_id
        if document.revision != self.revision:
            raise UserError(
                self.env._(
                    "The draft was changed meanwhile. Close this window, look at the "
                    "paper and register it again."
                )
            )
        declared = {NO_TEXT: self.no_text_declared, MENTION: self.mention_declared}
        if (document._remarks() and not self.remarks_confirmed) or not all(
            declared[code] for code in document._declaration_codes()
        ):
            raise UserError(
                self.env._("Tick every sentence that you declare, or close the window.")
            )
        if document.direction == "out":
            document.action_submit()
            self.unlink()
            return document._answer(self.env._("Submitted"))
        document.action_register()
        self.unlink()
        following = document._after_check_in()
        if following is True:
            return {"type": "ir.actions.act_window_close"}
        return {**following, "params": {**following["params"], "closes": True}}
