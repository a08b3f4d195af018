import { inputFiles } from "@web/../tests/utils";

import { registry } from "@web/core/registry";

// One empty page: what matters here is that it is a PDF.
const PDF = [
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgKHB5cGRmKQo+PgplbmRvYmoKMiAw",
    "IG9iago8PAovVHlwZSAvUGFnZXMKL0NvdW50IDEKL0tpZHMgWyA0IDAgUiBdCj4+CmVuZG9iagoz",
    "IDAgb2JqCjw8Ci9UeXBlIC9DYXRhbG9nCi9QYWdlcyAyIDAgUgo+PgplbmRvYmoKNCAwIG9iago8",
    "PAovVHlwZSAvUGFnZQovUmVzb3VyY2VzIDw8Cj4+Ci9NZWRpYUJveCBbIDAuMCAwLjAgMjAwIDI4",
    "MCBdCi9QYXJlbnQgMiAwIFIKPj4KZW5kb2JqCnhyZWYKMCA1CjAwMDAwMDAwMDAgNjU1MzUgZiAK",
    "MDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMDU0IDAwMDAwIG4gCjAwMDAwMDAxMTMgMDAwMDAg",
    "biAKMDAwMDAwMDE2MiAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDUKL1Jvb3QgMyAwIFIKL0lu",
    "Zm8gMSAwIFIKPj4Kc3RhcnR4cmVmCjI1NgolJUVPRgo=",
].join("");

export function scan(name = "to-trinh.pdf") {
    const bytes = Uint8Array.from(atob(PDF), (letter) => letter.charCodeAt(0));
    return new File([bytes], name, { type: "application/pdf" });
}

const tours = registry.category("web_tour.tours");

// A clerk copies what the paper says, with its scan beside it, and registers it.
tours.add("qlvb_document_clerk_registers", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_qlvb_scan .o_select_file_button",
            async run() {
                await inputFiles(".o_qlvb_scan .o_input_file", [scan()]);
            },
        },
        { trigger: ".o_qlvb_scan .o_pdfview_iframe" },
        { trigger: ".o_qlvb_scan_bar:contains(to-trinh.pdf)" },
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
        {
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit Về việc ban hành Quyết định",
        },
        { trigger: "button.o_qlvb_register", run: "click" },
        // The page has no text: the clerk declares that there is no mark on it.
        { trigger: ".modal [name=no_text_declared] input", run: "click" },
        { trigger: ".modal-footer button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=registered]" },
        { trigger: "h2:contains(120/TTr-VHTT)" },
    ],
});

// The Chief of Office finds it on the first screen and routes it to one lead.
tours.add("qlvb_document_chief_routes", {
    steps: () => [
        { trigger: ".o_data_row:contains(120/TTr-VHTT) td[name=summary]", run: "click" },
        { trigger: ".o_qlvb_route", run: "click" },
        { trigger: ".modal .o_field_widget[name=lead_unit_id] input", run: "edit VHTT" },
        { trigger: ".modal .o-autocomplete--dropdown-item:contains(Văn hóa)", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=lead_instruction] textarea",
            run: "edit Thẩm định, trình trong tuần",
        },
        { trigger: ".modal-footer button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=assigned]" },
    ],
});

// The head reads the scan on a phone and passes the work on without leaving it.
tours.add("qlvb_document_head_forwards", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(120/TTr-VHTT)", run: "click" },
        { trigger: ".o_qlvb_scan .o_pdfview_iframe" },
        {
            trigger: ".o_qlvb_acts .o_qlvb_forward",
            run() {
                const { bottom } = this.anchor.getBoundingClientRect();
                if (bottom > window.innerHeight) {
                    throw new Error("The next step is out of reach of the thumb");
                }
                if (document.documentElement.scrollWidth > window.innerWidth) {
                    throw new Error("The page is wider than the phone");
                }
            },
        },
        { trigger: ".o_qlvb_acts .o_qlvb_forward", run: "click" },
        { trigger: ".modal .o_field_widget[name=lead_position_id] input", run: "click" },
        { trigger: ".modal .o_kanban_record:contains(culture_one)", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=lead_position_id] input:value(culture_one)",
        },
        { trigger: ".modal-footer button[name=action_confirm]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_field_widget[name=child_ids]" },
    ],
});

// The specialist does the work and says what came of it.
tours.add("qlvb_document_specialist_finishes", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(120/TTr-VHTT) td[name=document_summary]",
            run: "click",
        },
        { trigger: "button[name=action_accept]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=accepted]" },
        { trigger: ".o_qlvb_done", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Đã trình dự thảo Quyết định",
        },
        { trigger: ".modal-footer button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=done]" },
    ],
});
