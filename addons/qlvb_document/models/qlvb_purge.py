import re
from functools import partial

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock

from ..lib.corrections import ERASED, tombstone
from ..lib.forms import short_day
from .qlvb_order_mixin import OPEN_STATES

_TEXTS = ("char", "text", "html", "json")


class QlvbPurge(models.AbstractModel):
    """Erases the contents of a document that Article 3 should have kept out.

    Everything that belongs to the document goes with it, of whatever model: each
    table that a document's deletion would empty (``ondelete="cascade"``) loses its
    texts and files.  A model is spared nothing unless it says so itself: by
    ``_outlives_purge``, texts that are none of the contents; or
    ``_goes_in_purge``, rows that have no meaning without them.  What is left is the
    number, with who did what and when, and a sentence that says why.

    Runs within an approved ``qlvb.correction`` alone: without its key the database
    refuses.
    """

    _name = "qlvb.purge"
    _description = "Erasure of Contents"

    # Of what a word on the bus may speak.
    _words_of_bus = ("mail.message", "ir.attachment", "qlvb.document")

    # -- the whole ------------------------------------------------------------

    @api.model
    def _erase(self, correction, actor):
        """Erase the contents of the document of an approved request.

        :param correction: the request, which holds the key
        :param actor: who approved it
        :return: numbers for its report
        """
        document = correction.document_id.sudo()
        self._end_work(document, actor)
        outside = self._end_dispatch(document, actor)
        self.env.flush_all()
        parts = self._parts(self._roots(document))
        sender = document._known_sender()
        effects = {"pages": document._bound_pages().ids, "outside": outside}
        files = self._files_of(parts)
        stored = [name for name in files.mapped("store_fname") if name]
        effects["messages"] = self._erase_exchange(parts)
        self._erase_mail(document, parts)
        effects |= self._erase_quotes(document, parts)
        for name, ids in parts.items():
            if name != document._name:
                self._erase_rows(self.env[name].sudo(), ids)
        effects["files"] = self._erase_files(document, files)
        effects["shared"] = self._count_shared(stored, correction)
        self._leave_tombstone(document, correction)
        self.env["qlvb.sender"]._forget(document, sender)
        self._shred(stored)
        return effects

    @api.model
    def _erase_copies(self, correction, actor):
        """Erase what others received of the document: with it, and as traceably."""
        for copy in correction.document_id._purge_copies().sudo():
            if copy.state == "draft":
                self._discard(copy)
            elif not copy._is_purged():
                correction._follow(copy)._carry_out(actor)

    @api.model
    def _discard(self, draft):
        """Delete a draft, which stands in no register, with all that hangs on it."""
        files = self._files_of(self._parts({draft._name: draft.ids}))
        stored = [name for name in files.mapped("store_fname") if name]
        (files - draft.attachment_ids).unlink()
        draft.unlink()
        self._shred(stored)

    @api.model
    def _shred(self, stored):
        """Destroy bytes once this is committed: until then others may look at them."""
        destroy = self.env["qlvb.shredder"]._destroy_bytes
        self.env.cr.postcommit.add(partial(destroy, stored))

    @api.model
    def _end_work(self, document, actor):
        """End what is still asked for and worked on: there is nothing left of it."""
        requests = self.env["qlvb.correction"].sudo()
        requests = requests.search([("document_id", "=", document.id)])
        requests.filtered(lambda one: one.state == "draft").unlink()
        for request in requests.exists():
            if request.state == "submitted":
                request._decide("refuse", actor, {})
                request._log("correction_refused", actor)
        for order in document.assignment_ids.filtered(
            lambda order: order.state in OPEN_STATES
        ):
            order._close(actor, "recall")
            order._log("recalled", actor)
        if document.state in ("registered", "assigned"):
            document._through_gate().write({"state": "done"})

    @api.model
    def _end_dispatch(self, document, actor):
        """Send it to nobody any more, and take back what nobody has registered yet.

        :return: how many outside bodies have it, which only people can ask back
        """
        rows = document.dispatch_ids
        rows.filtered(lambda row: row.state == "waiting").unlink()
        rows = rows.exists()
        unread = rows.filtered(lambda row: row.state == "sent" and row.copy_id)
        for row in unread._in_order():
            row._lock_row()
            reason = self.env._("Its contents are erased by decision.")
            # On the word of who approved the erasure.
            row._recall(actor, reason, actor.user)
        return len(rows.filtered("partner_id"))

    # -- what belongs to it ---------------------------------------------------

    @api.model
    def _roots(self, document):
        """Return what goes with the contents, and all that belongs to it.

        The document; an addon above knows what else was made of it.
        """
        return {document._name: document.ids}

    @api.model
    def _erase_quotes(self, document, parts):
        """Erase its words where they were taken over elsewhere (none here).

        :return: numbers for the report
        """
        return {}

    @api.model
    def _parts(self, roots):
        """Return what belongs to records, they included: ids by the name of the model.

        :param roots: of the same form
        """
        parts, fresh = {}, {name: set(ids) for name, ids in roots.items()}
        while fresh:
            name, ids = fresh.popitem()
            ids -= parts.setdefault(name, set())
            parts[name] |= ids
            for model, field in self._belonging(name) if ids else ():
                found = self.env.execute_query(
                    SQL(
                        "SELECT id FROM %s WHERE %s = ANY(%s)",
                        SQL.identifier(model._table),
                        SQL.identifier(field.name),
                        list(ids),
                    )
                )
                if found:
                    fresh.setdefault(model._name, set()).update(i for (i,) in found)
        return {name: sorted(ids) for name, ids in parts.items()}

    @api.model
    def _belonging(self, name):
        """Yield the models, and their fields, whose rows are nothing without one."""
        for model in map(self.env.__getitem__, self.env.registry):
            ours = model._name.startswith("qlvb.")
            if not ours or model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.store
                    and field.comodel_name == name != model._name
                    and field.ondelete == "cascade"
                ):
                    yield model, field

    @api.model
    def _texts_of(self, model):
        """Return the names of the fields that hold words of people."""
        spared = getattr(model, "_outlives_purge", ())
        return {
            field.name
            for field in model._fields.values()
            if field.store
            and field.column_type
            and field.type in _TEXTS
            and field.name not in spared
            and not (field.compute and field.readonly)
        }

    @api.model
    def _erase_rows(self, model, ids):
        """Erase the texts of rows, or the rows, and let go of their files."""
        links = [
            field
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and field.comodel_name == "ir.attachment"
        ]
        table, where = SQL.identifier(model._table), SQL("id = ANY(%s)", ids)
        dropped = model._transient or getattr(model, "_goes_in_purge", False)
        if dropped or any(field.required for field in links):
            self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", table, where))
            self.env.invalidate_all()
            return
        names = {field.name: None for field in links} | {
            name: ERASED if model._fields[name].required else None
            for name in self._texts_of(model)
        }
        if names:
            changes = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in names.items()
            )
            self.env.cr.execute(SQL("UPDATE %s SET %s WHERE %s", table, changes, where))
            self.env.invalidate_all()

    # -- what hangs on it -----------------------------------------------------

    @api.model
    def _hanging(self, parts, model="res_model"):
        """Return the domain of what hangs on these by model and id."""
        return Domain.OR(
            Domain(model, "=", name) & Domain("res_id", "in", ids)
            for name, ids in parts.items()
        )

    @api.model
    def _erase_exchange(self, parts):
        """Delete messages, with what they tracked and whom they notified.

        :return: how many messages there were
        """
        env = self.sudo().with_context(active_test=False).env
        messages = env["mail.message"].search(self._hanging(parts, "model"))
        count = len(messages)
        messages.unlink()
        env["mail.scheduled.message"].search(self._hanging(parts, "model")).unlink()
        env["mail.activity"].search(self._hanging(parts)).unlink()
        env["mail.followers"].search(self._hanging(parts)).unlink()
        for composer in env["mail.compose.message"].search(
            [("model", "in", list(parts))]
        ):
            written_on = {int(i) for i in re.findall(r"\d+", composer.res_ids or "")}
            if written_on & set(parts[composer.model]):
                composer.unlink()
        return count

    @api.model
    def _erase_mail(self, document, parts):
        """Delete what is on its way to people, or came in, by other roads."""
        env = self.sudo().env
        # Of the bus nothing is owed to anybody: whoever looks reads it afresh.
        words = [f"%{word}%" for word in self._words_of_bus]
        self.env.cr.execute(
            SQL("DELETE FROM bus_bus WHERE message LIKE ANY(%s)", words)
        )
        env["mail.push"].search([("payload", "ilike", document._name)]).unlink()
        orders = parts.get("qlvb.assignment", ())
        links = [f'/odoo/qlvb.assignment/{order_id}"' for order_id in orders]
        letters = env["qlvb.reminder.letter"].search([("mail_id", "!=", False)])
        for letter in letters.mail_id:
            if any(link in str(letter.body_html) for link in links):
                letter.unlink()
        if document.mail_from:
            env["qlvb.mail.receipt"]._forget(document)
        env["ir.model.data"].search(
            [("model", "=", document._name), ("res_id", "=", document.id)]
        ).unlink()

    @api.model
    def _files_of(self, parts):
        """Return the files: on all that belongs to it, on messages, or lost on the way.

        With the same bytes, uploaded once more and never attached to anything.
        """
        Files = self.env["ir.attachment"].sudo()
        Files = Files.with_context(skip_res_field_check=True)
        messages = self.env["mail.message"].sudo().search(self._hanging(parts, "model"))
        files = Files.search(self._hanging({**parts, "mail.message": messages.ids}))
        files |= messages.attachment_ids.with_env(Files.env)
        sums = [checksum for checksum in files.mapped("checksum") if checksum]
        files |= Files.search(
            Domain("checksum", "in", sums)
            & (Domain("res_id", "=", False) | Domain("res_id", "=", 0))
        )
        thumbnails = [("res_model", "=", Files._name), ("res_id", "in", files.ids)]
        return files | Files.search(thumbnails)

    @api.model
    def _erase_files(self, document, files):
        """Delete files; their bytes go once this is committed.

        :return: how many there were
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM qlvb_document_attachment_rel WHERE document_id = %s",
                document.id,
            )
        )
        self.env.invalidate_all()
        files = files.exists()
        count = len(files)
        files.unlink()
        return count

    @api.model
    def _count_shared(self, stored, correction):
        """Return how many of the erased files' contents others have as well.

        Others than the copies of the document, which are erased along with it.
        """
        origin = (correction.parent_id or correction).document_id
        along = origin | origin._purge_copies()
        rows = self.env.execute_query(
            SQL(
                "SELECT count(DISTINCT store_fname) FROM ir_attachment "
                "WHERE store_fname = ANY(%s) "
                "AND (res_model = %s AND res_id = ANY(%s)) IS NOT TRUE",
                stored,
                along._name,
                along.ids,
            )
        )
        return rows[0][0]

    @api.model
    def _leave_tombstone(self, document, correction):
        """Write in the place of the contents by whose decision they went, and why."""
        day = correction.decision_date or clock.to_local(correction.decided_at).date()
        texts = dict.fromkeys(self._texts_of(document), False)
        # Of what the house issued itself symbol and issuer are number and unit.
        named = document.direction == "out"
        document._through_gate().write(
            {
                **texts,
                "reference": document.reference if named else ERASED,
                "issuer": document.issuer if named else ERASED,
                "summary": tombstone(
                    correction.decision_number, short_day(day), correction.ground
                ),
            }
        )
        document.flush_recordset()
