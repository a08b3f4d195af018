from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock


class QlvbFormatCheck(models.Model):
    """One line of the form check that a clerk makes before issuing (Article 7.3).

    The lines of Decree 30/2020 are made when the document is signed; what the
    system can read for sure is ticked already.  The clerks of the issuing unit tick
    the rest, or take a tick away, as long as the document is signed and has no
    number: by ``passed`` and nothing else.  Read by whoever sees the document.
    """

    _name = "qlvb.format.check"
    _description = "Line of the Form Check"
    _order = "document_id, sequence, id"
    _outlives_purge = frozenset({"code"})

    document_id = fields.Many2one(
        "qlvb.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char("Component", compute="_compute_name")
    # What was seen, as a word of ``lib.format_check``: put into words when read.
    found = fields.Char(readonly=True, export_string_translation=False)
    seen = fields.Text(readonly=True, export_string_translation=False)
    finding = fields.Text("What the system saw", compute="_compute_finding")
    is_automatic = fields.Boolean(
        "Ticked by the system", readonly=True, help="It was read for sure from the PDF"
    )
    passed = fields.Boolean("In order")
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    checked_at = fields.Datetime("Checked at", readonly=True)
    can_tick = fields.Boolean(compute="_compute_can_tick")

    _code_uniq = models.UniqueIndex("(document_id, code)")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = self._labels()
        for line in self:
            line.name = labels.get(line.code, line.code)

    @api.depends("found", "seen")
    @api.depends_context("lang")
    def _compute_finding(self):
        for line in self:
            line.finding = line.found and line._explain()

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_can_tick(self):
        for line in self:
            line.can_tick = line.document_id.can_issue

    @api.model
    def _labels(self):
        """Return what is checked, by code."""
        return {
            "motto": self.env._("National name and motto"),
            "agency": self.env._("Name of the issuing agency"),
            "symbol": self.env._("Number and symbol"),
            "date": self.env._("Place and date"),
            "title": self.env._("Kind and abstract"),
            "addressee": self.env._("Addressee (Kính gửi)"),
            "layout": self.env._("Letters, margins, spacing, page numbers"),
            "capacity": self.env._("Authority and post of the signer"),
            "signer": self.env._("Name of the signer"),
            "recipients": self.env._("Recipients and copy on file"),
            "appendix": self.env._("Appendix"),
            "urgency": self.env._("Urgency mark"),
            "paper": self.env._("Paper size"),
        }

    def _explain(self):
        """Return in words what the system saw."""
        seen = self.seen or ""
        return {
            "present": self.env._("Found: %(seen)s", seen=seen),
            "missing": self.env._("Not found: %(seen)s", seen=seen),
            "other": self.env._("Not as it should be: %(seen)s", seen=seen),
            "blank": self.env._(
                "Left blank and filled in when issued: %(seen)s", seen=seen
            ),
            "numbered": self.env._("A number is printed already: %(seen)s", seen=seen),
            "dated": self.env._("A date is printed already: %(seen)s", seen=seen),
            "no_place": self.env._(
                "No room was found for it on the page. It will stand where Decree "
                "30/2020 has it: make sure that it covers nothing."
            ),
            "academic": self.env._(
                "An academic title stands before the name: %(seen)s", seen=seen
            ),
            "unannounced": self.env._("The text does not announce its appendix."),
            "no_text": self.env._("The PDF has no text to be read. Look at its pages."),
            "look": self.env._("The system cannot judge this. Look at the pages."),
        }[self.found]

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if vals.keys() - {"passed"}:
            self._refuse_by_hand()
        if not vals or not self:
            return True
        self.check_access("write")
        for document in self.document_id:
            document._lock_row()
            actor = document._actor_issues()
            if actor is None:
                raise AccessError(
                    self.env._(
                        "The form is checked by the clerks of %(unit)s.",
                        unit=document.sudo().unit_id.name,
                    )
                )
            if document.sudo().state != "signed":
                raise UserError(
                    self.env._(
                        "The form is checked after the document is signed and before "
                        "it has its number."
                    )
                )
            lines = self.filtered(lambda line: line.document_id == document)  # noqa: B023
            self.env["qlvb.journal"]._log(
                "format_checked",
                document,
                unit=actor.unit,
                data={"lines": lines.mapped("code"), "passed": bool(vals["passed"])},
            )
        # Past every check above: who and when is the system's to note.
        return super(QlvbFormatCheck, self.sudo()).write(
            {
                "passed": bool(vals["passed"]),
                "checked_by_id": self.env.uid,
                "checked_at": clock.now(),
            }
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_system(self):
        if not self.env.su:
            self._refuse_by_hand()

    def _refuse_by_hand(self):
        """Raise: the lines are the system's, the ticks the clerk's.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "The lines of the form check are made by the system. A clerk ticks "
                "them and changes nothing else."
            )
        )
