from odoo import fields, models
from odoo.fields import Command

from odoo.addons.qlvb_base.lib import clock

from ..lib.format_check import Facts, check
from ..lib.vetting_pdf import read_pdf
from ..lib.vetting_signs import FileRefused


class QlvbFormatMixin(models.AbstractModel):
    """The form check of an outgoing document, from signature to number (Art. 7.3)."""

    _name = "qlvb.format.mixin"
    _description = "Document with a Form Check"

    format_check_ids = fields.One2many(
        "qlvb.format.check", "document_id", "Form check (Decree 30/2020)"
    )

    def write(self, vals):
        if "format_check_ids" in vals and not self._passed_gate():
            vals = dict(vals)
            self._tick(vals.pop("format_check_ids"))
            if vals.keys() <= {"revision_seen"}:
                # All else stays as it was signed.
                return True
        return super().write(vals)

    def _tick(self, commands):
        """Tick lines as the form or an RPC call sends them.

        :param commands: updates of lines of this document; links change nothing
        :raises AccessError: anything else
        """
        self._require_one()
        self.check_access("read")
        own = self.format_check_ids
        ticks = []
        for command in commands if isinstance(commands, list | tuple) else (None,):
            known = isinstance(command, list | tuple) and len(command) > 1
            line = own.filtered(lambda one: known and one.id == command[1])  # noqa: B023
            if line and command[0] == Command.UPDATE and len(command) == 3:
                ticks.append((line, command[2]))
            elif not line or command[0] != Command.LINK:
                own._refuse_by_hand()
        for line, values in ticks:
            if not isinstance(values, dict):
                own._refuse_by_hand()
            line.write(values)

    def _make_format_checks(self, actor, prepared):
        """Make the lines of the form check anew, for what is being signed.

        :param actor: the signer
        :param prepared: a ``pdf_blanks.Prepared``: the PDF and what it says
        """
        self.ensure_one()
        document = self.sudo()
        try:
            text = read_pdf(prepared.content)[0]
        except FileRefused:
            # It passed the gate when it came; now the machine is too busy, perhaps.
            text = ""
        now = clock.now()
        Lines = self.env["qlvb.format.check"].sudo()
        document.format_check_ids.unlink()
        Lines.create(
            [
                {
                    "document_id": document.id,
                    "sequence": number,
                    "code": line.code,
                    "found": line.finding,
                    "seen": line.seen,
                    "is_automatic": line.sure,
                    "passed": line.sure,
                    "checked_at": now if line.sure else False,
                }
                for number, line in enumerate(check(text, document._facts(prepared)), 1)
            ]
        )

    def _facts(self, prepared):
        """Return what the record says that must stand on the page."""
        kind = self.type_id
        return Facts(
            **self._heading(),
            place=self._place_name(),
            kind="" if kind.is_letter else kind.with_context(lang="vi_VN").name,
            is_letter=kind.is_letter,
            addressed=self._names_addressees(),
            summary=self.summary or "",
            tail=self._reference_tail(),
            capacity=self.signer_capacity,
            block=self._signing_block(),
            signer=self.signer_id.name or "",
            urgency=self.urgency,
            printed=prepared.printed,
            found=prepared.found,
            size=prepared.size,
            annexes=max(0, len(self.attachment_ids) - 1),
        )

    def _unmet_format(self):
        """Return the lines of the form check that are not in order, in words."""
        return [
            self.env._(
                "Form check: “%(line)s” is not ticked yet. %(finding)s",
                line=line.name,
                finding=line.finding or "",
            ).strip()
            for line in self.format_check_ids.sorted("sequence")
            if not line.passed
        ]
