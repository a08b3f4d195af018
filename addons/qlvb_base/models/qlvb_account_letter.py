from pathlib import Path

from odoo import models

from ..lib import pdf


class QlvbAccountRequestLine(models.Model):
    """The letter with which the Office hands over a first password.

    Its words are Vietnamese wherever it is printed: it is a paper of the office,
    no interface.
    """

    _inherit = "qlvb.account.request.line"

    def _letter_values(self, account, password, moment):
        """Return what stands in the letter, as plain values for its template.

        :param account: whose first password it is
        :param password: in plain; it stands in the letter and nowhere else
        :param moment: when it is printed, on the wall clock of the office
        """
        request, keeps = self.request_id, self.env["qlvb.unit"]
        if self.kind == "keeper" or self._opens_unit_account():
            keeps = self.unit_id
        receiver = keeps.keeper_id or account
        post = self.env["qlvb.position"]._current(receiver, keeps or None)[:1]
        unit = keeps or post.unit_id or self.unit_id
        office = self.env["qlvb.unit"].search([("kind", "=", "office")], limit=1)
        chair = office.parent_id or office
        return {
            "parent": (chair.name or "").upper() if chair != office else "",
            "agency": (office.name or "").upper(),
            "place": office.place or chair.place or "",
            "day": f"ngày {moment.day:02d} tháng {moment.month:02d} năm {moment.year}",
            "is_unit_account": bool(keeps),
            "former": self.former_keeper_id.name,
            "person": receiver.name,
            "title": post.title or (post._role_label() if post else ""),
            "unit": unit.name,
            "login": account.login,
            "password": password,
            "address": self.get_base_url(),
            "decision": request.decision_number,
            "decided": request.decision_date
            and request.decision_date.strftime("%d/%m/%Y"),
            "giver": self.env.user.name,
        }

    def _print_letter(self):
        """Give a fresh first password and return its letter as PDF.

        :raises AccessError: the caller is not of the Office
        :raises UserError: there is no first password to be handed over
        """
        values = self.with_context(lang="vi_VN")._give_letter()
        html = self.env["ir.qweb"]._render("qlvb_base.first_password_letter", values)
        css = Path(__file__).parent.with_name("report") / "qlvb_first_password.css"
        return pdf.render(str(html), css.read_text(encoding="utf-8")).content
