import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib import clock, staff_sheet, xlsx
from ..models.qlvb_account_request import KINDS

MOST_ROWS = 500
"""So many people are asked for at once; a decision names no more."""
MOST_SHOWN = 300


class QlvbAccountImport(models.TransientModel):
    """Prepares a request for many people, or takes a staff list in, from XLSX.

    First a dry run that tells what is wrong with each row: the very conditions on
    which the request would be submitted.  Nothing is stored before every row is in
    order.  For the Office alone.
    """

    _name = "qlvb.account.import"
    _description = "People From a Spreadsheet"
    _inherit = ["qlvb.account.import.reader", "qlvb.input.mixin"]

    kind = fields.Selection(
        [
            # One by one: what is wrong with a name is no list.
            *(kind for kind in KINDS if kind[0] in staff_sheet.KIND_COLUMNS),
            ("staff", "Staff list, to compare with the accounts"),
        ],
        "What is asked for",
        required=True,
        default="grant",
    )
    decision_number = fields.Char("Decision number")
    decision_date = fields.Date("Date of the decision")
    effective_date = fields.Date(
        "Effective from", required=True, default=lambda self: clock.today()
    )
    note = fields.Char("Reason")
    file = fields.Binary("List (XLSX)", attachment=False)
    file_name = fields.Char("Name of the file")
    state = fields.Selection(
        [("draft", "Choose the list"), ("checked", "Checked")],
        required=True,
        readonly=True,
        default="draft",
    )
    line_count = fields.Integer("People", readonly=True, aggregator=None)
    problem_count = fields.Integer("Problems", readonly=True, aggregator=None)
    problem_ids = fields.One2many(
        "qlvb.account.import.problem", "wizard_id", "Bad rows", readonly=True
    )
    template_url = fields.Char(
        compute="_compute_template_url", export_string_translation=False
    )

    @api.depends("kind")
    def _compute_template_url(self):
        for wizard in self:
            wizard.template_url = f"/qlvb/account-template/{wizard.kind or 'grant'}"

    @api.onchange("kind", "file", "effective_date")
    def _onchange_list(self):
        # What was checked is another list now.
        self.state = "draft"
        self.problem_count = 0

    def action_check(self):
        """Read the list and tell what is wrong with each row; store nothing of it.

        :return: an action that shows what was found
        :raises AccessError: the caller is not of the Office
        :raises UserError: the file cannot be read, or has no headings
        """
        self._require_one()
        self._require_office()
        rows, problems = self._examine()
        self.problem_ids.sudo().unlink()
        self.write(
            {
                "state": "checked",
                "line_count": len(rows),
                "problem_count": len(problems),
            }
        )
        self.env["qlvb.account.import.problem"].sudo().create(
            [
                {
                    "wizard_id": self.id,
                    "row": number,
                    "column": staff_sheet.COLUMNS.get(column, ""),
                    "explanation": explanation,
                }
                for number, column, explanation in problems[:MOST_SHOWN]
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_base.qlvb_account_import_action"
        )
        return action | {"res_id": self.id}

    def action_import(self):
        """Make a draft request of the list, or take the staff list in: all or nothing.

        :return: an action that opens what was made
        :raises AccessError: the caller is not of the Office
        :raises UserError: a row is bad, also one that was good when checked
        """
        self._require_one()
        self._require_office()
        rows, problems = self._examine()
        if problems:
            number, _column, explanation = problems[0]
            raise UserError(
                self.env._(
                    "Nothing was taken over: %(count)s problems stand against it. The "
                    "first: row %(row)s: %(problem)s",
                    count=len(problems),
                    row=number,
                    problem=explanation,
                )
            )
        lines = [values for _number, values, _problems in rows]
        if self.kind == "staff":
            action = self.env["qlvb.staff"]._take_in(lines)
        else:
            request = self._make_request(lines)
            action = {
                "type": "ir.actions.act_window",
                "res_model": request._name,
                "res_id": request.id,
                "views": [(False, "form")],
                "target": "main",
            }
        # The list is in: the file goes.
        self.unlink()
        return action

    def _require_office(self):
        if not self.env["qlvb.position"]._is_of_office():
            raise AccessError(
                self.env._("Requests about accounts are prepared by the Office.")
            )

    # -- the dry run ----------------------------------------------------------

    def _examine(self):
        """Return the rows of the list and what is wrong with them.

        :return: triples of row number, values and problems; and all the problems as
            triples of row number, column and words
        """
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose the file of the list."))
        try:
            raw = base64.b64decode(content, validate=True)
            sheets = xlsx.read_sheets(raw)
            places, below = staff_sheet.find_table(sheets, self.kind)
        except (binascii.Error, ValueError):
            raise UserError(self._explain_file("kind")) from None
        except xlsx.SheetError as error:
            raise UserError(self._explain_file(error.code)) from None
        except staff_sheet.HeadingError as error:
            missing = [staff_sheet.COLUMNS[column] for column in error.missing]
            raise UserError(
                self.env._(
                    "The headings were not found. Still wanted: %(columns)s. Download "
                    "the template and copy the rows into it.",
                    columns=", ".join(missing),
                )
            ) from None
        read = staff_sheet.read_rows(places, below, self.kind)
        if not read:
            raise UserError(self.env._("There are no people below the headings."))
        if len(read) > MOST_ROWS:
            raise UserError(
                self.env._(
                    "The list has %(count)s people, at most %(limit)s are taken at "
                    "once. Split it.",
                    count=len(read),
                    limit=MOST_ROWS,
                )
            )
        rows = [self._resolve(row) for row in read]
        if self.kind != "staff":
            self._try_out(rows)
        problems = [
            (number, column, words)
            for number, _values, found in rows
            for column, words in found
        ]
        return rows, problems

    def _try_out(self, rows):
        """Add what would stand against the request, and leave nothing of it behind."""
        good = [row for row in rows if not row[2]]
        if not good:
            return
        with self.env.cr.savepoint() as savepoint:
            request = self._make_request([values for _number, values, _found in good])
            day = request._effective_day()
            for line, (_number, _values, found) in zip(
                request.line_ids, good, strict=True
            ):
                found += [("", words) for words in line._problems(day)]
            together = [*request._unmet_decision(), *request.sudo()._unmet_house()]
            rows[0][2].extend(("", words) for words in together)
            savepoint.rollback()

    def _make_request(self, lines):
        return self.env["qlvb.account.request"].create(
            {
                "kind": self.kind,
                "decision_number": self.decision_number,
                "decision_date": self.decision_date,
                "effective_date": self.effective_date,
                "note": self.note,
                "line_ids": [
                    fields.Command.create(values | {"sequence": place})
                    for place, values in enumerate(lines, 1)
                ],
            }
        )
