"""The committee's outgoing register, with what stands in it."""

from datetime import date, datetime

from odoo.addons.qlvb_base.lib import clock

from .common import DocumentCase


class RegisterCase(DocumentCase):
    """The committee's outgoing register of 2026; decisions are issued into it."""

    def setUp(self):
        super().setUp()
        self.register = self.opened(self.committee, self.clerk)

    def opened(self, unit, clerk, direction="out", kind=None):
        """Return the register of this year that a clerk opens before its first use."""
        registers = self.env["qlvb.register"].with_user(clerk)
        return registers.browse(
            registers.action_open(unit.id, direction, kind and kind.id)
        )

    def by(self, user, record=None):
        """Return a record (the register by default) as ``user`` calls it."""
        return (record or self.register).with_user(user).sudo(False)

    def issue(self, day=None, entry=None, document=None, **values):
        """Return a decision, signed and dated on a day, today by default."""
        if not document:
            with clock.frozen(self._office_hours(day)):
                document = self.checked(self.signed(**values))
        document.with_user(self.clerk).action_issue(day, entry and entry.id)
        return document

    def _office_hours(self, day):
        """Return nine in the morning of a day in Hà Nội, or now if that is to come."""
        now = clock.now()
        return min(now, datetime.fromisoformat(f"{day}T02:00")) if day else now

    def reserve(self, count=1, by=None):
        """Return the numbers that a clerk reserves."""
        ids = self.by(by or self.clerk).action_reserve(
            count, "Quyết định nhân sự chờ ký", "Phòng Nội vụ"
        )
        return self.env["qlvb.register.entry"].browse(ids).with_user(self.clerk)

    def insert(self, number, by=None):
        """Return a number that the head has inserted."""
        entry = self.by(by or self.chairman).action_insert(
            number, "Theo quyết định của Chủ tịch", "Phòng VHTT"
        )
        return self.env["qlvb.register.entry"].browse(entry).with_user(self.clerk)

    def assertWhole(self, register=None):
        """Check that the row of numbers has neither gap nor double."""
        self.assertEqual((register or self.register).sudo()._gaps(), {})

    def assertDatabaseRefuses(self, words, query, *values):
        """Check that the database itself refuses a statement."""
        self.env.flush_all()
        with (
            self.assertRaises(Exception) as caught,
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, values)
        self.assertIn(words, str(caught.exception))

    @staticmethod
    def day(text):
        return date.fromisoformat(text)
