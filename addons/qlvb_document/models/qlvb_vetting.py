import hashlib
from dataclasses import replace

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools.lru import LRU

from ..lib import vetting
from ..lib.admission import PETITION, SECRET
from ..lib.marks import html_text, secrecy_mark
from ..lib.vetting_signs import FileRefused
from .qlvb_admission_mixin import AdmissionRefused

DEFAULT_LIMIT_MB = 30
_COMPOSERS = (
    False,
    None,
    "",
    "mail.compose.message",
    "mail.message",
    "mail.scheduled.message",
)
_MOST_WORDS = 1_000_000
"""Characters of a message: more is no message, and takes its time to be read."""
_KNOWN = LRU(256)
"""Verdicts by digest: the same bytes are the same file, and reading it costs."""


class FileNotTaken(UserError):
    """A file that is refused for what it is, whatever stands in it."""


class QlvbVetting(models.AbstractModel):
    """The gate before files and texts, wherever they come in (Article 3).

    Every door that stores a file or words of people on our records asks here
    first, so that of what is refused nothing was ever written.  A paper that
    Article 3 keeps out raises ``AdmissionRefused`` and takes what is already
    stored of it with it; a file that is broken, dangerous or of a kind not taken
    raises ``FileNotTaken``.  Both are journalled once, without name or contents.
    """

    _name = "qlvb.vetting"
    _description = "Gate before Files and Texts"

    # -- files ----------------------------------------------------------------

    @api.model
    def _vet_file(self, name, content, door, model="ir.attachment", leftovers=None):
        """Judge a file before it is stored.

        :param name: as it will be called; ``None`` where it has no name
        :param content: its bytes
        :param door: by which door it comes: ``file``, ``scan``, ``message`` …
        :param leftovers: dict of model name to ids: what of the paper is stored
            already and goes with it, if Article 3 keeps it out
        :return: what it is, a :class:`Vetted`
        :raises AdmissionRefused: it bears a secrecy mark or is a petition
        :raises FileNotTaken: naming what is wrong and what to do
        """
        digest = hashlib.sha256(content).digest()
        known_name = name is not None
        name = name if isinstance(name, str) else str(name or "")
        try:
            if len(content) > self._file_limit() * 1024 * 1024:
                raise FileRefused("large")
            if known_name:
                vetting.vet_name(name)
            found = self._verdict(digest, content)
            if known_name:
                vetting.vet_name(name, found.mimetype)
        except FileRefused as error:
            if self._is_first((digest, name, error.code)):
                self.env["qlvb.journal"]._log_apart(
                    "file_refused", data={"door": door, "code": error.code}
                )
            raise FileNotTaken(self._explain_file(error.code)) from None
        if found.secrecy or secrecy_mark(name.rpartition(".")[0]):
            self._refuse_paper(SECRET, door, model, (digest, name), leftovers)
        if found.petition:
            self._refuse_paper(PETITION, door, model, (digest, name), leftovers)
        return found

    @api.model
    def _vet_table(self, name, content):
        """Judge a table whose rows are to be imported: an Excel file, or text.

        :raises AdmissionRefused: a secrecy mark stands in a cell of it
        :raises FileNotTaken: naming what is wrong and what to do
        """
        text = vetting.table_text(content)
        if text is None:
            self._vet_file(name, content, "import", "base_import.import")
        else:
            self._vet_words([text], "import", "base_import.import")

    @api.model
    def _verdict(self, digest, content):
        """Return what is in a file, having read the same bytes only once.

        :raises FileRefused: as ``vet``
        """
        known = _KNOWN.get(digest)
        if known is None:
            try:
                known = vetting.vet(content)
                if not (known.secrecy or known.petition):
                    # Words are kept for this transaction at most, verdicts for all.
                    self._heads()[digest] = known.head
                known = replace(known, head="")
            except FileRefused as error:
                known = error.code
            if known != "heavy":
                # That one may be due to the load of the moment.
                _KNOWN[digest] = known
        if isinstance(known, str):
            raise FileRefused(known)
        return known

    @api.model
    def _heads(self):
        """Return the text of first pages read in this transaction, by digest."""
        return self.env.cr.cache.setdefault("qlvb.heads", {})

    @api.model
    def _head(self, content):
        """Return the text of the first page of a file that passed the gate."""
        digest = hashlib.sha256(content).digest()
        heads = self._heads()
        if digest not in heads:
            heads[digest] = vetting.vet(content).head
        return heads[digest]

    @api.model
    def _vet_stored(self, ids, door, leftovers=None):
        """Judge files that were stored for something else and are now claimed.

        Those alone that the caller uploaded; others' are refused elsewhere.
        """
        # Superuser: to be judged a file need not be read by the caller.
        files = self.env["ir.attachment"].sudo().browse(ids).exists()
        for file in files.filtered(lambda file: not file.qlvb_vetted):
            if file.create_uid == self.env.user:
                file._keep_facts(
                    self._vet_file(file.name, file.raw or b"", door, None, leftovers)
                )

    @api.model
    def _file_limit(self):
        """Return the greatest size of a file in megabytes."""
        # Superuser: settings are nobody's to read, their effect is everybody's.
        value = self.env["ir.config_parameter"].sudo().get_param("qlvb.file_limit_mb")
        try:
            return max(float(value), 0) or DEFAULT_LIMIT_MB
        except (TypeError, ValueError):
            return DEFAULT_LIMIT_MB

    # -- texts ----------------------------------------------------------------

    @api.model
    def _vet_words(self, values, door, model, leftovers=None):
        """Judge texts before they are stored.

        :param values: the texts; HTML where a text has tags
        :raises AdmissionRefused: a secrecy mark stands in one of them
        :raises UserError: a text is as long as a book
        """
        for value in values:
            if isinstance(value, bytes):
                value = value.decode(errors="replace")
            if not isinstance(value, str) or not value:
                continue
            if door != "import" and len(value) > _MOST_WORDS:
                gate = self.env["qlvb.input.mixin"]
                label = self.env._("Text")
                raise UserError(
                    gate._text_message("long", label, len(value), _MOST_WORDS)
                )
            # A second time: what was plain to its writer was escaped on the way.
            texts = [value, html_text(value), html_text(html_text(value))]
            if any(map(secrecy_mark, dict.fromkeys(texts))):
                key = (model, hashlib.sha256(value.encode(errors="replace")).digest())
                self._refuse_paper(SECRET, door, model, key, leftovers)

    # -- what is judged -------------------------------------------------------

    @api.model
    def _is_ours(self, model):
        """Tell whether records of a model hold papers, or work on them."""
        return isinstance(model, str) and (
            model.startswith("qlvb.")
            or model in self.env["qlvb.sight.mixin"]._guarded_names()
        )

    @api.model
    def _is_judged(self, model, res_id, res_field=None):
        """Tell whether a file with this place passes the gate.

        What hangs on our records, whoever stores it; and what people send ahead
        of a record or a message.  Pictures of people, logos, assets and what the
        system keeps in fields are none of that.
        """
        if res_field and self.env.su:
            return False
        if self._is_ours(model):
            return True
        if not res_id or model == "mail.compose.message":
            return model in _COMPOSERS and self.env.uid != SUPERUSER_ID
        sight = self.env.registry["qlvb.sight.mixin"]
        if isinstance(model, str) and issubclass(
            self.env.registry.get(model, int), sight
        ):
            holder = self.env[model].sudo().browse(int(res_id)).exists()
            return bool(holder and holder._guarded_target())
        return False

    # -- refusals -------------------------------------------------------------

    @api.model
    def _refuse_paper(self, ground, door, model, key, leftovers=None):
        """Refuse what Article 3 keeps out and destroy what is stored of it.

        :param key: by what the same paper is known again within the request
        :raises AdmissionRefused: always
        """
        gate = self.env["qlvb.document"]
        if self._is_first((ground, key)):
            gate._record_refusal(ground, door, model=model or "ir.attachment")
        self.env["qlvb.shredder"]._destroy(leftovers or {})
        raise AdmissionRefused(gate._explain_refusal(ground))

    @api.model
    def _is_first(self, key):
        """Tell whether this is refused for the first time in the request."""
        seen = self.env.cr.cache.setdefault("qlvb.refusals", set())
        if key in seen:
            return False
        seen.add(key)
        return True

    @api.model
    def _explain_file(self, code):
        """Return what is wrong with a file and what to do, in words."""
        return {
            "empty": self.env._(
                "The file is empty (0 bytes). Scan or save the paper again and choose "
                "the new file."
            ),
            "large": self.env._(
                "The file is larger than %(limit)s MB. Scan at 200–300 dpi in black "
                "and white, or split it into several files.",
                limit=f"{self._file_limit():g}",
            ),
            "name": self.env._(
                "The name of the file contains characters that mislead (path, control "
                "characters or hidden change of writing direction). Rename the file "
                "and choose it again."
            ),
            "long": self.env._(
                "The name of the file is longer than %(limit)s characters. Give it a "
                "shorter name and choose it again.",
                limit=vetting.MAX_NAME,
            ),
            "double": self.env._(
                "The name of the file hides the name of a program (such as "
                "“.exe.pdf”). Do not open it; ask the sender for the paper as PDF."
            ),
            "type": self.env._(
                "Files of this type are not taken. Taken are PDF, DOCX, XLSX, PNG, "
                "JPEG and TIFF. Save the paper as PDF and choose it again."
            ),
            "old": self.env._(
                "Old or foreign Office files (.doc, .xls, .odt …) are not taken. Open "
                "the file, save it as .docx, .xlsx or PDF, and choose the new one."
            ),
            "mismatch": self.env._(
                "What is in the file is not what its name says. It may be a program "
                "or a renamed file: do not open it. Ask the sender for the paper as "
                "PDF."
            ),
            "password": self.env._(
                "The file is locked with a password and cannot be kept. Remove the "
                "password, or print the paper to PDF, and choose the new file."
            ),
            "broken": self.env._(
                "The file is damaged or was cut off. Scan or save the paper again and "
                "choose the new file."
            ),
            "bomb": self.env._(
                "The file unpacks to a size that would harm the system. Do not open "
                "it; ask the sender for the paper as PDF."
            ),
            "pixels": self.env._(
                "The picture has too many pixels. Scan at 200–300 dpi and choose the "
                "new file."
            ),
            "polyglot": self.env._(
                "The file is two files in one: something else is hidden before or "
                "behind the paper. Do not open it; ask the sender for the paper as PDF."
            ),
            "active": self.env._(
                "The file contains macros, scripts or files embedded in it. Save it "
                "without them, or print the paper to PDF, and choose the new file."
            ),
            "heavy": self.env._(
                "The file cannot be read in reasonable time. Print the paper to PDF "
                "and choose the new file."
            ),
            "link": self.env._("A link is no file. Upload the file itself."),
            "torn": self.env._("The file did not arrive whole. Choose it again."),
        }[code]
