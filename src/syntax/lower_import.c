/* Import statements. */
#include "syntax/lower.h"

static uint32_t first_name_end(const nw_lowering *l, uint32_t start, uint32_t end)
{
    uint32_t at = start;
    while (at < end && l->text[at] != '.' && l->text[at] != ' ' && l->text[at] != '\t' && l->text[at] != '\\')
        at++;
    return at;
}

/* One imported name, with or without `as`; `dotted` for `import a.b`, which binds `a`. */
static uint32_t lower_alias(nw_lowering *l, bool dotted)
{
    uint32_t start = l->start, end = l->end, name = 0;
    nw_symbol symbol = {0};
    if (l->kind == NW_CST_ALIASED_IMPORT) {
        if (!nw_lower_enter(l))
            return nw_lower_error(l, start, end);
        symbol = nw_lower_dotted_name(l);
        while (nw_lower_next(l))
            if (l->kind == NW_CST_IDENTIFIER)
                name = nw_lower_name(l, l->start, l->end, NW_NAME_BINDS);
        nw_lower_leave(l);
    } else {
        symbol = nw_lower_dotted_name(l);
        name = nw_lower_name(l, start, dotted ? first_name_end(l, start, end) : end, NW_NAME_BINDS);
    }
    return nw_lower_add(l, NW_NODE_IMPORT_ALIAS, start, end, symbol.v, name, 0);
}

uint32_t nw_lower_import(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count;
    if (nw_lower_enter(l)) {
        do
            if (l->kind == NW_CST_DOTTED_NAME || l->kind == NW_CST_ALIASED_IMPORT)
                nw_lower_push(l, lower_alias(l, true));
        while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_IMPORT, start, end, nw_lower_list(l, mark), 0, 0);
}

static uint32_t lower_relative_import(nw_lowering *l, nw_symbol *module)
{
    uint32_t level = 0;
    if (!nw_lower_enter(l))
        return 0;
    do {
        if (l->kind == NW_CST_IMPORT_PREFIX) {
            for (uint32_t i = l->start; i < l->end; i++)
                level += l->text[i] == '.';
        } else if (l->kind == NW_CST_DOTTED_NAME) {
            *module = nw_lower_dotted_name(l);
        }
    } while (nw_lower_next(l));
    nw_lower_leave(l);
    return level;
}

uint32_t nw_lower_import_from(nw_lowering *l)
{
    uint32_t start = l->start, end = l->end, mark = l->pending_count, level = 0;
    nw_symbol module = {0};
    bool has_module = l->kind == NW_CST_FUTURE_IMPORT_STATEMENT;
    if (has_module)
        module = nw_symbol_of(l->symbols, "__future__");
    if (nw_lower_enter(l)) {
        do {
            if (!has_module && (l->kind == NW_CST_RELATIVE_IMPORT || l->kind == NW_CST_DOTTED_NAME)) {
                has_module = true;
                if (l->kind == NW_CST_RELATIVE_IMPORT)
                    level = lower_relative_import(l, &module);
                else
                    module = nw_lower_dotted_name(l);
            } else if (l->kind == NW_CST_DOTTED_NAME || l->kind == NW_CST_ALIASED_IMPORT) {
                nw_lower_push(l, lower_alias(l, false));
            } else if (l->kind == NW_CST_WILDCARD_IMPORT) {
                nw_lower_push(l, nw_lower_add(l, NW_NODE_IMPORT_ALIAS, l->start, l->end, nw_symbol_of(l->symbols, "*").v, 0, 0));
            }
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_lower_add(l, NW_NODE_IMPORT_FROM, start, end, module.v, level, nw_lower_list(l, mark));
}
