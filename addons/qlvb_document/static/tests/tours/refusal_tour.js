import { inputFiles } from "@web/../tests/utils";

import { registry } from "@web/core/registry";

import { scan } from "./incoming_tour";

// A scan with the name of a program in its own: the clerk reads what is wrong.
registry.category("web_tour.tours").add("qlvb_document_clerk_is_told", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_qlvb_scan .o_select_file_button",
            async run() {
                await inputFiles(".o_qlvb_scan .o_input_file", [scan("thong-bao.exe.pdf")]);
            },
        },
        // Told at once, before anything is typed, and not kept beside the fields.
        { trigger: ".o_notification:contains(“.exe.pdf”)" },
        { trigger: ".o_qlvb_scan .o_qlvb_no_scan" },
        { trigger: "body:not(:has(.o_qlvb_scan_bar:contains(thong-bao)))" },
    ],
});
