#include "rules/rules.h"

#include "base/embedded.h"

#include <string.h>

void nw_rules_init(nw_rules *rules, nw_symbols *symbols)
{
    *rules = (nw_rules){.symbols = symbols};
    nw_arena_init(&rules->arena);
}

void nw_rules_release(nw_rules *rules)
{
    nw_arena_release(&rules->arena);
    *rules = (nw_rules){0};
}

bool nw_rules_add_embedded(nw_rules *rules)
{
    bool good = true;
    for (uint32_t i = 0; i < nw_embedded_rules_count; i++) {
        const nw_embedded_file *file = &nw_embedded_rules[i];
        size_t size = strlen(file->path);
        if (size > 5 && strcmp(file->path + size - 5, ".rule") == 0)
            good &= nw_rules_add(rules, file->path, (const char *)file->bytes, file->size);
    }
    return good;
}

const nw_rule *nw_rules_find(const nw_rules *rules, const char *id)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (strcmp(nw_symbol_bytes(rules->symbols, rules->items[i].id), id) == 0)
            return &rules->items[i];
    return NULL;
}

bool nw_rule_selected(const nw_rules *rules, const nw_rule *rule, const char *selector, size_t size)
{
    nw_text id = nw_symbol_text(rules->symbols, rule->id), pack = nw_symbol_text(rules->symbols, rule->pack);
    return (size == 3 && memcmp(selector, "ALL", 3) == 0) || (size == id.size && memcmp(selector, id.bytes, size) == 0) ||
           (size == pack.size && memcmp(selector, pack.bytes, size) == 0);
}

const nw_predicate_row *nw_predicate_row_of(nw_predicate predicate)
{
    static const nw_predicate_row rows[] = {
        {"", 0, 0, "", "", ""},
#define NW_PREDICATE_ROW(id, name, least, most, signature, sentence, failed) {name, least, most, signature, sentence, failed},
#include "rules/where.def"
#undef NW_PREDICATE_ROW
    };
    return &rows[predicate];
}

uint16_t nw_rule_problem_code(nw_rule_problem problem)
{
    static const uint16_t codes[] = {
#define NW_RULE_PROBLEM(id, code, level, format, help) code,
#include "rules/problem.def"
#undef NW_RULE_PROBLEM
    };
    return codes[problem];
}

void nw_rule_message_text(nw_buffer *buffer, const nw_rule_message *message)
{
    static const char *const levels[] = {"note", "warning", "error"};
    nw_buffer_format(buffer, "%s:%u:%u: %s NW%04u: ", message->path, message->span.line, message->span.column, levels[message->level],
                     nw_rule_problem_code((nw_rule_problem)message->problem));
    nw_buffer_text(buffer, message->text);
    nw_buffer_text(buffer, "\n    ");
    nw_buffer_text(buffer, message->help);
    nw_buffer_text(buffer, "\n");
}
