/* Rule files: whatever the bytes, the parser ends, and what it accepts can be linted and explained. */
#include "rules/rules.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nw_symbols symbols;
    nw_rules rules;
    nw_buffer text;
    nw_symbols_init(&symbols);
    nw_rules_init(&rules, &symbols);
    nw_buffer_init(&text);
    nw_rules_add(&rules, "fuzz.rule", (const char *)data, size);
    nw_rules_lint(&rules, 0);
    for (uint32_t i = 0; i < rules.count; i++)
        nw_rule_explain(&rules, &rules.items[i], &text);
    for (uint32_t i = 0; i < rules.message_count; i++)
        nw_rule_message_text(&text, &rules.messages[i]);
    nw_buffer_release(&text);
    nw_rules_release(&rules);
    nw_symbols_release(&symbols);
    return 0;
}
