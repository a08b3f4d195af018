from .common import TODAY, OfficeCase

_SYSTEM = ("user_root", "user_admin", "public_user")


class AccountCase(OfficeCase):
    """The Office that prepares requests about accounts, and the chairman.

    Alone in the house: units and posts of a demo would bear the same names, and
    another chair would stand beside this one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = (cls.committee | cls.committee.child_ids).ids
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE qlvb_unit SET name = 'Nơi khác ' || id, symbol = 'K' || id "
            "WHERE id != ALL(%s)",
            [own],
        )
        cls.env.cr.execute(
            "UPDATE qlvb_position SET date_from = '1990-01-01', date_to = '1990-12-31' "
            "WHERE unit_id != ALL(%s)",
            [own],
        )
        cls.env.cr.execute(
            "UPDATE res_users SET login = 'noi-khac.' || id "
            "WHERE login NOT LIKE 'test.%%' AND id NOT IN %s",
            [tuple(cls.env.ref(f"base.{x}").id for x in _SYSTEM)],
        )
        cls.env.invalidate_all()

    @classmethod
    def ask(cls, kind, *lines, user=None, **values):
        """Prepare a request as the clerk of the Office does; effective today."""
        return (
            cls.env["qlvb.account.request"]
            .with_user(user or cls.clerk)
            .create(
                {
                    "kind": kind,
                    "decision_number": "125/QĐ-UBND",
                    "decision_date": TODAY,
                    "effective_date": TODAY,
                    "line_ids": [(0, 0, line) for line in lines],
                    **values,
                }
            )
        )

    @classmethod
    def newcomer(cls, **values):
        """Return the values of a line that asks for an account."""
        return {
            "name": "Nguyễn Văn An",
            "login": "annv",
            "unit_id": cls.culture.id,
            "role": "specialist",
            "title": "Chuyên viên",
            **values,
        }

    def decide(self, request):
        """Submit a request as who prepared it, and approve it as the chairman."""
        request.action_submit()
        request.with_user(self.chairman).action_approve()
        self.env.invalidate_all()
        return request.sudo()

    def done(self, kind, *lines, **values):
        """Have a request prepared, approved and carried out."""
        request = self.decide(self.ask(kind, *lines, **values))
        self.assertFalse(request.failure)
        self.assertState(request, "done")
        return request

    def account(self, login):
        """Return the account of a login, closed ones too."""
        users = self.env["res.users"].with_context(active_test=False)
        return users.search([("login", "=", login)])

    def move(self, user, unit, **values):
        """Return the values of a line that moves a person out of ``unit``."""
        return {
            "user_id": user.id,
            "position_id": self.post_of(user, unit)[:1].id,
            "unit_id": self.justice.id,
            "role": "specialist",
            **values,
        }

    def inbox(self, user):
        """Return what came into a person's inbox, newest last."""
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", user.partner_id.id)], order="id"
        )
        return told.mail_message_id
