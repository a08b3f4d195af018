from odoo import api, models
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor
from odoo.addons.qlvb_document.lib.corrections import ERASED
from odoo.addons.qlvb_document.models.qlvb_order_mixin import OPEN_STATES

_SHORTEST = 12
"""Letters of a subject: shorter ones stand in many texts by chance."""


class QlvbPurge(models.AbstractModel):
    """What Article 3 should have kept out is erased in dossiers as well.

    A dossier that was opened on the document speaks of nothing else: its contents
    go whole, and it is closed.  Where the document merely lay among others, its
    line loses its note, and each text that repeats its subject is erased; how many
    such dossiers there are is told to who asked, for what people wrote in words of
    their own only people find.
    """

    _inherit = "qlvb.purge"

    _words_of_bus = (
        "mail.message",
        "ir.attachment",
        "qlvb.document",
        "qlvb.dossier",
        "qlvb.opinion",
        "qlvb.material",
    )

    @api.model
    def _roots(self, document):
        roots = super()._roots(document)
        opened = self._opened_on(document)
        return {**roots, opened._name: opened.ids} if opened else roots

    @api.model
    def _opened_on(self, document):
        """Return the dossiers that were opened on a document."""
        dossiers = self.env["qlvb.dossier"].sudo()
        return dossiers.search([("origin_document_id", "=", document.id)])

    @api.model
    def _end_work(self, document, actor):
        result = super()._end_work(document, actor)
        for dossier in self._opened_on(document):
            if dossier.state != "closed":
                self._end_dossier(dossier, actor)
        return result

    @api.model
    def _end_dossier(self, dossier, actor):
        """Close a dossier of which nothing is left, on the word of who decided."""
        for order in dossier.assignment_ids:
            if order.state in OPEN_STATES:
                order._close(actor, "recall")
                order._log("recalled", actor)
            elif order.state == "proposed":
                order._through_gate().write(
                    {"state": "declined", "done_at": clock.now()}
                )
        dossier._fix_opinions()
        dossier._follow_hands("closed")
        # Before the database holds it closed.
        self.env.flush_all()
        dossier._through_gate().write(
            {
                "state": "closed",
                "closed_by_id": actor.user.id,
                "date_closed": clock.now(),
            }
        )
        dossier.flush_recordset()

    @api.model
    def _erase_mail(self, document, parts):
        result = super()._erase_mail(document, parts)
        if ids := parts.get("qlvb.dossier"):
            env = self.sudo().env
            env["mail.push"].search([("payload", "ilike", "qlvb.dossier")]).unlink()
            env["ir.model.data"].search(
                [("model", "=", "qlvb.dossier"), ("res_id", "in", ids)]
            ).unlink()
        return result

    @api.model
    def _erase_files(self, document, files):
        # They hang on opinions, which themselves stay.
        self.env.cr.execute(
            SQL(
                "DELETE FROM qlvb_opinion_attachment_rel WHERE attachment_id = ANY(%s)",
                files.ids,
            )
        )
        return super()._erase_files(document, files)

    @api.model
    def _leave_tombstone(self, document, correction):
        result = super()._leave_tombstone(document, correction)
        nobody = self.env["res.users"]
        for dossier in self._opened_on(document):
            # By the ORM: what is computed of the title follows.
            dossier._through_gate().write({"name": document.summary[:500]})
            actor = Actor(self.env.user, nobody, dossier.unit_id)
            dossier._log("purged", actor)
        self._follow_titles(self._opened_on(document))
        self.env.flush_all()
        return result

    @api.model
    def _follow_titles(self, dossiers):
        """Let the entries that dossiers made themselves in a list say what they say."""
        for dossier in dossiers:
            entry = dossier.entry_id
            if entry.is_automatic and entry.name != dossier.name:
                entry._by_system().write({"name": dossier.name})

    # -- dossiers in which it lay among others --------------------------------

    @api.model
    def _erase_quotes(self, document, parts):
        effects = super()._erase_quotes(document, parts)
        lines = self.env["qlvb.dossier.document"].sudo()
        others = lines.search([("document_id", "=", document.id)]).dossier_id
        others -= self._opened_on(document)
        if not others:
            return effects
        subject = (document.summary or "").strip()
        if len(subject) >= _SHORTEST:
            around = self._parts({others._name: others.ids})
            for name, ids in around.items():
                self._erase_quoted(self.env[name].sudo(), ids, subject)
            self._erase_quoting_messages(around, subject)
            self._follow_titles(others)
        return {**effects, "dossiers": len(others)}

    @api.model
    def _erase_quoted(self, model, ids, subject):
        """Erase those texts of rows that repeat the subject."""
        for name in self._texts_of(model):
            field = model._fields[name]
            column = SQL.identifier(name)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s) "
                    "AND position(lower(%s) IN lower(%s::text)) > 0",
                    SQL.identifier(model._table),
                    column,
                    ERASED if field.required else None,
                    ids,
                    subject,
                    column,
                )
            )
        self.env.invalidate_all()
        # The column by which it is found is made of these texts.
        for field in model._fields.values():
            if field.store and field.compute and field.type in ("char", "text"):
                self.env.add_to_compute(field, model.browse(ids))
        self.env.flush_all()

    @api.model
    def _erase_quoting_messages(self, around, subject):
        """Delete messages that repeat the subject."""
        env = self.sudo().env
        messages = env["mail.message"].search(self._hanging(around, "model"))
        messages.filtered(
            lambda message: (
                subject.lower() in f"{message.subject or ''} {message.body}".lower()
            )
        ).unlink()
