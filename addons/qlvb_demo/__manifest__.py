{
    "name": "QLVB Demo: Hiệp Hòa",
    "summary": "Units, fictitious people and the replayed work of a district",
    "version": "19.0.1.2.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "QLVB",
    "website": "https://github.com/qlvb/qlvb",
    "depends": ["qlvb_dossier"],
    "external_dependencies": {"python": ["weasyprint"]},
    "data": [
        "data/qlvb_unit_data.xml",
        "data/qlvb_work_field_data.xml",
        "data/qlvb_review_step_data.xml",
        "data/res_partner_data.xml",
        "data/qlvb_recipient_group_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
