#include "match/rank.h"

#include <string.h>

enum { DEEPEST = 40 };

typedef enum rank_kind { RANK_NONE, RANK_SAME, RANK_BROADCAST, RANK_FIXED, RANK_MORE, RANK_SIZES, RANK_FLATTEN, RANK_EQUATION, RANK_INDEX, RANK_PARTS } rank_kind;

typedef struct rank_row {
    const char *name; /* behind the last dot of the qualified name */
    uint8_t kind;
    int8_t number;    /* FIXED: the rank; MORE and PARTS: how many more dimensions */
} rank_row;

static const rank_row rows[] = {
    {"view", RANK_SIZES, 0}, {"reshape", RANK_SIZES, 0}, {"permute", RANK_SIZES, 0}, {"expand", RANK_SIZES, 0}, {"flatten", RANK_FLATTEN, 0}, {"einsum", RANK_EQUATION, 0}, {"__getitem__", RANK_INDEX, 0},
    {"arange", RANK_FIXED, 1}, {"linspace", RANK_FIXED, 1}, {"bmm", RANK_FIXED, 3}, {"baddbmm", RANK_FIXED, 3}, {"mm", RANK_FIXED, 2}, {"addmm", RANK_FIXED, 2}, {"BatchNorm2d", RANK_FIXED, 4},
    {"BatchNorm3d", RANK_FIXED, 5}, {"unsqueeze", RANK_MORE, 1}, {"Embedding", RANK_MORE, 1},
    {"chunk", RANK_PARTS, 0}, {"split", RANK_PARTS, 0}, {"tensor_split", RANK_PARTS, 0}, {"unbind", RANK_PARTS, -1}, {"__iter__", RANK_PARTS, -1},
    {"eq", RANK_BROADCAST, 0}, {"ne", RANK_BROADCAST, 0}, {"lt", RANK_BROADCAST, 0}, {"le", RANK_BROADCAST, 0}, {"gt", RANK_BROADCAST, 0}, {"ge", RANK_BROADCAST, 0},
    {"matmul", RANK_BROADCAST, 0}, {"add", RANK_BROADCAST, 0}, {"sub", RANK_BROADCAST, 0}, {"mul", RANK_BROADCAST, 0}, {"div", RANK_BROADCAST, 0},
    {"transpose", RANK_SAME, 0}, {"mT", RANK_SAME, 0}, {"contiguous", RANK_SAME, 0}, {"to", RANK_SAME, 0}, {"float", RANK_SAME, 0}, {"half", RANK_SAME, 0},
    {"type_as", RANK_SAME, 0}, {"type", RANK_SAME, 0}, {"clone", RANK_SAME, 0}, {"detach", RANK_SAME, 0}, {"softmax", RANK_SAME, 0},
    {"log_softmax", RANK_SAME, 0}, {"dropout", RANK_SAME, 0}, {"masked_fill", RANK_SAME, 0}, {"relu", RANK_SAME, 0}, {"gelu", RANK_SAME, 0},
    {"silu", RANK_SAME, 0}, {"tanh", RANK_SAME, 0}, {"sigmoid", RANK_SAME, 0}, {"neg", RANK_SAME, 0}, {"exp", RANK_SAME, 0}, {"sqrt", RANK_SAME, 0},
    {"logical_not", RANK_SAME, 0}, {"bitwise_not", RANK_SAME, 0}, {"bool", RANK_SAME, 0}, {"long", RANK_SAME, 0}, {"int", RANK_SAME, 0}, {"pow", RANK_BROADCAST, 0},
    {"clamp", RANK_SAME, 0}, {"Linear", RANK_SAME, 0}, {"Dropout", RANK_SAME, 0}, {"LayerNorm", RANK_SAME, 0}, {"BatchNorm1d", RANK_SAME, 0},
    {"ReLU", RANK_SAME, 0}, {"GELU", RANK_SAME, 0}, {"SiLU", RANK_SAME, 0}, {"Tanh", RANK_SAME, 0}, {"Sigmoid", RANK_SAME, 0},
    {"LeakyReLU", RANK_SAME, 0}, {"ELU", RANK_SAME, 0}, {"PReLU", RANK_SAME, 0}, {"Identity", RANK_SAME, 0}, {"Softmax", RANK_SAME, 0},
    {"Conv1d", RANK_SAME, 0}, {"Conv2d", RANK_SAME, 0}, {"Conv3d", RANK_SAME, 0},
};

static const rank_row *row_of(const nw_eval *eval, const nw_fact *fact)
{
    const char *name = nw_symbol_bytes(eval->symbols, fact->name), *dot = strrchr(name, '.');
    if ((fact->kind != NW_FACT_OPERATOR && fact->kind != NW_FACT_LAYER) || strncmp(name, "torch.", 6) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, dot + 1) == 0)
            return &rows[i];
    return NULL;
}

/* Ranks of facts that were asked for before: what is added to itself leads to the same facts on two ways, at each step. */
typedef struct rank_memory {
    nw_guard path;
    struct {
        uint32_t fact;
        int8_t rank, depth; /* with so many steps left */
    } kept[128];
} rank_memory;

static int rank_at(nw_eval *eval, nw_value value, int depth, rank_memory *memory);

/* `x.view(a, b, -1)`, `x.view((a, b))`, `torch.reshape(x, (a, b))`: as many as there are sizes. */
static int count_sizes(const nw_fact *fact)
{
    int count = 0;
    bool is_alone = false;
    for (uint32_t i = 1; i < fact->argument_count; i++) {
        nw_value size = fact->arguments[i];
        if (size.kind == NW_TUPLE)
            return i == 1 ? (int)size.as.tuple->count : -1;
        if (size.kind == NW_LIST)
            return i == 1 && !size.as.list->repeated ? (int)size.as.list->count : -1;
        if (size.kind == NW_NONE)
            continue; /* size= or dtype= at its default */
        if (size.kind != NW_INT && size.kind != NW_OPAQUE && size.kind != NW_PHI)
            return -1;
        is_alone = size.kind != NW_INT && !(size.kind == NW_OPAQUE && size.as.opaque->type == NW_TYPE_INT);
        count++;
    }
    return count > 1 || (count && !is_alone) ? count : -1; /* one alone may be a tuple */
}

/* As many as there are letters behind the arrow. */
static int rank_of_equation(const char *text)
{
    const char *arrow = strstr(text, "->");
    int rank = 0;
    for (const char *at = arrow ? arrow + 2 : ""; *at; at++) {
        if (*at == '.')
            return -1;
        rank += *at != ' ';
    }
    return arrow ? rank : -1;
}

/* What an index takes of the dimensions and how many it gives; false: by a tensor or a list, or by something that is not known. */
static bool count_index(nw_value index, int *taken, int *given)
{
    const nw_value *items = index.kind == NW_TUPLE ? index.as.tuple->items : &index;
    uint32_t count = index.kind == NW_TUPLE ? index.as.tuple->count : 1;
    *taken = *given = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_one = items[i].kind == NW_INT || (items[i].kind == NW_OPAQUE && items[i].as.opaque->type == NW_TYPE_INT);
        if (items[i].kind != NW_SLICE && items[i].kind != NW_NONE && items[i].kind != NW_ELLIPSIS && !is_one)
            return false;
        *taken += items[i].kind == NW_SLICE || is_one;
        *given += items[i].kind == NW_SLICE || items[i].kind == NW_NONE;
    }
    return true;
}

static int rank_of_fact(nw_eval *eval, const nw_fact *fact, int depth, rank_memory *memory)
{
    const rank_row *row = row_of(eval, fact);
    if (!row)
        return -1;
    if (row->kind == RANK_EQUATION)
        return fact->argument_count && fact->arguments[0].kind == NW_STRING ? rank_of_equation(nw_symbol_bytes(eval->symbols, fact->arguments[0].as.symbol)) : -1;
    int first = fact->argument_count ? rank_at(eval, fact->arguments[0], depth, memory) : -1;
    switch ((rank_kind)row->kind) {
    case RANK_SAME: return first;
    case RANK_FIXED: return row->number;
    case RANK_MORE: case RANK_PARTS: return first < 0 ? -1 : first + row->number;
    case RANK_SIZES: return count_sizes(fact);
    case RANK_INDEX: {
        int taken, given;
        bool is_known = first >= 0 && fact->argument_count >= 2 && count_index(fact->arguments[1], &taken, &given);
        return is_known && first >= taken ? first - taken + given : -1;
    }
    case RANK_FLATTEN: { /* flatten(1) gives two */
        bool whole = fact->argument_count >= 3 && fact->arguments[2].kind == NW_INT && fact->arguments[2].as.integer == -1;
        nw_value start = fact->argument_count >= 2 ? fact->arguments[1] : nw_unset();
        return whole && start.kind == NW_INT && start.as.integer >= 0 ? (int)start.as.integer + 1 : -1;
    }
    case RANK_BROADCAST: {
        nw_value other = fact->argument_count >= 2 ? fact->arguments[1] : nw_unset();
        bool scalar = nw_is_number(other) || (other.kind == NW_OPAQUE && other.as.opaque->origin != NW_ORIGIN_LOST && !other.as.opaque->node);
        int second = scalar ? 0 : rank_at(eval, other, depth, memory); /* what constructors are given are numbers, not tensors */
        bool is_product = strcmp(row->name, "matmul") == 0;
        if (first < 0 || second < 0 || (is_product && (first < 2 || second < 2)))
            return -1;
        return first > second ? first : second;
    }
    default: return -1;
    }
}

static int rank_at(nw_eval *eval, nw_value value, int depth, rank_memory *memory)
{
    if (value.kind == NW_PHI && depth) {
        int then = rank_at(eval, value.as.phi->then, depth - 1, memory);
        return then >= 0 && then == rank_at(eval, value.as.phi->otherwise, depth - 1, memory) ? then : -1;
    }
    if (value.kind != NW_TENSOR || !depth)
        return -1;
    if (value.as.tensor->shape)
        return value.as.tensor->rank;
    if (value.as.tensor->unpacked_rank && nw_bdd_implies(&eval->bdd, memory->path, value.as.tensor->unpacked_path))
        return value.as.tensor->unpacked_rank;
    uint32_t node = value.as.tensor->node;
    if (!node || node >= eval->fact_count)
        return -1;
    const nw_fact *fact = &eval->facts[node];
    const rank_row *row = row_of(eval, fact);
    if (fact->result.kind != NW_TENSOR && !(row && row->kind == RANK_PARTS))
        return -1;
    if (fact->kind == NW_FACT_JOIN && fact->argument_count == 2) {
        int then = rank_at(eval, fact->arguments[0], depth - 1, memory);
        return then >= 0 && then == rank_at(eval, fact->arguments[1], depth - 1, memory) ? then : -1;
    }
    uint32_t slot = node % (sizeof memory->kept / sizeof *memory->kept);
    bool is_kept = memory->kept[slot].fact == node && (memory->kept[slot].rank >= 0 || memory->kept[slot].depth >= depth);
    if (!is_kept) {
        int rank = rank_of_fact(eval, fact, depth - 1, memory);
        memory->kept[slot].fact = node;
        memory->kept[slot].rank = (int8_t)(rank > INT8_MAX ? -1 : rank);
        memory->kept[slot].depth = (int8_t)depth;
    }
    return memory->kept[slot].rank;
}

int nw_rank_of(nw_eval *eval, nw_value value, nw_guard path)
{
    rank_memory memory = {.path = path};
    return rank_at(eval, value, DEEPEST, &memory);
}

/* So many dimensions there must be for an exchange of two, 0: it is another operation. */
static int axes_exchanged(const rank_row *row, const nw_fact *fact)
{
    int64_t most = 0, axis;
    for (uint32_t i = 1; i < fact->argument_count && strcmp(row->name, "transpose") == 0; i++)
        if (nw_known_integer(fact->arguments[i], &axis) && (axis < 0 ? -axis : axis + 1) > most)
            most = axis < 0 ? -axis : axis + 1;
    return most > 2 && most < INT8_MAX ? (int)most : strcmp(row->name, "transpose") == 0 || strcmp(row->name, "mT") == 0 ? 2 : 0;
}

static int least_rank_at(nw_eval *eval, nw_value value, int depth, rank_memory *memory)
{
    int rank = rank_at(eval, value, depth, memory), taken, given = 0;
    uint32_t node = value.kind == NW_TENSOR ? value.as.tensor->node : 0;
    const nw_fact *fact = rank < 0 && depth && node && node < eval->fact_count ? &eval->facts[node] : NULL;
    const rank_row *row = fact ? row_of(eval, fact) : NULL;
    if (!row || !fact->argument_count)
        return rank < 0 ? 0 : rank;
    int first = row->kind == RANK_INDEX ? 0 : least_rank_at(eval, fact->arguments[0], depth - 1, memory);
    switch ((rank_kind)row->kind) {
    case RANK_INDEX: return fact->argument_count >= 2 && count_index(fact->arguments[1], &taken, &given) ? given : 0;
    case RANK_SAME: return first > axes_exchanged(row, fact) ? first : axes_exchanged(row, fact);
    case RANK_MORE: case RANK_PARTS: return first + row->number > 0 ? first + row->number : 0;
    case RANK_BROADCAST: {
        int second = fact->argument_count >= 2 && strcmp(row->name, "matmul") != 0 ? least_rank_at(eval, fact->arguments[1], depth - 1, memory) : 0;
        return strcmp(row->name, "matmul") == 0 ? 0 : first > second ? first : second;
    }
    default: return 0;
    }
}

int nw_least_rank_of(nw_eval *eval, nw_value value, nw_guard path)
{
    rank_memory memory = {.path = path};
    return least_rank_at(eval, value, DEEPEST, &memory);
}

/* Whether `value` becomes `later` by operations that keep the number of dimensions. */
static bool becomes(const nw_eval *eval, nw_value value, nw_value later)
{
    for (int depth = 0; depth < DEEPEST && later.kind == NW_TENSOR; depth++) {
        if (value.kind == NW_TENSOR && value.as.tensor == later.as.tensor)
            return true;
        uint32_t node = later.as.tensor->node;
        const nw_fact *fact = node && node < eval->fact_count ? &eval->facts[node] : NULL;
        const rank_row *row = fact ? row_of(eval, fact) : NULL;
        bool scaled = row && row->kind == RANK_BROADCAST && fact->argument_count >= 2 && fact->arguments[1].kind != NW_TENSOR;
        if (!row || !fact->argument_count || (row->kind != RANK_SAME && !scaled))
            return false;
        later = fact->arguments[0];
    }
    return false;
}

/* What a tensor was made from by operations that keep the number of dimensions. */
static const nw_tensor *origin_of(const nw_eval *eval, nw_value value)
{
    for (int depth = 0; depth < DEEPEST && value.kind == NW_TENSOR; depth++) {
        uint32_t node = value.as.tensor->node;
        const nw_fact *fact = node && node < eval->fact_count ? &eval->facts[node] : NULL;
        const rank_row *row = fact && fact->result.kind == NW_TENSOR ? row_of(eval, fact) : NULL;
        if (!row || row->kind != RANK_SAME || !fact->argument_count || fact->arguments[0].kind != NW_TENSOR)
            return value.as.tensor;
        value = fact->arguments[0];
    }
    return NULL;
}

bool nw_exchanges_axes(const nw_eval *eval, const nw_fact *fact, nw_value value)
{
    const char *name = nw_symbol_bytes(eval->symbols, fact->name), *dot = strrchr(name, '.');
    bool turns = fact->kind == NW_FACT_OPERATOR && dot && strcmp(dot, ".transpose") == 0 && fact->argument_count;
    const nw_tensor *origin = turns ? origin_of(eval, value) : NULL;
    return origin && origin == origin_of(eval, fact->arguments[0]);
}

/* The letters of an operand in "bhid,bhjd->bhij", -1: there may be more. */
static int letters_of_operand(const char *equation, uint32_t operand)
{
    int letters = 0;
    for (const char *at = equation; *at && *at != '-' && !(*at == ',' && !operand); at++) {
        if (*at == '.')
            return -1;
        letters += !operand && *at != ' ';
        operand -= *at == ',';
    }
    return letters ? letters : -1;
}

static int rank_in_equation(const nw_eval *eval, const nw_fact *einsum, nw_value value)
{
    for (uint32_t i = 1; i < einsum->argument_count && einsum->arguments[0].kind == NW_STRING; i++)
        if (becomes(eval, value, einsum->arguments[i]))
            return letters_of_operand(nw_symbol_bytes(eval->symbols, einsum->arguments[0].as.symbol), i - 1);
    return -1;
}

int nw_rank_by_consumer(const nw_eval *eval, const nw_fact *consumer, nw_value value)
{
    const char *name = nw_symbol_bytes(eval->symbols, consumer->name), *dot = strrchr(name, '.');
    if (strcmp(name, "torch.einsum") == 0)
        return rank_in_equation(eval, consumer, value);
    bool is_bmm = dot && strncmp(name, "torch.", 6) == 0 && (strcmp(dot, ".bmm") == 0 || strcmp(dot, ".baddbmm") == 0);
    if (!is_bmm)
        return -1;
    for (uint32_t i = strcmp(dot, ".bmm") == 0 ? 0 : 1; i < 3 && i < consumer->argument_count; i++)
        if (becomes(eval, value, consumer->arguments[i]))
            return 3;
    return value.kind == NW_TENSOR && consumer->result.kind == NW_TENSOR && becomes(eval, consumer->result, value) ? 3 : -1;
}
