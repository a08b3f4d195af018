from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib import corrections
from ..lib.corrections import FILE
from ..lib.freeze_correction import LINE_SQL

_MAY_BE_EMPTY = ("deadline", "field_id")
_PDF = "application/pdf"


class QlvbCorrectionLine(models.Model):
    """One value that is to be changed: what stands there, and what should.

    Written by who asks as long as the request is a draft; what stands there is
    noted by the system.  Read by whoever reads the request.
    """

    _name = "qlvb.correction.line"
    _description = "Corrected Value"
    _inherit = ["qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "id"
    _rec_name = "correction_id"
    _gated_fields = frozenset({"old_value"})

    correction_id = fields.Many2one(
        "qlvb.correction", required=True, index=True, ondelete="cascade"
    )
    name = fields.Selection("_selection_name", "Value", required=True)
    old_value = fields.Text(readonly=True, copy=False)
    new_value = fields.Text(
        help="As the system keeps it: days as YYYY-MM-DD, a kind by its id"
    )
    old_file_id = fields.Many2one(
        "ir.attachment", "File to be replaced", index="btree_not_null"
    )
    new_file_id = fields.Many2one("ir.attachment", "New file", index="btree_not_null")
    old_text = fields.Text("Was", compute="_compute_texts")
    new_text = fields.Text("Becomes", compute="_compute_texts")

    can_open_old = fields.Boolean(
        compute="_compute_can_open_old", export_string_translation=False
    )

    _name_uniq = models.UniqueIndex(
        "(correction_id, name) WHERE name <> 'file'",
        "Each value is changed once in a request.",
    )
    _file_uniq = models.UniqueIndex(
        "(correction_id, old_file_id)", "Each file is replaced once in a request."
    )

    def init(self):
        result = super().init()
        self.env.cr.execute(LINE_SQL)
        return result

    @api.model
    def _selection_name(self):
        document = self.env["qlvb.document"]
        names = dict.fromkeys((*corrections.IN_FIELDS, *corrections.OUT_FIELDS))
        labels = [
            (name, document._fields[name]._description_string(self.env))
            for name in names
        ]
        return [*labels, (FILE, self.env._("File"))]

    @api.depends("name", "old_value", "new_value", "old_file_id", "new_file_id")
    @api.depends_context("lang", "uid")
    def _compute_texts(self):
        for line in self:
            if line.name == FILE:
                line.old_text = line._file_name("old_file_id")
                line.new_text = line._file_name("new_file_id")
            else:
                line.old_text = line._readable(line.old_value)
                line.new_text = line._readable(line.new_value)

    def _file_name(self, name):
        """Return what a file is called.

        Told to who reads the request where it stands there, and else, while it is
        written, to who sees the file.
        """
        # Superuser: of a file in the request not more than its name is told.
        file = self.sudo()[name]
        known = file == self._origin.sudo()[name]
        return file.name if known or self[name].has_access("read") else False

    @api.depends("old_file_id")
    @api.depends_context("uid")
    def _compute_can_open_old(self):
        """Know whether the reader sees the file that is replaced.

        Before the decision it is the document's, and seen by who sees that.
        """
        for line in self:
            file = line.old_file_id
            line.can_open_old = bool(file) and file.has_access("read")

    def action_open_old(self):
        """Open the file that is replaced (its own rule decides)."""
        return self._open_file("old_file_id")

    def action_open_new(self):
        """Open the file that takes its place (its own rule decides)."""
        return self._open_file("new_file_id")

    def _open_file(self, name):
        self.ensure_one()
        self.check_access("read")
        if not self[name]:
            raise UserError(self.env._("There is no such file."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self[name].id}",
            "target": "new",
        }

    def _readable(self, raw):
        """Return a value as people read it."""
        field = self.env["qlvb.document"]._fields.get(self.name)
        try:
            value = field and corrections.read_back(field.type, raw)
        except ValueError:
            return raw
        if not value:
            return False
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).exists().display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, raw)
        return value

    # -- writing a request ----------------------------------------------------

    @api.model
    def _add_missing_default_values(self, values):
        # Before the first row, where the database would say it in its own words.
        values = super()._add_missing_default_values(values)
        self.env["qlvb.correction"].browse(
            values.get("correction_id") or ()
        )._require_draft()
        return values

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_written()
        return lines

    def write(self, vals):
        if self._passed_gate():
            return super().write(vals)
        self.correction_id._require_draft()
        if "correction_id" in vals:
            raise UserError(self.env._("A line stays with its request."))
        result = super().write(vals)
        self._check_written()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self.correction_id._require_draft()

    def _check_written(self):
        """Hold new lines against the document, and note what stands there now.

        :raises AccessError: a file is not the caller's
        :raises UserError: naming everything that is wrong
        """
        self.correction_id._require_draft()
        problems = self._problems()
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        self._claim_files()
        self._note_present()

    def _claim_files(self):
        """Make the files that were handed over the request's own.

        :raises AccessError: somebody else uploaded it
        :raises UserError: it belongs to another record
        """
        for line in self:
            correction = line.correction_id
            # Superuser: to which record a file belongs is what decides.
            file = line.sudo().new_file_id
            own = (file.res_model, file.res_id) == (correction._name, correction.id)
            if not file or own:
                continue
            if file.create_uid != self.env.user:
                raise AccessError(self.env._("The file was uploaded by somebody else."))
            if file.res_id:
                raise UserError(
                    self.env._(
                        "%(file)s belongs to another record. Upload the file itself.",
                        file=file.name,
                    )
                )
            file.write(
                {
                    "res_model": correction._name,
                    "res_id": correction.id,
                    "res_field": False,
                    "public": False,
                }
            )
            # Before the request is submitted: from then on the database keeps it.
            file.flush_recordset()

    def _note_present(self):
        """Note what stands in the document now."""
        for line in self:
            if line.name != FILE:
                line._through_gate().old_value = line._present()

    def _present(self):
        """Return what stands in the document now, as a line holds it."""
        # Superuser: who decides need not see the document.
        value = self.sudo().correction_id.document_id[self.name]
        is_record = isinstance(value, models.BaseModel)
        return corrections.told(value.id if is_record else value) or False

    def _value(self):
        """Return the new value, as the field of the document holds it.

        :raises ValueError: it is no such value
        """
        field = self.env["qlvb.document"]._fields[self.name]
        return corrections.read_back(field.type, self.new_value)

    # -- what is wrong with them ----------------------------------------------

    def _problems_since_asked(self):
        """Return which values are no longer what they were when it was asked."""
        problems = []
        # Superuser: who decides need not see the document.
        for line in self.sudo():
            document = line.correction_id.document_id
            if line.name == FILE:
                gone = line.old_file_id - document.attachment_ids
                if gone:
                    problems.append(
                        self.env._(
                            "%(file)s was replaced since this was asked for. Refuse "
                            "the request and have a new one written.",
                            file=gone.name,
                        )
                    )
            elif line._present() != line.old_value:
                problems.append(
                    self.env._(
                        "%(label)s was changed since this was asked for and is now "
                        "“%(value)s”. Refuse the request and have a new one written.",
                        label=line._label(),
                        value=line._readable(line._present()) or "",
                    )
                )
        return problems

    def _problems(self):
        """Return everything that is wrong with what is asked, line by line."""
        # Superuser: who decides need not see the document.
        return [problem for line in self.sudo() for problem in line._problems_of_one()]

    def _label(self):
        return dict(self._fields["name"]._description_selection(self.env))[self.name]

    def _problems_of_one(self):
        document = self.correction_id.document_id
        label = self._label()
        if self.name not in corrections.correctable(document.direction):
            return [
                self.env._(
                    "%(label)s of %(document)s cannot be corrected. What was issued "
                    "is amended or replaced by another document.",
                    label=label,
                    document=document.display_name,
                )
            ]
        if self.name == FILE:
            return self._problems_of_file(document)
        if self.old_file_id or self.new_file_id:
            return [self.env._("A file belongs to the line of a file alone.")]
        if not self.new_value and self.name not in _MAY_BE_EMPTY:
            return [self.env._("%(label)s: enter what it should be.", label=label)]
        try:
            value = self._value()
            document._checked_values({self.name: value})
        except ValueError:
            return [
                self.env._(
                    "%(label)s: what was sent cannot be understood. Enter it again.",
                    label=label,
                )
            ]
        except UserError as error:
            return [str(error)]
        if self._present() == (self.new_value or False):
            return [
                self.env._(
                    "%(label)s is “%(value)s” already.",
                    label=label,
                    value=self._readable(self.new_value) or "",
                )
            ]
        return self._problems_of_value(document, label, value)

    def _problems_of_value(self, document, label, value):
        """Return what else is wrong with a value that can be stored."""
        field = document._fields[self.name]
        if field.type == "many2one" and value:
            record = self.env[field.comodel_name].browse(value).exists()
            foreign = self.name == "field_id" and record.unit_id != document.unit_id
            if not record or foreign:
                return [
                    self.env._(
                        "%(label)s: the record does not exist, or you have no access "
                        "to it. Choose another.",
                        label=label,
                    )
                ]
        if self.name == "received_date" and value.year != document.received_date.year:
            return [
                self.env._(
                    "The date of arrival stays in %(year)s: the number was given in "
                    "that year's register.",
                    year=document.received_date.year,
                )
            ]
        if self.name == "deadline" and value:
            waits = document.state in document._waiting_states
            if value < document.received_date or (waits and value < clock.today()):
                return [
                    self.env._(
                        "The deadline lies in the past. Enter a day from today on."
                    )
                ]
        return []

    def _problems_of_file(self, document):
        """Return what is wrong with a file that is to be replaced or added."""
        old, new = self.old_file_id, self.new_file_id
        if not new or self.new_value:
            return [self.env._("Choose the file that is to be put there.")]
        if old - document.attachment_ids:
            return [self.env._("The file to be replaced is not one of the document's.")]
        if old.mimetype == _PDF and new.mimetype != _PDF:
            return [self.env._("The scan must be a PDF file. Choose another file.")]
        return []
