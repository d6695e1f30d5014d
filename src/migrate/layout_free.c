/* Features whose order nobody sees: what is flattened, and then multiplied by parameters and nothing else. */
#include "migrate/layout.h"

#include "eval/interpret.h"

enum { MAX_STEPS = 24, MAX_NESTING = 6 };

typedef struct free_check {
    const nw_migration *migration;
    const nw_model *model;
    nw_eval *eval;
} free_check;

/* What a value says of a tensor. */
typedef struct mention {
    bool itself;  /* it is in there */
    bool others;  /* so are other tensors of computed values with more than no axes */
    bool unclear; /* nobody knows */
} mention;

static mention look_for(nw_eval *eval, nw_value value, const nw_tensor *tensor, int depth)
{
    mention found = {.unclear = depth > MAX_NESTING};
    value = nw_settle(eval, value);
    if (value.kind == NW_TENSOR)
        return (mention){.itself = value.as.tensor == tensor, .others = value.as.tensor != tensor && (!value.as.tensor->shape || value.as.tensor->rank > 0)};
    if (value.kind == NW_PHI || value.kind == NW_OPAQUE)
        found.unclear = true;
    bool sequence = value.kind == NW_TUPLE || value.kind == NW_LIST;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : sequence ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : sequence ? value.as.list->count : 0, position = 0;
    for (uint32_t i = 0; i < count && !found.unclear; i++) {
        mention part = look_for(eval, items[i], tensor, depth + 1);
        found = (mention){found.itself || part.itself, found.others || part.others, part.unclear};
    }
    for (nw_dict_entry *entry; value.kind == NW_DICT && !found.unclear && (entry = nw_dict_next(value.as.dict, &position));) {
        mention part = look_for(eval, entry->value, tensor, depth + 1);
        found = (mention){found.itself || part.itself, found.others || part.others, part.unclear};
    }
    return found;
}

static const nw_tensor *tensor_of(const free_check *check, nw_value value)
{
    value = nw_settle(check->eval, value);
    return value.kind == NW_TENSOR && value.as.tensor->shape ? value.as.tensor : NULL;
}

static nw_symbol name_of(const free_check *check, const nw_fact *fact)
{
    if (fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE)
        return nw_framework_value_name(check->eval, nw_class_value(fact->callee.as.instance->class_));
    return fact->name;
}

static bool same_size(const free_check *check, nw_value a, nw_value b)
{
    int64_t x, y;
    a = nw_settle(check->eval, a);
    b = nw_settle(check->eval, b);
    return nw_known_integer(a, &x) && nw_known_integer(b, &y) && x == y;
}

/* The product's first operand, and all others are parameters. */
static bool is_product(const free_check *check, const nw_fact *fact, const nw_tensor *tensor)
{
    if (!nw_translations_holds(&check->migration->tables, "products", name_of(check, fact), NULL) || tensor_of(check, fact->arguments[0]) != tensor)
        return false;
    for (uint32_t i = 1; i < fact->argument_count; i++) {
        const nw_tensor *other = tensor_of(check, fact->arguments[i]);
        if (other && (other == tensor || !other->is_parameter))
            return false;
    }
    return true;
}

/* Elementwise with nothing else, or a view that leaves both axes. */
static bool keeps_features(const free_check *check, const nw_fact *fact, const nw_tensor *tensor)
{
    const nw_translations *tables = &check->migration->tables;
    const nw_tensor *result = tensor_of(check, fact->result);
    nw_symbol name = name_of(check, fact);
    if (!name.v || !result || result->rank != 2)
        return false;
    for (uint32_t i = 0; i < fact->argument_count; i++) {
        mention found = look_for(check->eval, fact->arguments[i], tensor, 0);
        if (found.others || found.unclear)
            return false;
    }
    return nw_translations_holds(tables, "any_layout", name, NULL) ||
           (nw_translation_find(tables, NW_ROW_FREE_TRANSLATION, name) && same_size(check, result->shape[1], tensor->shape[1]));
}

static bool uses(const free_check *check, const nw_fact *fact, const nw_tensor *tensor)
{
    for (uint32_t i = 0; i < fact->argument_count; i++)
        if (look_for(check->eval, fact->arguments[i], tensor, 0).itself)
            return true;
    return false;
}

/* A size or an element type says nothing of the order. */
static bool is_about_shape(const free_check *check, const nw_fact *fact)
{
    nw_value result = nw_settle(check->eval, fact->result);
    return result.kind == NW_INT || result.kind == NW_BOOL || (result.kind == NW_TUPLE && !look_for(check->eval, result, NULL, 0).others);
}

static bool is_looked_into(const nw_fact *fact)
{
    return fact->kind == NW_FACT_MODULE || (fact->kind == NW_FACT_LAYER && fact->row && fact->row->is_container);
}

static bool is_free(const free_check *check, const nw_tensor *tensor, int steps)
{
    if (!tensor || tensor->rank != 2 || steps == 0)
        return false;
    for (uint32_t i = 0; i < check->model->output_count; i++)
        if (check->model->outputs[i].tensor == tensor)
            return false;
    uint32_t products = 0;
    for (uint32_t i = 1; i < check->eval->fact_count; i++) {
        const nw_fact *fact = &check->eval->facts[i];
        if (fact->in_catalog || is_looked_into(fact) || !uses(check, fact, tensor) || is_about_shape(check, fact))
            continue;
        const nw_tensor *result = tensor_of(check, fact->result);
        if (!is_product(check, fact, tensor) && (!keeps_features(check, fact, tensor) || (result != tensor && !is_free(check, result, steps - 1))))
            return false;
        products++;
    }
    return products > 0;
}

/* One run: all but the first axis became one. */
static bool run_is_free(const free_check *check, nw_value from, nw_value to)
{
    const nw_tensor *input = tensor_of(check, from), *result = tensor_of(check, to);
    int64_t features, product = 1;
    if (!input || !result || input->rank < 3 || result->rank != 2 || !nw_known_integer(nw_settle(check->eval, result->shape[1]), &features))
        return false;
    for (int i = 1; i < input->rank; i++) {
        int64_t size;
        if (!nw_known_integer(nw_settle(check->eval, input->shape[i]), &size))
            return false;
        product *= size;
    }
    return product == features && is_free(check, result, MAX_STEPS);
}

bool nw_layout_features_are_free(const nw_migration *migration, const nw_model *model, const nw_module *module, uint32_t node)
{
    const free_check check = {migration, model, migration->eval};
    const nw_node *n = &module->ast->nodes[node];
    uint32_t runs = 0;
    for (uint32_t i = 1; i < check.eval->fact_count; i++) {
        const nw_fact *fact = &check.eval->facts[i];
        bool layer = fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE;
        nw_place place = layer ? fact->callee.as.instance->place : fact->place;
        if (fact->in_catalog || (!layer && fact->kind != NW_FACT_OPERATOR) || place.module != module || place.start != n->start || place.end != n->end)
            continue;
        if (!fact->argument_count || !run_is_free(&check, fact->arguments[0], fact->result))
            return false;
        runs++;
    }
    return runs > 0;
}
