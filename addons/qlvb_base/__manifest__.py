{
    "name": "QLVB: units, posts and authority",
    "summary": "Who is who, who may act for whom, and the trail of every act",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "QLVB",
    "license": "LGPL-3",
    "depends": ["mail", "base_import"],
    "external_dependencies": {"python": ["holidays"]},
    "data": [
        "security/qlvb_base_groups.xml",
        "security/ir.model.access.csv",
        "security/qlvb_base_rules.xml",
        "security/qlvb_calendar_rules.xml",
        "security/qlvb_journal_rules.xml",
        "data/qlvb_calendar_data.xml",
        "data/qlvb_journal_data.xml",
        "data/qlvb_base_cron.xml",
        "views/qlvb_calendar_views.xml",
        "views/qlvb_journal_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # Debian's package lacks this file, and every page would fail for it.
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            ),
        ],
    },
    "application": False,
    "installable": True,
}
