import { inputFiles } from "@web/../tests/utils";

import { registry } from "@web/core/registry";

import { scan } from "./incoming_tour";

const tours = registry.category("web_tour.tours");

const menu = (...names) =>
    names.map((name) => ({
        trigger: `[data-menu-xmlid="qlvb_document.qlvb_document_menu_${name}"]`,
        run: "click",
    }));

/** On a phone the next step stays within reach, and the page is no wider than it. */
function withinReach() {
    const { bottom } = this.anchor.getBoundingClientRect();
    if (bottom > window.innerHeight) {
        throw new Error("The next step is out of reach of the thumb");
    }
    if (document.documentElement.scrollWidth > window.innerWidth) {
        throw new Error("The page is wider than the phone");
    }
}

// The specialist drafts a decision of the committee and sends it on its way.
tours.add("qlvb_document_specialist_drafts", {
    steps: () => [
        ...menu("outgoing", "out_mine"),
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_qlvb_out .o_field_widget[name=type_id] input", run: "edit QĐ" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Quyết định)", run: "click" },
        { trigger: ".o_field_widget[name=unit_id] input:value(huyện)" },
        {
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit Ban hành Quy chế quản lý phần mềm",
        },
        {
            trigger: ".o_field_widget[name=scan] .o_select_file_button",
            async run() {
                await inputFiles(".o_field_widget[name=scan] .o_input_file", [
                    scan("quyet-dinh.pdf"),
                ]);
            },
        },
        { trigger: ".o_qlvb_scan_bar:contains(quyet-dinh.pdf)" },
        { trigger: ".o_field_widget[name=reference_preview]:contains(/QĐ-UBND)" },
        { trigger: ".o_qlvb_submit", run: "click" },
        // The page has no text: the drafter declares that there is no mark on it.
        { trigger: ".modal [name=no_text_declared] input", run: "click" },
        { trigger: ".modal-footer button[name=action_confirm]:visible", run: "click" },
        { trigger: ".o_notification:contains(culture_head)" },
        { trigger: ".o_arrow_button_current[data-value=review]" },
        { trigger: ".o_qlvb_way .o_kanban_record:has(.o_qlvb_station_current):contains(culture_head)" },
    ],
});

// The head reads it on a phone and says yes with a remark.
tours.add("qlvb_document_head_approves", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Quy chế)", run: "click" },
        { trigger: ".o_qlvb_scan .o_pdfview_iframe" },
        { trigger: ".o_qlvb_acts .o_qlvb_send_back", run: withinReach },
        { trigger: ".o_qlvb_acts .o_qlvb_approve", run: withinReach },
        { trigger: ".o_qlvb_acts .o_qlvb_approve", run: "click" },
        { trigger: ".modal .o_field_widget[name=text] textarea", run: "edit Đã đối chiếu" },
        { trigger: ".modal-footer button[name=action_confirm]:visible", run: "click" },
        { trigger: ".o_notification:contains(chief)" },
        { trigger: ".o_qlvb_way .o_kanban_record:has(.o_qlvb_station_current):contains(chief)" },
    ],
});

// The Chief of Office finds it among what waits and lets it go on to the chairman.
tours.add("qlvb_document_chief_approves", {
    steps: () => [
        { trigger: ".o_qlvb_waiting", run: "click" },
        { trigger: ".o_data_row:contains(Quy chế) td[name=summary]", run: "click" },
        { trigger: ".o_qlvb_way .o_kanban_record:contains(Đã đối chiếu)" },
        { trigger: ".o_qlvb_approve", run: "click" },
        { trigger: ".modal-footer button[name=action_confirm]:visible", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=signing]" },
    ],
});

// The chairman signs on a phone, and is asked in that moment who is there.
tours.add("qlvb_document_chairman_signs", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Quy chế)", run: "click" },
        { trigger: ".o_qlvb_scan .o_pdfview_iframe" },
        { trigger: ".o_qlvb_acts .o_qlvb_sign", run: withinReach },
        { trigger: ".o_qlvb_acts .o_qlvb_sign", run: "click" },
        { trigger: ".modal [name=password] input", run: "edit test.chairman" },
        { trigger: ".modal-footer #password_confirm", run: "click" },
        { trigger: ".o_notification:contains(Ủy ban nhân dân)" },
        { trigger: "body:not(:has(.modal)) .o_form_view:not(:has(.o_qlvb_sign))" },
    ],
});

// The clerk looks at the form, ticks it line by line, and gives the number.
tours.add("qlvb_document_clerk_numbers", {
    steps: () => [
        { trigger: ".o_data_row:contains(Quy chế) td[name=summary]", run: "click" },
        {
            trigger: ".o_qlvb_checks .o_data_row",
            async run({ click }) {
                const open = ".o_qlvb_checks .o_boolean_toggle input:not(:checked)";
                while (document.querySelector(open)) {
                    await click(open);
                }
            },
        },
        { trigger: ".o_qlvb_issue", run: "click" },
        { trigger: ".modal .o_field_widget[name=expected_reference]:contains(01/QĐ-UBND)" },
        { trigger: ".modal:not(:has(.alert:visible))" },
        { trigger: ".modal-footer button[name=action_confirm]", run: "click" },
        { trigger: ".o_notification:contains(01/QĐ-UBND)" },
        { trigger: ".o_arrow_button_current[data-value=issued]" },
        { trigger: "h2:contains(01/QĐ-UBND)" },
    ],
});
