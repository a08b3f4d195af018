import { registry } from "@web/core/registry";

// What leads out of the office has no place in an official's menu.
const userMenu = registry.category("user_menuitems");
for (const item of ["support", "odoo_account", "install_pwa", "shortcuts", "im_status"]) {
    userMenu.remove(item);
}
// One office, one database: there is no company to choose.
registry.category("systray").remove("SwitchCompanyMenu");
