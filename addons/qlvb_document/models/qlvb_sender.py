from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import word_key

from ..lib.entry import issuer_key

_MOST_SUGGESTIONS = 8
_MOST_OTHERS = 50


class QlvbSender(models.Model):
    """Who has written to a unit so far: the clerk's own directory of issuers.

    It grows by itself with every paper that is registered, and spares the clerk
    the typing of names.  Read by the clerks of the unit; nobody writes it.
    """

    _name = "qlvb.sender"
    _description = "Sender of Documents"
    _order = "last_used desc, id desc"

    unit_id = fields.Many2one("qlvb.unit", required=True)
    name = fields.Char(required=True, help="As last written by a clerk")
    key = fields.Char(required=True, help="Under which two spellings are one")
    tail = fields.Char(
        required=True, help="How its symbols end, folded; empty where they have none"
    )
    last_used = fields.Datetime(required=True)
    uses = fields.Integer(required=True, aggregator=None)
    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        export_string_translation=False,
    )

    _key_uniq = models.UniqueIndex("(unit_id, key, tail)", "This sender is known.")
    _tail_index = models.Index("(unit_id, tail, last_used DESC)")

    @api.depends_context("uid")
    def _compute_is_own(self):
        own = self.env["qlvb.position"]._my_units("clerk")
        for sender in self:
            sender.is_own = sender.unit_id.id in own

    def _search_is_own(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        own = self.env["qlvb.position"]._my_units("clerk")
        return Domain("unit_id", "in", own)

    @api.model
    def _remember(self, document):
        """Note whose paper is being registered; one statement, before the counter."""
        name = document.issuer
        self.env.cr.execute(
            SQL(
                """INSERT INTO qlvb_sender AS known
                       (unit_id, name, key, tail, last_used, uses,
                        create_uid, write_uid, create_date, write_date)
                   VALUES (%(unit)s, %(name)s, %(key)s, %(tail)s, %(now)s, 1, 1, 1,
                           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                   ON CONFLICT (unit_id, key, tail) DO UPDATE
                   SET name = EXCLUDED.name, uses = known.uses + 1,
                       last_used = GREATEST(known.last_used, EXCLUDED.last_used)""",
                unit=document.unit_id.id,
                name=name,
                key=issuer_key(name),
                tail=document._symbol().tail,
                now=clock.now(),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _forget(self, document, known):
        """Take back what was learnt from one document, and from no other.

        :param document: in whose place something else stands now
        :param known: the issuer and ending of symbols that stood there
        """
        name, tail = known
        key = issuer_key(name or "")
        own = Domain("unit_id", "=", document.unit_id.id)
        learnt = own & Domain("key", "=", key) & Domain("tail", "=", tail)
        sender = self.sudo().search(learnt)
        if not sender or not self._learns_from(document):
            return
        others = document.sudo().search(
            own
            & Domain("id", "!=", document.id)
            & Domain("number", ">", 0)
            & Domain("direction", "=", "in")
            & Domain("search_text", "ilike", name),
            order="id desc",
            limit=_MOST_OTHERS,
        )
        same = others.filtered(
            lambda other: (
                issuer_key(other.issuer) == key and other._symbol().tail == tail
            )
        )[:1]
        if same:
            sender.write({"name": same.issuer, "uses": max(sender.uses - 1, 1)})
            # What is learnt next is written past the ORM.
            sender.flush_recordset()
        else:
            sender.unlink()

    @api.model
    def _correct(self, document, known):
        """Learn what a document really says, and forget what it was taken to say."""
        self._forget(document, known)
        if self._learns_from(document):
            self._remember(document)

    @api.model
    def _learns_from(self, document):
        """Tell whether a document names a sender: one that arrived."""
        return document.direction == "in" and document.number > 0

    @api.model
    def _of_tail(self, unit, tail):
        """Return the one sender whose symbols end like this; none where many do."""
        if not tail:
            return self.browse()
        known = self.search([("unit_id", "=", unit.id), ("tail", "=", tail)], limit=2)
        return known if len(known) == 1 else self.browse()

    @api.model
    def suggest(self, term, unit_id, reference=""):
        """Return names of issuers for what a clerk has typed so far.

        Those whose symbols end like the paper's come first, then who wrote last;
        then the units of the house itself.

        :param term: the beginning of words, in any spelling; may be empty
        :param unit_id: in whose register the paper is entered
        :param reference: number and symbol of the paper, as far as typed
        :return: at most eight names
        :raises AccessError: the caller is no clerk of the unit
        """
        unit = self.env["qlvb.unit"].browse(unit_id if type(unit_id) is int else 0)
        if unit.id not in self.env["qlvb.position"]._my_units("clerk"):
            raise AccessError(
                self.env._("You are not a clerk of that unit. Choose your own.")
            )
        document = self.env["qlvb.document"]
        term, reference = (
            document._clean_argument(label, value, 300, required=False)
            for label, value in (
                (self.env._("Issuer"), term),
                (self.env._("Number and symbol"), reference),
            )
        )
        words = word_key(issuer_key(term)).split()
        tail = document._read_symbol(reference).tail
        matching = Domain.AND(Domain("key", "=like", f"%{word}%") for word in words)
        own = Domain("unit_id", "=", unit.id)
        names = []
        if tail:
            names += self.search(
                own & matching & Domain("tail", "=", tail), limit=_MOST_SUGGESTIONS
            ).mapped("name")
        names += self.search(own & matching, limit=_MOST_SUGGESTIONS).mapped("name")
        house = self.env["qlvb.unit"].search([])  # pylint: disable=no-search-all
        names += [
            known.name
            for known in house
            if all(
                f" {word}" in f" {issuer_key(known.name)} {word_key(known.symbol)}"
                for word in words
            )
        ]
        different = {issuer_key(name): name for name in reversed(names)}
        return [
            name for name in dict.fromkeys(names) if different[issuer_key(name)] == name
        ][:_MOST_SUGGESTIONS]
