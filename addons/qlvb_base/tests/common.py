"""An office with somebody in every post, and the words in which tests speak of it."""

from contextlib import contextmanager, nullcontext, suppress
from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase

from ..lib import clock

NOW = datetime(2026, 8, 26, 2)
"""The moment at which tests stand: Wednesday 26 August 2026, 9:00 in Hà Nội."""

TODAY = date(2026, 8, 26)

STAFF = (
    ("head", "head"),
    ("deputy", "deputy"),
    ("one", "specialist"),
    ("two", "specialist"),
    ("clerk", "clerk"),
)
"""Who works in every agency and commune: name in the test, post."""

UNITS = ("culture", "justice", "commune")
"""The units that have all of these, and an account of their own."""


class OfficeCase(TransactionCase):
    """A district: committee, Office, two agencies and a commune, all posts filled.

    ``committee`` with ``chairman``, ``vice_culture``, ``vice_economy`` (each with a
    field of work), ``chief`` (who also heads ``office``) and ``clerk`` (also the
    Office's); ``culture`` (VHTT), ``justice`` (TP) and ``commune`` with
    ``<unit>_head``, ``_deputy``, ``_one``, ``_two`` (specialists), ``_clerk`` and
    ``_account`` (the unit's own login, kept by its clerk); ``administrator``, the
    technical one, and ``outsider``, an account without a post.

    Nobody's groups are set by hand: they follow from the posts.  The clock stands
    still at ``NOW``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(clock.frozen(NOW))
        cls.env["res.lang"]._activate_lang("vi_VN")
        # A cursor of its own would commit, and see nothing of this transaction.
        cls.classPatch(
            cls.registry["qlvb.journal"],
            "_own_cursor",
            lambda journal: nullcontext(journal.env.cr),
        )
        cls._build_people()
        cls._build_units()
        cls._build_posts()

    @classmethod
    def _build_units(cls):
        Unit = cls.env["qlvb.unit"]
        cls.committee = Unit.create(
            {"name": "Ủy ban nhân dân huyện", "symbol": "UBND", "kind": "committee"}
        )
        below = (
            ("office", "Văn phòng", "VP", "office"),
            ("culture", "Phòng Văn hóa và Thông tin", "VHTT", "department"),
            ("justice", "Phòng Tư pháp", "TP", "department"),
            ("commune", "Ủy ban nhân dân xã", "UBND", "commune"),
        )
        units = Unit.create(
            [
                {
                    "name": label,
                    "symbol": symbol,
                    "kind": kind,
                    "parent_id": cls.committee.id,
                    "account_user_id": name in UNITS
                    and getattr(cls, f"{name}_account").id,
                    "keeper_id": name in UNITS and getattr(cls, f"{name}_clerk").id,
                }
                for name, label, symbol, kind in below
            ]
        )
        for (name, *_values), unit in zip(below, units, strict=True):
            setattr(cls, name, unit)
        cls.field_culture, cls.field_economy = cls.env["qlvb.work.field"].create(
            [
                {"name": name, "unit_id": cls.committee.id}
                for name in ("Văn hóa - Xã hội", "Kinh tế")
            ]
        )

    @classmethod
    def _build_people(cls):
        names = [
            "chairman",
            "vice_culture",
            "vice_economy",
            "chief",
            "clerk",
            "administrator",
            "outsider",
        ]
        for unit in UNITS:
            names += [f"{unit}_{name}" for name, _role in STAFF]
            names.append(f"{unit}_account")
        for name, user in zip(names, cls.new_users(*names), strict=True):
            setattr(cls, name, user)

    @classmethod
    def _build_posts(cls):
        posts = [
            (cls.chairman, cls.committee, "head", {}),
            (
                cls.vice_culture,
                cls.committee,
                "deputy",
                {"field_ids": cls.field_culture.ids},
            ),
            (
                cls.vice_economy,
                cls.committee,
                "deputy",
                {"field_ids": cls.field_economy.ids},
            ),
            (cls.chief, cls.committee, "chief_of_office", {}),
            (cls.chief, cls.office, "head", {}),
            (cls.clerk, cls.committee, "clerk", {}),
            (cls.clerk, cls.office, "clerk", {}),
            (cls.administrator, cls.office, "administrator", {}),
        ]
        for unit in UNITS:
            posts += [
                (getattr(cls, f"{unit}_{name}"), getattr(cls, unit), role, {})
                for name, role in STAFF
            ]
        cls.env["qlvb.position"].create(
            [
                {
                    "user_id": user.id,
                    "unit_id": unit.id,
                    "role": role,
                    "date_from": "2011-06-01",
                    **more,
                }
                for user, unit, role, more in posts
            ]
        )

    # -- building blocks ------------------------------------------------------

    @classmethod
    def new_users(cls, *names):
        """Create accounts without any post; the login is ``test.<name>``."""
        Users = cls.env["res.users"].with_context(
            no_reset_password=True, mail_create_nolog=True
        )
        # A drawn portrait for each of them is a third of the whole set-up.
        Partner = cls.registry["res.partner"]
        with patch.object(Partner, "_avatar_generate_svg", lambda partner: False):
            return Users.create(
                [
                    {
                        "name": f"Test {name}",
                        "login": f"test.{name}",
                        "email": f"{name}@example.com",
                        "lang": "vi_VN",
                        "tz": "Asia/Ho_Chi_Minh",
                    }
                    for name in names
                ]
            )

    @classmethod
    def give_post(cls, user, unit, role, date_from="2011-06-01", **values):
        """Give ``user`` a post in ``unit``, as the system does on a decision."""
        return cls.env["qlvb.position"].create(
            {
                "user_id": user.id,
                "unit_id": unit.id,
                "role": role,
                "date_from": date_from,
                **values,
            }
        )

    @classmethod
    def post_of(cls, user, unit):
        """Return the posts that ``user`` holds or held in ``unit``."""
        return cls.env["qlvb.position"].search(
            [("user_id", "=", user.id), ("unit_id", "=", unit.id)]
        )

    @classmethod
    def end_post(cls, user, unit, last_day):
        """Let the posts of ``user`` in ``unit`` end with ``last_day``."""
        cls.post_of(user, unit).write({"date_to": last_day})

    @classmethod
    def delegate(cls, head, deputy, unit, **values):
        """Let ``head`` delegate to ``deputy`` and put it in force; today by default."""
        delegation = (
            cls.env["qlvb.delegation"]
            .with_user(head)
            .create({"delegate_id": deputy.id, "unit_id": unit.id, **values})
        )
        delegation.action_activate()
        return delegation

    @classmethod
    def absent(cls, person, by=None, **values):
        """Record that ``person`` is away, today by default; by themselves or ``by``."""
        return (
            cls.env["qlvb.absence"]
            .with_user(by or person)
            .create({"user_id": person.id, "reason": "mission", **values})
        )

    @contextmanager
    def at(self, *moment):
        """Stand at another moment of the wall clock in Hà Nội: ``at(2026, 8, 27, 9)``.

        As in a request of its own: nothing is kept from the moment before.
        """
        self.env.flush_all()
        with clock.frozen(clock.to_utc(datetime(*moment))):
            self.env.invalidate_all()
            yield
            self.env.flush_all()
        self.env.invalidate_all()

    # -- domain assertions ----------------------------------------------------

    def assertState(self, record, state):
        """Check the state as the database holds it."""
        record.env.flush_all()
        record.invalidate_recordset()
        self.assertEqual(record.sudo().state, state)

    def assertCanRead(self, user, record):
        """Check that ``user`` finds, counts and reads the record."""
        self.env.flush_all()
        self.env.invalidate_all()
        record = record.with_env(self.env(user=user, su=False))
        domain = [("id", "=", record.id)]
        self.assertEqual(record.search(domain), record, f"{user.login} finds it")
        self.assertEqual(record.search_count(domain), 1, f"{user.login} counts it")
        self.assertTrue(record.has_access("read"), f"{user.login} has access")
        record.read(["display_name"])

    def assertCannotRead(self, user, record):
        """Check that ``user`` neither finds, counts nor reads the record."""
        self.env.flush_all()
        self.env.invalidate_all()
        record = record.with_env(self.env(user=user, su=False))
        domain = [("id", "=", record.id)]
        # Without any access to the model there is nothing to search.
        with suppress(AccessError):
            self.assertFalse(record.search(domain), f"{user.login} finds it")
            self.assertFalse(record.search_count(domain), f"{user.login} counts it")
        self.assertFalse(record.has_access("read"), f"{user.login} has access")
        with self.assertRaises(AccessError):
            record.read(["display_name"])

    def assertRefused(self, words, method, *args, **kwargs):
        """Check that the call is refused and that the message holds all the words.

        :return: the message
        """
        with self.assertRaises(UserError) as caught:
            method(*args, **kwargs)
        message = str(caught.exception)
        for word in [words] if isinstance(words, str) else words:
            self.assertIn(word, message)
        return message

    def assertDenied(self, method, *args, **kwargs):
        """Check that the caller is told that they may not.

        :return: the message
        """
        with self.assertRaises(AccessError) as caught:
            method(*args, **kwargs)
        return str(caught.exception)

    def journal(self, event, record=None):
        """Return the rows of an act, of one record or of all, oldest first."""
        domain = [("event", "=", event)]
        if record is not None:
            domain += [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["qlvb.journal"].sudo().search(domain, order="id")

    def assertJournal(self, event, record, user, count=1, **details):
        """Check that the act stands in the journal, last done by ``user``.

        :param details: expected columns of the last row: ``on_behalf_of_id``,
            ``unit_id``, ``keeper_id`` as records, ``data`` as a dict
        :return: the last row
        """
        rows = self.journal(event, record)
        self.assertEqual(len(rows), count, f"rows “{event}”")
        self.assertEqual(rows[-1].user_id, user)
        self.assertEqual(rows[-1].date, clock.now())
        for name, value in {"on_behalf_of_id": None, **details}.items():
            if name == "on_behalf_of_id" and value is None:
                self.assertFalse(rows[-1].on_behalf_of_id)
            else:
                self.assertEqual(rows[-1][name], value)
        return rows[-1]
