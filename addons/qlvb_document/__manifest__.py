{
    "name": "QLVB: documents",
    "summary": "Registers, routes and answers what arrives",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "QLVB",
    "license": "LGPL-3",
    "depends": ["qlvb_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/qlvb_document_rules.xml",
        "data/qlvb_document_type_data.xml",
        "data/qlvb_document_cron.xml",
    ],
    "application": True,
    "installable": True,
}
