"""What the software consists of: code that runs as the system, rules and rights.

Whoever could write these could do anything else: make an account, read a document,
set a password.  None of it is changed from a screen or by RPC.
"""

from odoo import models


class IrActionsServer(models.Model):
    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "qlvb.sealed.mixin"]


class IrActionsReport(models.Model):
    _name = "ir.actions.report"
    _inherit = ["ir.actions.report", "qlvb.sealed.mixin"]


class IrAsset(models.Model):
    _name = "ir.asset"
    _inherit = ["ir.asset", "qlvb.sealed.mixin"]


class IrCron(models.Model):
    """Jobs: when they run is the emergency administrator's, what they do is not."""

    _name = "ir.cron"
    _inherit = ["ir.cron", "qlvb.sealed.mixin"]
    _open_fields = frozenset(
        {"active", "interval_number", "interval_type", "nextcall", "priority"}
    )


class IrModel(models.Model):
    _name = "ir.model"
    _inherit = ["ir.model", "qlvb.sealed.mixin"]


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["ir.model.access", "qlvb.sealed.mixin"]


class IrModelData(models.Model):
    """Names of records in the code: what they mean is not turned round."""

    _inherit = "ir.model.data"

    def write(self, vals):
        if vals.keys() & {"model", "module", "name", "res_id"}:
            self.env["qlvb.sealed.mixin"]._require_unsealed()
        return super().write(vals)


class IrModelFields(models.Model):
    _name = "ir.model.fields"
    _inherit = ["ir.model.fields", "qlvb.sealed.mixin"]


class IrModuleModule(models.Model):
    _name = "ir.module.module"
    _inherit = ["ir.module.module", "qlvb.sealed.mixin"]


class IrRule(models.Model):
    _name = "ir.rule"
    _inherit = ["ir.rule", "qlvb.sealed.mixin"]


class IrUiView(models.Model):
    _name = "ir.ui.view"
    _inherit = ["ir.ui.view", "qlvb.sealed.mixin"]
