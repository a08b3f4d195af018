"""Installation of the people: accounts, posts and the units' own accounts."""

from .people import ACCOUNT, posts, user_xmlid

PASSWORD = "Hiephoa-2014"
IN_OFFICE_SINCE = "2011-07-01"


def post_init_hook(env):
    """Create the people of ``data/people.csv`` once the units exist.

    In one batch here instead of 232 records of XML: creating them one by one takes
    several times as long.
    """
    users = _create_users(env)
    set_password(env["res.users"].union(*users.values()))
    settle_policy(env)
    _create_posts(env, users)
    _give_unit_accounts(env, users)
    # The published password stays good for as long as somebody tries the demo.
    env["ir.config_parameter"].set_param("password_security.expiration_days", "0")
    # Internal users only may have this, and internal they are by their posts.
    env["res.users"].union(*users.values()).notification_type = "inbox"


def _create_users(env):
    names = {post.login: post.name for post in posts()}
    created = (
        env["res.users"]
        # Nobody is invited by mail: the addresses belong to no one.
        .with_context(no_reset_password=True, mail_create_nosubscribe=True)
        .create(
            [
                {
                    "name": name,
                    "login": login,
                    "email": f"{login}@hiephoa.example",
                    "lang": "vi_VN",
                    "tz": "Asia/Ho_Chi_Minh",
                    # The groups follow from the posts. Until then these are no
                    # internal users, for whom Odoo would draw and store five
                    # avatars each; the page draws them as they are needed.
                    "group_ids": [],
                }
                for login, name in names.items()
            ]
        )
    )
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": user_xmlid(user.login), "record": user, "noupdate": True}
            for user in created
        ]
    )
    return {user.login: user for user in created}


def set_password(users):
    """Give all of them the published password as one of their own choice, hashed once.

    One hash takes a good part of a second by design, 232 of them minutes. Sharing
    one, salt included, gives away that the passwords are equal, which the README
    says anyway.
    """
    users = users.sudo()
    hashed = users._crypt_context().hash(PASSWORD)
    for user in users:
        user._set_encrypted_password(user.id, hashed)
    users.write({"must_change_password": False})


def settle_policy(env):
    """Let the published password stand: everybody knows it, whatever its age."""
    env["ir.config_parameter"].set_param("password_security.expiration_days", "0")


def _create_posts(env, users):
    env["qlvb.position"].create(
        [
            {
                "user_id": users[post.login].id,
                "unit_id": env.ref(f"qlvb_demo.unit_{post.unit}").id,
                "role": post.role,
                "title": post.title,
                "date_from": IN_OFFICE_SINCE,
                "field_ids": [
                    (4, env.ref(f"qlvb_demo.field_{field}").id)
                    for field in post.fields.split()
                ],
            }
            for post in posts()
            if post.role != ACCOUNT
        ]
    )


def _give_unit_accounts(env, users):
    """Set each unit's account, kept by its clerk (Article 4.4)."""
    accounts = [users[post.login] for post in posts() if post.role == ACCOUNT]
    # All at once: one by one, each unit would change the groups of its account.
    clerk = env.ref("qlvb_base.group_qlvb_clerk")
    env["res.users"].union(*accounts)._set_post_groups([(4, clerk.id)])
    keepers = {post.unit: users[post.login] for post in posts() if post.role == "clerk"}
    for post in posts():
        if post.role == ACCOUNT:
            env.ref(f"qlvb_demo.unit_{post.unit}").write(
                {
                    "account_user_id": users[post.login].id,
                    "keeper_id": keepers[post.unit].id,
                }
            )
