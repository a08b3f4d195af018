from odoo import api, fields, models

from ..lib.marks import mentions_petition

NO_TEXT, MENTION = "no_text", "mention"


class QlvbDeclarationMixin(models.AbstractModel):
    """What the clerk declares of a paper that no machine can judge (Article 3).

    A scan without text may bear a stamp, and a paper that speaks of complaints
    may be one: the clerk looks and says so.  Whoever registers such a paper
    declares it by that, and the journal keeps which of the two was declared.
    """

    _name = "qlvb.declaration.mixin"
    _description = "Paper of which Something is Declared"

    declaration_text = fields.Text(
        "To be declared at registration", compute="_compute_declaration_text"
    )

    @api.depends("attachment_ids", "summary", "state")
    def _compute_declaration_text(self):
        for document in self:
            sentences = document._declarations() if document.state == "draft" else {}
            document.declaration_text = "\n".join(sentences.values())

    def action_check_in(self):
        """Register, or first ask for what is to be declared of the paper.

        :return: the dialog that asks; else what the client does next
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: as ``action_register``
        """
        self._require_one()
        declares = self._may("register") and self._declarations()
        if declares or (self._may("register") and self._remarks()):
            confirm = self.env._("Confirm and register")
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Declare and register") if declares else confirm,
                "res_model": "qlvb.declaration.wizard",
                "views": [(False, "form")],
                "target": "new",
                "context": {
                    "default_document_id": self.id,
                    "qlvb_next": bool(self.env.context.get("qlvb_next")),
                },
            }
        self.action_register()
        return self._after_check_in()

    def _declarations(self):
        """Return the sentences that are to be declared, by code."""
        self.ensure_one()
        sentences = {
            NO_TEXT: self.env._(
                "The software finds no text in the scan. I have looked at every page: "
                "it bears no secrecy mark (Mật, Tối mật, Tuyệt mật) and is no "
                "petition, complaint or denunciation."
            ),
            MENTION: self.env._(
                "The paper speaks of complaints or petitions but is none itself: it is "
                "official correspondence that may enter this system."
            ),
        }
        return {code: sentences[code] for code in self._declaration_codes()}

    def _remarks(self):
        """Return what the clerk is asked on the screen before it is too late.

        Nothing of Article 3: a remote call is not asked, nor is it journalled.
        """
        self.ensure_one()
        remarks = []
        if self.double_id:
            remarks.append(
                self.env._(
                    "It was perhaps entered already: %(double)s. I have compared "
                    "both: this is another paper.",
                    double=self.double_text,
                )
            )
        # Superuser: whoever registers the paper reads its files.
        if not self.sudo().attachment_ids:
            remarks.append(
                self.env._(
                    "It has no scan, and none can be added after registration. I "
                    "register it without."
                )
            )
        return remarks

    def _declaration_codes(self):
        # Superuser: whoever registers the paper reads its files.
        files = self.sudo().attachment_ids
        codes = []
        if any(not file.qlvb_has_text for file in files):
            codes.append(NO_TEXT)
        if any(files.mapped("qlvb_mentions")) or mentions_petition(self.summary or ""):
            codes.append(MENTION)
        return codes

    def _journal_declarations(self, actor):
        """Journal what the caller declares by registering this paper."""
        codes = self._declaration_codes()
        if codes:
            self.env["qlvb.journal"]._log(
                "declared", self, unit=actor.unit, data={"declarations": codes}
            )
