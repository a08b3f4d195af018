from odoo.http import request

from odoo.addons.web.controllers import export

_DAY = "dd/mm/yyyy"


class _PlainCells:
    """Cells that hold what they show, in the way Vietnamese offices write days.

    A subject that begins with “=” is a text like any other: whoever wrote it does
    not get to run a formula on the desk of whoever exports the list.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.date_style.set_num_format(_DAY)
        self.datetime_style.set_num_format(f"{_DAY} hh:mm")

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class _Writer(_PlainCells, export.ExportXlsxWriter):
    """A list as it stands."""


class _GroupWriter(_PlainCells, export.GroupExportXlsxWriter):
    """A list in groups."""


class QlvbExcelExport(export.ExcelExport):
    """The “Export all” of every list, with plain cells and a plain name."""

    def filename(self, base):
        """Return the file's name: what people call these records."""
        if base not in request.env:
            return super().filename(base)
        return request.env["ir.model"]._get(base).name

    def from_group_data(self, fields, columns_headers, groups):
        with _GroupWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with _Writer(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value
