from datetime import datetime

from odoo import api, models

from ..lib.symbols import word_key
from ..lib.xlsx import MOST_BYTES, MOST_ROWS


class QlvbAccountImportReader(models.AbstractModel):
    """Makes of the texts in a list the persons, units and posts that they name."""

    _name = "qlvb.account.import.reader"
    _description = "Reader of Lists of People"

    def _resolve(self, row):
        """Return a row as number, values of a line, and pairs of column and problem."""
        problems = [(column, self._explain_flaw(code)) for column, code in row.flaws]
        bad = {column for column, _code in row.flaws}
        texts = {
            column: False if column in bad else value
            for column, value in row.values.items()
        }
        values = {
            name: texts[name]
            for name in ("name", "email", "role", "title", "takes_over")
            if texts.get(name)
        }
        self._resolve_units(texts, values, problems)
        if self.kind == "staff":
            self._resolve_staff(texts, values, problems)
        elif self.kind == "grant":
            values["login"] = (texts.get("login") or "").lower()
        else:
            values.pop("name", None)
            self._resolve_person(texts, values, problems)
        return (row.number, values, problems)

    def _resolve_units(self, texts, values, problems):
        if texts.get("unit"):
            unit = self._find_unit(texts["unit"])
            values["unit_id"] = unit.id
            if not unit:
                problems.append(("unit", self._explain_unit(texts["unit"])))

    def _resolve_staff(self, texts, values, problems):
        if texts.get("login"):
            values["login"] = texts["login"].lower()
        if texts.get("since"):
            try:
                since = datetime.strptime(texts["since"], "%d/%m/%Y").date()
            except ValueError:
                problems.append(
                    ("since", self.env._("This is no date. Write day/month/year."))
                )
            else:
                values["date_from"] = since

    def _resolve_person(self, texts, values, problems):
        """Find the person by login, and the post that is left by its unit."""
        user = self._find_account(texts.get("login"), texts.get("name"), problems)
        values["user_id"] = user.id
        if texts.get("keeper"):
            keeper = self._find_account(texts["keeper"], None, problems, "keeper")
            values["keeper_id"] = keeper.id
        if self.kind not in ("transfer", "rotation", "end_post") or not user:
            return
        posts = self.env["qlvb.position"]._current(user)
        if texts.get("left"):
            left = self._find_unit(texts["left"])
            if not left:
                problems.append(("left", self._explain_unit(texts["left"])))
            posts = posts.filtered(lambda post: post.unit_id == left)
        if texts.get("left_role"):
            posts = posts.filtered(lambda post: post.role == texts["left_role"])
        if len(posts) == 1:
            values["position_id"] = posts.id
        elif not posts:
            problems.append(
                ("left", self.env._("The person holds no such post today."))
            )
        else:
            problems.append(
                (
                    "left",
                    self.env._(
                        "The person holds several posts. Enter the unit and the post "
                        "that are left."
                    ),
                )
            )

    def _find_account(self, login, name, problems, column="login"):
        """Return the account of a login; its name, where given, must be the same."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        if not login:
            return users.browse()
        user = users.search([("login", "=", login.lower())], limit=1)
        if not user:
            problems.append(
                (
                    column,
                    self.env._("There is no account “%(login)s”.", login=login),
                )
            )
        elif name and word_key(name) != word_key(user.name):
            problems.append(
                (
                    "name",
                    self.env._(
                        "The account “%(login)s” belongs to %(person)s.",
                        login=login,
                        person=user.name,
                    ),
                )
            )
        return user

    @api.model
    def _find_unit(self, text):
        """Return the unit of that name, or of that symbol where only one has it."""
        # Some dozens of units.
        units = self.env["qlvb.unit"].search([])  # pylint: disable=no-search-all
        wanted = word_key(text)
        named = units.filtered(lambda unit: word_key(unit.name) == wanted)
        if len(named) != 1:
            named = units.filtered(lambda unit: word_key(unit.symbol or "") == wanted)
        return named if len(named) == 1 else units.browse()

    # -- words ----------------------------------------------------------------

    @api.model
    def _explain_unit(self, text):
        return self.env._(
            "“%(text)s” is no unit, or not one alone. Write its full name as it stands "
            "among the units.",
            text=text[:80],
        )

    @api.model
    def _explain_flaw(self, code):
        return {
            "missing": self.env._("Nothing stands here. Fill it in."),
            "role": self.env._(
                "This post is not known. Choose one from the list in the template."
            ),
            "mark": self.env._("Write x for yes, or leave the cell empty."),
            "formula": self.env._(
                "A formula stands here. Copy the cell and paste it as value."
            ),
            "merged": self.env._(
                "This cell is merged with other rows. Split it and fill in each row."
            ),
            "broken": self.env._("The cell shows an error. Enter the value itself."),
        }[code]

    @api.model
    def _explain_file(self, code):
        return {
            "size": self.env._(
                "The file is larger than %(limit)s MB. Split the list.",
                limit=MOST_BYTES >> 20,
            ),
            "kind": self.env._(
                "This is no XLSX file that can be read. Open the list in your "
                "spreadsheet program, save it as .xlsx without a password, and choose "
                "it again."
            ),
            "hostile": self.env._(
                "This file is not made by a spreadsheet program and is not opened. "
                "Copy the rows into the template."
            ),
            "rows": self.env._(
                "The file has more than %(limit)s rows. Split the list.",
                limit=MOST_ROWS,
            ),
            "empty": self.env._("The file is empty. Choose another."),
        }[code]
