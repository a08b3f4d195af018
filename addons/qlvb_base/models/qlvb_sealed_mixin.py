from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError


class QlvbSealedMixin(models.AbstractModel):
    """What nobody changes by hand once the house is set up, not even as superuser.

    Core acts with ``sudo()`` in many places on behalf of whoever calls it; it stays
    that caller's act.  The system itself, which installs and which carries out what
    the chairman decided, is user number one in its own name.
    """

    _name = "qlvb.sealed.mixin"
    _description = "Sealed Once the House Is Set Up"

    # Fields that stay open to whoever may write the model.
    _open_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        self._require_unsealed()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - self._open_fields:
            self._require_unsealed()
        return super().write(vals)

    def unlink(self):
        self._require_unsealed()
        return super().unlink()

    @api.model
    def _is_unsealed(self):
        """Tell whether the caller may change it: the system, or an empty house's."""
        if self.env.uid == SUPERUSER_ID:
            return True
        return not self.env["qlvb.position"]._is_house_set_up()

    @api.model
    def _require_unsealed(self):
        """Raise where the house is set up and the caller is not the system.

        :raises AccessError: also for the emergency administrator
        """
        if not self._is_unsealed():
            raise AccessError(self._sealed_message())

    @api.model
    def _sealed_message(self):
        return self.env._(
            "This is a part of the software, which nobody changes by hand. It changes "
            "with an installation that the chairman agreed to (Articles 8.2, 9.5)."
        )
