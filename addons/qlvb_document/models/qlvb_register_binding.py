import base64
import hashlib
from datetime import timedelta

from odoo import api, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import format_number

from ..lib import forms


class QlvbRegisterBinding(models.AbstractModel):
    """How pages of a register are laid out and kept for good."""

    _name = "qlvb.register.binding"
    _description = "Binding of a Register"

    # -- binding --------------------------------------------------------------

    @api.model
    def _bind(self, register, last, lines, changed, day, actor):
        """Keep a set of pages with these lines.

        :param last: the set before
        :param changed: lines of numbers on earlier pages
        """
        acts = self._new_acts(register, last)
        begin = last.day_to + timedelta(days=1) if last else self._begin(lines, day)
        first_number = lines[0].number if lines else last.last_number
        values = {
            "kind": "rows" if lines else "added",
            "day_from": min(begin, day),
            "day_to": day,
            "first_number": first_number or register._first(),
            "last_number": lines[-1].number if lines else last.last_number,
            "first_page": last.last_page + 1,
            "shown": {
                "entries": {
                    str(line.entry.id): line.entry.state
                    for line in (*changed, *lines)
                    if line.entry
                },
                "acts": acts.ids,
            },
        }
        values["last_number"] = max(values["last_number"], values["first_number"])
        pages = self._lay_out(register, lines, changed, acts, values, actor)
        values["last_page"] = values["first_page"] + pages.count - 1
        return self._keep(register, values, pages.content, actor)

    @api.model
    def _begin(self, lines, day):
        """Return the first day of the first set: that of its first line."""
        if not lines:
            return day
        line = lines[0]
        moment = line.document.registered_at or line.entry.date
        return clock.to_local(moment).date()

    @api.model
    def _bind_title(self, register, actor):
        """Keep the title page of a year that is closed."""
        form = self.env["qlvb.form"].with_context(lang="vi_VN")
        first, last = form._days(register)
        given = register.last_number >= register._first()
        numbers = (register._first(), register.last_number) if given else None
        title = form._title_page(
            register.with_env(form.env),
            first,
            last,
            tuple(map(format_number, numbers)) if numbers else None,
        )
        values = {
            "kind": "title",
            "day_from": first,
            "day_to": last,
            "first_number": numbers[0] if numbers else 0,
            "last_number": numbers[1] if numbers else 0,
            "first_page": 0,
            "last_page": 0,
        }
        content = form._render("qlvb_document.form_title_page", title).content
        return self._keep(register, values, content, actor)

    @api.model
    def _keep(self, register, values, content, actor):
        """Keep bound pages with their checksum, and journal it."""
        number = self.sudo().search_count([("register_id", "=", register.id)])
        page = self.sudo().create(
            {
                **values,
                "register_id": register.id,
                "sequence": number + 1,
                "closed_by_id": actor.user.id,
                "keeper_id": register.unit_id._keeper_for(actor).id,
                "closed_at": clock.now(),
                "checksum": hashlib.sha256(content).hexdigest(),
                "pdf": base64.b64encode(content),
            }
        )
        self.env["qlvb.journal"]._log(
            "register_closed",
            register,
            unit=actor.unit,
            data={
                "page": page.id,
                "numbers": [page.first_number, page.last_number],
                "checksum": page.checksum,
            },
        )
        return page.with_env(self.env)

    @api.model
    def _lay_out(self, register, lines, changed, acts, values, actor):
        """Return the finished pages, numbered on from the pages before."""
        form = self.env["qlvb.form"].with_context(lang="vi_VN")
        now = clock.now()
        local = clock.to_local(now)
        closer = register.unit_id._keeper_for(actor) or actor.user
        closing = [
            *self._totals(lines, changed),
            f"Khóa sổ đến hết ngày {forms.short_day(values['day_to'])}; người khóa sổ: "
            f"{closer.sudo().name}, {forms.clock_time(local)} ngày "
            f"{forms.short_day(local)}.",
        ]
        book = form._register_book(
            register.with_env(form.env),
            [line.with_env(form.env) for line in (*changed, *lines)],
            values["day_from"],
            values["day_to"],
            told=form._told(acts.with_env(form.env)),
            closing=closing,
        )
        first = f"@page book:first {{ counter-reset: page {values['first_page']} }}"
        return form._render("qlvb_document.form_book", book, first)

    @api.model
    def _totals(self, lines, changed):
        """Return in words how much stands on the pages."""
        totals = []
        if lines:
            borne = [line for line in lines if line.document]
            bare = len(lines) - len(borne)
            without = f" và {bare} số không có văn bản" if bare else ""
            totals.append(
                f"Cộng: {len(borne)} văn bản{without}, từ số {lines[0].text} đến số "
                f"{lines[-1].text}."
            )
        if changed:
            totals.append(
                f"Ghi bổ sung {len(changed)} số đã ghi ở các trang trước hoặc chèn sau."
            )
        return totals
