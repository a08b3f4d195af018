import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..columns import add_unfilled
from ..lib import office_program
from ..lib.format_check import URGENT_WORDS
from ..lib.forms import agency_lines
from ..lib.wording import addressees, behind_about, in_sentence, listed

_MOST_ADDRESSEES = 6


class QlvbDocxMixin(models.AbstractModel):
    """The Word file of an outgoing draft: made from a template, edited, made a PDF.

    The file is generated with every field filled in but number and date, which stay
    blank until it is issued.  The drafter edits it in a word processor of their own
    and hands it in as a new version.
    """

    _name = "qlvb.docx.mixin"
    _description = "Document with a Word File"

    template_id = fields.Many2one(
        "qlvb.template",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        domain="[('id', 'in', template_ids)]",
    )
    template_ids = fields.Many2many(
        "qlvb.template",
        string="Templates of the kind",
        compute="_compute_template_ids",
        export_string_translation=False,
    )
    can_make_docx = fields.Boolean(compute="_compute_can_make")
    can_make_pdf = fields.Boolean(
        compute="_compute_can_make",
        help="Where LibreOffice is on the machine and there is a Word file",
    )

    def _auto_init(self):
        # What was there before has no Word file from a template.
        add_unfilled(self.env.cr, self._table, "template_id", "int4")
        return super()._auto_init()

    @api.depends("type_id", "direction")
    def _compute_template_ids(self):
        for document in self:
            document.template_ids = document._templates()

    @api.depends("type_id", "direction")
    def _compute_template_id(self):
        for document in self:
            templates = document._templates()
            if document.template_id._origin not in templates:
                document.template_id = templates[:1]

    def _templates(self):
        """Return the templates for the kind of an outgoing document."""
        templates = self.env["qlvb.template"]
        if self.direction != "out" or not self.type_id:
            return templates
        return templates._for_kind(self.type_id._origin)

    @api.depends("state", "direction", "version_ids", "drafting_unit_id")
    @api.depends_context("uid")
    def _compute_can_make(self):
        installed = bool(office_program.program())
        for document in self:
            own = document._may("submit")
            document.can_make_docx = own
            document.can_make_pdf = bool(own and installed and document.current_docx_id)

    # -- acts -------------------------------------------------------------------

    def action_make_docx(self):
        """Make the Word file of the draft from its template, as a new version.

        :return: its download
        :raises AccessError: the draft is not the caller's to write
        :raises UserError: it is no draft any more, or the template cannot be used
        """
        self._require_one()
        actor = self._require_drafting()
        template = self.template_id or self._templates()[:1]
        if not template:
            raise UserError(
                self.env._("There is no template for this kind of document.")
            )
        content = template._fill_in(self._template_values())
        # A template may put together what it does not say itself.
        self.env["qlvb.vetting"]._vet_file(None, content, "file", self._name)
        return self._keep_version("docx", content, actor).action_open()

    def action_make_pdf(self):
        """Make the PDF of the newest Word file, in the place of the one before.

        :return: ``True``
        :raises AccessError: the draft is not the caller's to write
        :raises UserError: no LibreOffice here, no Word file, or it could not be done
        """
        self._require_one()
        self._require_drafting()
        source = self.current_docx_id
        if not office_program.program():
            raise UserError(
                self.env._(
                    "LibreOffice is not installed on this machine. Save the Word file "
                    "as PDF in your word processor and add it as the PDF of the "
                    "document."
                )
            )
        if not source:
            raise UserError(
                self.env._("There is no Word file yet. Make one, or hand one in.")
            )
        try:
            content = office_program.to_pdf(source.file_id.raw)
        except office_program.NotConverted:
            raise UserError(
                self.env._(
                    "No PDF could be made of the Word file. Save it as PDF in your "
                    "word processor and add it as the PDF of the document."
                )
            ) from None
        name = source.name.rpartition(".")[0] + ".pdf"
        self.write({"scan": base64.b64encode(content), "scan_name": name})
        return True

    def _require_drafting(self):
        """Return the caller as who writes this draft; hold its row.

        :raises AccessError: the draft is not theirs
        :raises UserError: it is no draft
        """
        self.check_access("read")
        if self.direction != "out":
            raise UserError(self.env._("This is made for outgoing documents alone."))
        self._require_draft({}, None)
        return self._actor_drafts()

    # -- what is filled in -------------------------------------------------------

    def _template_values(self):
        """Return what the template's fields are filled in with: plain strings."""
        self.ensure_one()
        document = self.sudo()
        heading, kind = document._heading(), document.type_id
        agency = agency_lines(heading["agency"])
        above = agency_lines(heading["parent"]) if heading["parent"] else []
        recipients = document._recipient_names()
        addressed = document._names_addressees()
        return {
            "co_quan_chu_quan": " ".join(above),
            "co_quan": "\n".join(agency),
            "ten_co_quan": in_sentence(heading["agency"]),
            "ky_hieu": document._reference_tail(),
            "dia_danh": document._place_name(),
            "ten_loai": kind.with_context(lang="vi_VN").name.upper(),
            "trich_yeu": document.summary or "",
            "v_viec": behind_about(document.summary or ""),
            "tham_quyen": " ".join(agency),
            "kinh_gui": addressees(recipients[:_MOST_ADDRESSEES]) if addressed else "",
            "quyen_han": "\n".join(document._signing_block()),
            "nguoi_ky": document.signer_id.name or "",
            "noi_nhan": listed(document._places_at_foot(recipients, addressed)),
            "do_khan": URGENT_WORDS.get(document.urgency, ""),
        }

    def _recipient_names(self):
        """Return whom the document goes to, as chosen so far."""
        names = [row.recipient_text for row in self.dispatch_ids.sorted("id")]
        if not names and self.reply_to_id.issuer:
            names = [self.reply_to_id.issuer]
        return [in_sentence(name) for name in names if name]

    def _places_at_foot(self, recipients, addressed):
        """Return the lines below “Nơi nhận:”, the copy on file as the last."""
        if addressed:
            lines = ["Như trên", *recipients[_MOST_ADDRESSEES:]]
        else:
            lines = recipients or ["Như Điều …"]
        own = self.drafting_unit_id != self.unit_id and self.drafting_unit_id.symbol
        return [*lines, f"Lưu: VT, {own}" if own else "Lưu: VT"]
