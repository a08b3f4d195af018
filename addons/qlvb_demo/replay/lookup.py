"""Which records the acts mean, and how they are read before they are acted on."""

from datetime import timedelta

from odoo.addons.qlvb_base.lib import clock

from .naming import NotHere, account, xmlid

LETTER_XMLID = "qlvb_document.qlvb_document_type_cong_van"
READING_TIME = timedelta(minutes=2)


class Lookup:
    """Finds records by the keys, slugs and logins of the replay."""

    def _read(self, act, record, field):
        """Read a record a little before acting on it, as the form does."""
        with clock.frozen(clock.to_utc(act.when - READING_TIME)):
            record.web_read({field: {}})
        # Opening is noted on a cursor of its own; what is read here is now old.
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _name(self, entry, record):
        """Let a record be found again under the key of its entry."""
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": xmlid(entry.key), "record": record, "noupdate": True}]
        )

    def _document(self, act):
        """Return the paper of an act.

        :raises NotHere: its arrival was skipped
        """
        return self._known(act.entry.key)

    def _known(self, key):
        """Return the record of an entry's key.

        :raises NotHere: it never came to be
        """
        record = self.env.ref(xmlid(key), raise_if_not_found=False)
        if not record:
            raise NotHere(f"{key} is not here")
        return record

    def _lines(self, act):
        return [
            {
                "role": line.role,
                "unit_id": self._unit(line.unit),
                "user_id": self._user(line.login) if line.login else False,
                "instruction": line.instruction,
                "deadline": line.deadline,
            }
            for line in act.lines
        ]

    def _unit(self, slug):
        return self.env.ref(f"qlvb_demo.unit_{slug}").id

    def _user(self, login):
        return account(self.env, login).id

    def _field(self, entry):
        if not entry.field:
            return False
        return self.env.ref(f"qlvb_demo.field_{entry.field}").id

    def _type(self, entry):
        """Return the kind of the paper; official letters have no abbreviation."""
        if entry.type == "CV":
            return self.env.ref(LETTER_XMLID)
        return self._kind(entry.type, entry.legislative)

    def _kind(self, code, legislative):
        return self.env["qlvb.document.type"].search(
            [("code", "=", code), ("is_legislative", "=", legislative)], limit=1
        )
