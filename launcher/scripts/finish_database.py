# ruff: noqa: F821
"""Fed to `odoo shell` (which gives `env`): the last touches on a database just built.

Takes from the environment QLVB_FACTS (JSON, what the database was made from),
QLVB_BUNDLES (names, by spaces) and, only where the account's password is to be set,
QLVB_ADMIN_PASSWORD.
"""

import os

parameters = env["ir.config_parameter"].sudo()
parameters.set_param("qlvb.launcher", os.environ["QLVB_FACTS"])

password = os.environ.get("QLVB_ADMIN_PASSWORD")
if password:
    # Below write(), which our addons guard: no account changes without an approval.
    users = env["res.users"].sudo()
    hashed = users._crypt_context().hash(password)
    users._set_encrypted_password(env.ref("base.user_admin").id, hashed)

# Otherwise the first person who opens the page waits for their making.
for bundle in os.environ["QLVB_BUNDLES"].split():
    made = env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=True)
    made.css()
    made.js()

env.cr.commit()
