{
    "name": "QLVB: dossiers",
    "summary": "Work in dossiers: opened, assigned, supported, completed, closed",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "QLVB",
    "website": "https://github.com/qlvb/qlvb",
    "license": "LGPL-3",
    "depends": ["qlvb_document"],
    "data": [
        "security/ir.model.access.csv",
        "security/qlvb_dossier_rules.xml",
        "security/qlvb_filing_rules.xml",
        "data/qlvb_dossier_type_data.xml",
        "data/qlvb_dossier_transfer_cron.xml",
        "views/qlvb_dossier_views.xml",
        "views/qlvb_dossier_board_views.xml",
        "views/qlvb_dossier_form_views.xml",
        "views/qlvb_dossier_actions.xml",
        "views/qlvb_dossier_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "qlvb_dossier/static/src/**/*",
        ],
    },
}
