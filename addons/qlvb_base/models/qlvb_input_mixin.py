import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import text
from ..lib.commands import commands_have_form, ids_in_commands

_LIMITS = {"char": 300, "text": 4000, "html": 20000}
_LINES = ("text", "html")
_INTEGERS = ("integer", "many2one", "many2one_reference")
_GREATEST = 2**31 - 1
_READERS = {
    "binary": base64.b64decode,
    "date": fields.Date.to_date,
    "datetime": fields.Datetime.to_datetime,
    "float": float,
    "integer": float,
    "many2many": commands_have_form,
    "many2one": lambda value: type(value) is int or isinstance(value, api.NewId),
    "one2many": commands_have_form,
}
"""What reads a value of each type: an error or ``False`` where it cannot."""


class QlvbInputMixin(models.AbstractModel):
    """What comes from outside is looked at before anything is stored.

    Text of every Char, Text and Html field is held to a length and to characters
    that can be read; numbers to what the database holds.  Everything that is
    wrong with a record is told at once, by the fields' labels.  It acts on every
    way into ``create`` and ``write``: form, RPC, import, defaults from a context
    or planted as a user's own.
    """

    _name = "qlvb.input.mixin"
    _description = "Checked Input"

    # Greatest number of characters by field, where the usual does not fit; an
    # addon that extends the model adds its own.
    _text_limits = {}

    def write(self, vals):
        return super().write(self._checked_values(vals))

    @api.model
    def _add_missing_default_values(self, values):
        # The one place that sees what a new record will hold, whatever door its
        # values and defaults came through, before the first row is inserted.
        return self._checked_values(super()._add_missing_default_values(values))

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        for value in translations.values():
            if isinstance(value, str):
                self._checked_values({field_name: value})
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.model
    def _text_limit(self, name):
        """Return the greatest number of characters of a field."""
        for base in type(self).mro():
            limit = vars(base).get("_text_limits", {}).get(name)
            if limit:
                return limit
        return _LIMITS[self._fields[name].type]

    @api.model
    def _checked_values(self, vals):
        """Return ``vals`` with composed letters, or refuse them.

        :raises UserError: naming every field that cannot be stored, and why
        """
        problems, checked = [], dict(vals)
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or value is None or value is False:
                continue
            if field.type in _LIMITS:
                problem = self._problem_of_text(field, value)
                if not problem and isinstance(value, str):
                    checked[name] = text.compose(value)
            else:
                problem = self._problem_of_value(field, value)
            if problem:
                problems.append(problem)
        if problems:
            raise UserError("\n".join(problems))
        return checked

    @api.model
    def _problem_of_text(self, field, value):
        """Return what keeps a text from being stored, or ``None``."""
        # The ORM stores the text of whatever it is given.
        if type(value) is bytes:
            value = value.decode(errors="replace")
        string = value if isinstance(value, str) else str(value)
        limit = self._text_limit(field.name)
        code = text.problem(string, limit, multiline=field.type in _LINES)
        if not code:
            return None
        label = field._description_string(self.env)
        return self._text_message(code, label, len(string), limit)

    @api.model
    def _problem_of_value(self, field, value):
        """Return what keeps a value other than text from being stored, or ``None``."""
        label = field._description_string(self.env)
        if field.type in _INTEGERS and not self._is_storable(value):
            return self.env._(
                "%(label)s: the number is too large to be stored. Correct it.",
                label=label,
            )
        if not self._has_form(field, value):
            return self.env._(
                "%(label)s: what was sent cannot be understood. Enter it again.",
                label=label,
            )
        if not self._may_point_at(field, value):
            return self.env._(
                "%(label)s: the record does not exist, or you have no access to it. "
                "Choose another.",
                label=label,
            )
        return None

    @api.model
    def _has_form(self, field, value):
        """Tell whether a value is of the kind that the field holds.

        Odoo's own answer would be an error of the program or of the database.
        """
        if isinstance(value, models.BaseModel):
            return True
        read = _READERS.get(field.type)
        if field.type == "selection":
            return value in field.get_values(self.env)
        if read is None:
            return True
        try:
            return read(value) is not False
        except (TypeError, ValueError):
            return False

    @api.model
    def _may_point_at(self, field, value):
        """Tell whether the caller sees what a field is to point at.

        Where that is protected: the name of a record one points at is shown, and
        nobody is to go through the names of what they do not see.
        """
        if self.env.su or not field.comodel_name:
            return True
        comodel = self.env[field.comodel_name]
        if not hasattr(comodel, "_seen_ids"):
            return True
        if field.type == "many2one":
            ids = {value.id if isinstance(value, models.BaseModel) else value}
        else:
            ids = ids_in_commands(value)
        ids = {number for number in ids if type(number) is int}
        return not ids - comodel._seen_ids(ids) if ids else True

    def _require_one(self):
        """Raise, in words, where an act on one record was called on none or many."""
        if len(self) != 1:
            raise UserError(self.env._("Choose one record for this."))

    @api.model
    def _read_id(self, value):
        """Return the id that a caller hands in for a record; 0 where it is none."""
        return value if type(value) is int else 0

    @api.model
    def _clean_argument(self, label, value, limit=4000, required=True):
        """Return the tidied text argument of a public method, or refuse it.

        :param label: what the argument is called on screen, translated
        :param limit: greatest number of characters
        :param required: refuse nothing and mere blanks
        :return: the text, ``""`` where there is none
        :raises UserError: where it is missing, no text, too long or unreadable
        """
        if value is None or value is False:
            value = ""
        if not isinstance(value, str):
            raise UserError(
                self.env._("%(label)s must be text. Write it in words.", label=label)
            )
        code = text.problem(value, limit, multiline=True)
        if code:
            raise UserError(self._text_message(code, label, len(value), limit))
        value = text.tidy(value, multiline=True)
        if required and not value:
            raise UserError(
                self.env._("%(label)s is missing. Write a few words.", label=label)
            )
        return value

    @api.model
    def _text_message(self, code, label, length, limit):
        """Return in words what keeps a text from being stored, and what to do."""
        if code == "long":
            return self.env._(
                "%(label)s is %(length)s characters long, at most %(limit)s are "
                "allowed. Shorten it.",
                label=label,
                length=self._grouped(length),
                limit=self._grouped(limit),
            )
        if code == "control":
            return self.env._(
                "%(label)s contains characters that cannot be read (control "
                "characters). Type the text again instead of pasting it.",
                label=label,
            )
        return self.env._(
            "%(label)s contains hidden characters that reverse the direction of "
            "writing. Type the text again instead of pasting it.",
            label=label,
        )

    @api.model
    def _grouped(self, number):
        """Return a number with the thousands mark of the caller's language."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{number:,}".replace(",", lang.thousands_sep or ",")

    @api.model
    def _is_storable(self, value):
        """Tell whether a number fits a column of four bytes.

        What is no number at all is the ORM's to refuse.
        """
        if isinstance(value, models.BaseModel):
            return True
        try:
            return -_GREATEST - 1 <= int(value) <= _GREATEST
        except (TypeError, ValueError):
            return True
        except OverflowError:
            return False
