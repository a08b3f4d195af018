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
        { trigger: ".o_qlvb_scan_bar:contains(thong-bao.exe.pdf)" },
        { trigger: ".o_field_widget[name=type_id] input", run: "edit TTr" },
        { trigger: ".o-autocomplete--dropdown-item:contains(trình)", run: "click" },
        { trigger: ".o_field_widget[name=reference] input", run: "edit 120/TTr-VHTT" },
        {
            trigger: ".o_field_widget[name=document_date] :is(input, button)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=document_date] input",
            run: "edit 06/08/2026 && press Enter",
        },
        { trigger: ".o_field_widget[name=issuer] input", run: "edit Phòng VHTT" },
        { trigger: ".o_field_widget[name=summary] textarea", run: "edit Về việc" },
        { trigger: "button.o_qlvb_register", run: "click" },
        { trigger: ".modal-body:contains(“.exe.pdf”)" },
        { trigger: ".modal-footer button", run: "click" },
        { trigger: ".o_form_button_cancel", run: "click" },
        { trigger: "body:not(:has(.modal)):not(:has(.o_form_dirty))" },
    ],
});
