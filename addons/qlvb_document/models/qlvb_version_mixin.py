import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.text import compose
from odoo.addons.qlvb_base.lib.workflow import Actor

from ..lib import pdf_blanks
from ..lib.encoded import decoded
from ..lib.vetting import sniff
from ..lib.vetting_office import DOCX
from ..lib.vetting_pdf import PDF

_KIND_OF = {DOCX: "docx", PDF: "pdf"}
_BEFORE_SIGNING = ("draft", "review", "signing", "dropped")


class QlvbVersionMixin(models.AbstractModel):
    """The versions of an outgoing document's file: drafted, signed, issued.

    Whatever is drafted is kept as a version; what is signed is the draft's PDF with
    form fields for number and date, and what is issued that same file with the
    fields filled in, which leaves the signature valid (Articles 4.3 and 7).
    """

    _name = "qlvb.version.mixin"
    _description = "Document with Versions of its File"

    version_ids = fields.One2many("qlvb.version", "document_id", "Versions")
    version_count = fields.Integer(readonly=True, copy=False, aggregator=None)
    docx = fields.Binary(
        "New Word file",
        compute="_compute_docx",
        inverse="_inverse_docx",
        attachment=False,
        help="The draft as edited in the word processor; kept as a new version",
    )
    docx_name = fields.Char(
        compute="_compute_docx",
        inverse="_inverse_docx_name",
        export_string_translation=False,
    )
    current_docx_id = fields.Many2one(
        "qlvb.version", "Word file", compute="_compute_current_docx_id"
    )

    # -- what is shown --------------------------------------------------------

    @api.depends("attachment_ids", "state", "version_ids")
    def _compute_scan(self):
        return super()._compute_scan()

    @api.depends("attachment_ids", "state", "version_ids")
    def _compute_scan_name(self):
        return super()._compute_scan_name()

    def _compute_docx(self):
        # A door in, not out: what was kept is read as a version.
        self.docx = False
        self.docx_name = False

    @api.depends("version_ids")
    def _compute_current_docx_id(self):
        for document in self:
            document.current_docx_id = document._newest("docx")

    def _newest(self, *kinds):
        """Return the newest version of one of these kinds."""
        versions = self.version_ids.filtered(lambda version: version.kind in kinds)
        return versions.sorted("sequence")[-1:]

    def _main_file(self):
        """Return the file shown beside the fields: what was signed or issued.

        Until then the first PDF of the draft.
        """
        # Superuser: whoever reads the document reads its files.
        document = self.sudo()
        if document.direction == "out" and document.state not in _BEFORE_SIGNING:
            kinds = ("signed",) if document.state == "signed" else ("final", "signed")
            for kind in kinds:
                if version := document._newest(kind):
                    return version.file_id
        return super()._main_file()

    # -- keeping ----------------------------------------------------------------

    def _claim_files(self):
        result = super()._claim_files()
        self._keep_drafted()
        return result

    def _transit(self, name, values=None):
        if name == "submit":
            # Also what was written into a file after it had been added.
            self._keep_drafted()
        return super()._transit(name, values)

    def _keep_drafted(self):
        """Keep as versions the files of outgoing drafts that are new or changed."""
        actor = Actor(self.env.user, self.env["res.users"], self.env["qlvb.unit"])
        for document in self.sudo():
            if document.direction != "out" or document.state != "draft":
                continue
            kept = {
                v.source_file: v.checksum for v in document.version_ids.sorted("id")
            }
            for file in document.attachment_ids.sorted("id"):
                kind = _KIND_OF.get(file.mimetype)
                content = file.raw if kind else None
                if content and kept.get(file.id) != _digest(content):
                    document._keep_version(kind, content, actor, file.name, file.id)

    def _keep_version(self, kind, content, actor, name=None, source_file=0):
        """Keep a version of the document's file.

        :param kind: docx, pdf, signed or final
        :param content: its bytes
        :param actor: who made it
        :param name: what the file is called; by default after the document
        :return: the version
        """
        self.ensure_one()
        document = self.sudo()
        name = name or document._version_name(kind)
        # Kept by the system in a field: what it is made of passed the gate.
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": DOCX if kind == "docx" else PDF,
                    "res_model": self._name,
                    "res_id": document.id,
                    "res_field": "version_ids",
                }
            )
        )
        file.flush_recordset()
        version = (
            self.env["qlvb.version"]
            .sudo()
            .create(
                {
                    "document_id": document.id,
                    "date": clock.now(),
                    "sequence": document._next_version(),
                    "kind": kind,
                    "name": name,
                    "file_id": file.id,
                    "source_file": source_file,
                    "checksum": _digest(content),
                    "size": len(content),
                    "author_id": actor.user.id,
                }
            )
        )
        self.env["qlvb.journal"]._log(
            "version_kept",
            self,
            unit=actor.unit,
            data={
                "kind": kind,
                "version": version.sequence,
                "checksum": version.checksum,
            },
        )
        return version.sudo(self.env.su)

    def _next_version(self):
        """Return the number of the next version.

        Under the document's row lock; who came second starts again with what the
        first has left.
        """
        self.flush_recordset(["version_count"])
        rows = self.env.execute_query(
            SQL(
                "UPDATE %s SET version_count = COALESCE(version_count, 0) + 1 "
                "WHERE id = %s RETURNING version_count",
                SQL.identifier(self._table),
                self.id,
            )
        )
        self.invalidate_recordset(["version_count"], flush=False)
        return rows[0][0]

    def _version_name(self, kind):
        """Return what a file is called that the system made."""
        ending = "docx" if kind == "docx" else "pdf"
        known = self.reference if self.number else self.type_id.name
        return compose((known or "").replace("/", "-") or "van-ban") + f".{ending}"

    # -- a Word file from outside ------------------------------------------------

    def _contents_sent(self, vals):
        yield from super()._contents_sent(vals)
        if content := decoded(vals.get("docx")):
            yield vals.get("docx_name") or "van-ban.docx", content

    def _inverse_docx(self):
        for document in self:
            content = decoded(document.docx)
            if not content:
                continue
            if document.direction != "out":
                raise UserError(
                    self.env._("This is made for outgoing documents alone.")
                )
            name = document.docx_name or document._version_name("docx")
            # The gate has looked at it: it is one of the kinds that are taken.
            if sniff(content) != DOCX:
                raise UserError(
                    self.env._(
                        "The file must be a Word file (.docx). Add a PDF as the PDF of "
                        "the document."
                    )
                )
            actor = document._actor_drafts()
            document._keep_version("docx", content, actor, name)

    def _inverse_docx_name(self):
        """Nothing: the name goes with the file."""

    # -- signed and issued ---------------------------------------------------------

    def _keep_signed(self, actor):
        """Keep the file that is signed in this moment, ready for number and date.

        :param actor: the signer, having passed the gate
        :return: the version
        :raises UserError: the PDF cannot be given number and date
        """
        self.ensure_one()
        prepared = self._prepare_to_sign()
        content = self._seal(prepared.content, actor)
        version = self._keep_version("signed", content, actor)
        self._make_format_checks(actor, prepared)
        return version

    def _prepare_to_sign(self):
        """Return the PDF of the draft with form fields for number and date.

        :return: a ``pdf_blanks.Prepared``
        :raises UserError: it cannot be given them; says what to do
        """
        self.ensure_one()
        try:
            return self._with_blanks()
        except pdf_blanks.BlanksError as error:
            raise UserError(self._explain_blanks(error.code)) from None

    def _with_blanks(self):
        document = self.sudo()
        content = document._main_file().raw or b""
        return pdf_blanks.prepare(content, document._place_name())

    def _unmet_pdf(self):
        """Return what keeps the draft's PDF from being signed.

        Told to the drafter before anybody reviews it, not to the signer at the end.
        """
        if not self._main_file():
            return [self.env._("Add the PDF of the document: it is what gets signed.")]
        try:
            self._with_blanks()
        except pdf_blanks.BlanksError as error:
            return [self._explain_blanks(error.code)]
        return []

    def _seal(self, content, actor):
        """Return the file with the signer's signature (none here: see below).

        A service that signs (PAdES) overrides this: it gets the prepared file and
        returns it with its signature as a revision behind it.

        :param content: the prepared PDF
        :param actor: the signer
        """
        return content

    def _plan_final(self):
        """Open the signed file for number and date, before the number is taken.

        :return: a plan for ``_make_final``
        :raises UserError: it cannot be filled in; says what to do
        """
        self.ensure_one()
        signed = self.sudo()._newest("signed")
        try:
            return pdf_blanks.plan(signed.file_id.raw or b"")
        except pdf_blanks.BlanksError as error:
            raise UserError(self._explain_blanks(error.code)) from None

    def _make_final(self, plan, reference, day, actor):
        """Keep the issued file: the signed one, with number and date filled in.

        Runs while the register waits, so all that takes time was done before.

        :param plan: from ``_plan_final``
        :param reference: number and symbol
        :param day: the date of the document
        :return: the version
        :raises UserError: the page bears another number or date already
        """
        self.ensure_one()
        wrong = pdf_blanks.conflicts(plan.printed, reference, day)
        if wrong:
            raise UserError(self._explain_conflicts(wrong))
        content = pdf_blanks.fill(plan, reference, day)
        name = compose(reference.replace("/", "-")) + ".pdf"
        return self._keep_version("final", content, actor, name)

    @api.model
    def _explain_blanks(self, code):
        """Return why a PDF cannot bear number and date, and what to do."""
        return {
            "odd": self.env._(
                "The PDF is damaged, so number and date cannot be filled in. Send the "
                "draft back; the drafter saves the PDF again and adds it anew."
            ),
            "heavy": self.env._(
                "The PDF cannot be opened in reasonable time. Send the draft back; the "
                "drafter prints it to PDF again and adds it anew."
            ),
            "filled": self.env._(
                "The PDF already bears the number and date of an issued document. Send "
                "the draft back; the drafter adds the PDF of the draft itself."
            ),
            "fields": self.env._(
                "The signed file has no fields for number and date. Send the document "
                "back; it has to be signed again."
            ),
        }[code]

    @api.model
    def _explain_conflicts(self, wrong):
        """Return what stands on the page and must not, and what to do."""
        labels = {
            "number": self.env._("number"),
            "symbol": self.env._("symbol"),
            "day": self.env._("day"),
            "month": self.env._("month"),
            "year": self.env._("year"),
        }
        lines = [
            self.env._(
                "The page says %(what)s “%(printed)s”, but it is “%(right)s”.",
                what=labels[name],
                printed=printed,
                right=right,
            )
            for name, printed, right in wrong
        ]
        lines.append(
            self.env._(
                "Send the document back; the drafter leaves number and date blank."
            )
        )
        return "\n".join(lines)


def _digest(content):
    return hashlib.sha256(content).hexdigest()
