/* One file: its statements, and the imports and adapters that they turn out to need. */
#include "eval/interpret.h"
#include "migrate/writer.h"
#include "syntax/ast_visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is needed ---- */

void nw_need_import(nw_writer *writer, nw_symbol name)
{
    if (!nw_translations_holds(&writer->migration->tables, "imports", name, NULL))
        return;
    for (uint32_t i = 0; i < writer->import_count; i++)
        if (writer->imports[i].v == name.v)
            return;
    NW_ARENA_RESERVE(&writer->eval->arena, writer->imports, writer->import_count, writer->import_capacity);
    writer->imports[writer->import_count++] = name;
}

/* As a variable, parameter, function, class or import of its own. */
bool nw_is_bound(const nw_writer *writer, nw_symbol name)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t i = 0; i < writer->name_count; i++)
        if (writer->names[i].name.v == name.v)
            return false; /* the framework's own, which goes */
    if (nw_ast_binds(ast, name))
        return true;
    for (uint32_t f = 1; f < ast->function_count; f++)
        for (uint32_t i = 0; i < ast->functions[f].parameter_count; i++)
            if (ast->functions[f].parameters[i].name.v == name.v)
                return true;
    return false;
}

const char *nw_import_text(nw_writer *writer, nw_symbol name)
{
    nw_eval *eval = writer->eval;
    const char *text = nw_bytes(eval, name);
    nw_value line;
    if (!nw_translations_holds(&writer->migration->tables, "imports", name, &line) || line.kind != NW_STRING)
        return text;
    const char *from = nw_bytes(eval, line.as.symbol), *names = strstr(from, " import ");
    if (strncmp(from, "from ", 5) != 0 || !names || !nw_is_bound(writer, name)) {
        nw_need_import(writer, name);
        return text;
    }
    const char *package = from + 5; /* from tensorflow.keras import layers: keras.layers */
    for (const char *c = package; c < names; c++)
        package = *c == '.' ? c + 1 : package;
    nw_buffer full;
    nw_buffer_init(&full);
    nw_buffer_format(&full, "%.*s.%s", (int)(names - package), package, text);
    nw_need_import(writer, nw_symbol_intern(eval->symbols, package, (size_t)(names - package)));
    const char *copy = nw_arena_copy(&eval->arena, full.bytes, full.size + 1);
    nw_buffer_release(&full);
    return copy;
}

void nw_write_target_name(nw_writer *writer, nw_value dotted)
{
    const char *text = dotted.kind == NW_STRING ? nw_bytes(writer->eval, dotted.as.symbol) : "";
    size_t top = strcspn(text, ".");
    if (*text)
        nw_buffer_format(writer->out, "%s%s", nw_import_text(writer, nw_symbol_intern(writer->eval->symbols, text, top)), text + top);
    writer->changed = true;
}

void nw_write_setting_name(nw_writer *writer, const char *setting)
{
    nw_write_target_name(writer, nw_translations_setting(&writer->migration->tables, setting));
}

/* ---- imports ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether the file keeps an import of that very text. */
static bool is_imported(const nw_writer *writer, const char *line)
{
    nw_list body = nw_ast_list(writer->ast, writer->ast->functions[0].body);
    size_t size = strlen(line);
    bool found = false;
    for (uint32_t i = 0; i < body.count && !found; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        bool import = n->kind == NW_NODE_IMPORT || n->kind == NW_NODE_IMPORT_FROM;
        found = import && writer->plan[body.items[i]] == NW_PLAN_KEEP && n->end - n->start == size && memcmp(writer->bytes + n->start, line, size) == 0;
    }
    return found;
}

static void write_imports(const nw_writer *writer, nw_buffer *out)
{
    const char **lines = nw_arena_alloc(&writer->eval->arena, (writer->import_count + writer->native_count + 1) * sizeof *lines);
    uint32_t count = 0;
    for (uint32_t i = 0; i < writer->native_count; i++)
        lines[count++] = writer->natives[i];
    for (uint32_t i = 0; i < writer->import_count; i++) {
        nw_value line;
        if (nw_translations_holds(&writer->migration->tables, "imports", writer->imports[i], &line) && line.kind == NW_STRING &&
            !is_imported(writer, nw_bytes(writer->eval, line.as.symbol)))
            lines[count++] = nw_bytes(writer->eval, line.as.symbol);
    }
    qsort(lines, count, sizeof *lines, by_text);
    for (uint32_t i = 0; i < count; i++)
        if (strncmp(lines[i], "from", 4) != 0)
            nw_buffer_format(out, "%s\n", lines[i]);
    const char *package = "";
    for (uint32_t i = 0; i < count; i++) { /* from keras import layers, ops */
        const char *names = strncmp(lines[i], "from", 4) == 0 ? strstr(lines[i], " import ") : NULL;
        if (!names)
            continue;
        bool same = strncmp(lines[i], package, (size_t)(names - lines[i]) + 8) == 0;
        nw_buffer_format(out, same ? ", %s" : "%s%s", same ? names + 8 : *package ? "\n" : "", lines[i]);
        package = lines[i];
    }
    nw_buffer_text(out, *package ? "\n" : "");
}

/* ---- the file ---- */

nw_writer *nw_writer_new(nw_migration *migration, nw_module *module)
{
    nw_eval *eval = migration->eval;
    nw_writer *writer = nw_arena_zero(&eval->arena, sizeof *writer);
    writer->migration = migration;
    writer->eval = eval;
    writer->module = module;
    writer->ast = module->ast;
    writer->bytes = module->source.bytes;
    writer->reached = true;
    nw_buffer_init(&writer->comments);
    nw_references_read(writer);
    nw_plan_file(writer);
    return writer;
}

static bool is_docstring(const nw_ast *ast, uint32_t node)
{
    return ast->nodes[node].kind == NW_NODE_EXPRESSION && ast->nodes[ast->nodes[node].a].kind == NW_NODE_STRING;
}


static bool is_preamble(const nw_writer *writer, uint32_t node)
{
    uint8_t kind = writer->ast->nodes[node].kind;
    return kind == NW_NODE_IMPORT || kind == NW_NODE_IMPORT_FROM || is_docstring(writer->ast, node);
}

typedef struct call_search {
    nw_writer *writer;
    bool found;
} call_search;

static void find_framework_call(void *context, nw_ast_child child)
{
    call_search *search = context;
    const nw_node *n = &search->writer->ast->nodes[child.node];
    nw_value value;
    nw_symbol dotted;
    search->found = search->found || (n->kind == NW_NODE_CALL && nw_reference(search->writer, n->a, &value, &dotted));
    if (!search->found)
        nw_ast_visit_children(search->writer->ast, child.node, find_framework_call, search);
}

/* Whether a statement may stand between imports: an assignment or a call (`sys.path.append("..")`), but none of what the framework makes, which
 * adapters may make in its place. */
static bool may_precede_imports(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    bool computes = n->kind == NW_NODE_ASSIGN || n->kind == NW_NODE_EXPRESSION;
    call_search search = {.writer = writer};
    if (computes)
        find_framework_call(&search, (nw_ast_child){.node = n->kind == NW_NODE_ASSIGN ? n->b : n->a});
    return is_preamble(writer, node) || n->kind == NW_NODE_TRY || n->kind == NW_NODE_IF || (computes && !search.found);
}

/* The last statement at the top before which nothing but imports stands; the count of statements when all are such. */
static uint32_t preamble_end(nw_writer *writer, nw_list body)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < body.count && may_precede_imports(writer, body.items[i]); i++)
        if (is_preamble(writer, body.items[i]))
            last = i + 1;
    return last;
}

/* The next line with text in it, or the end. */
static uint32_t behind_blank_lines(const nw_writer *writer, uint32_t at)
{
    uint32_t line = at;
    for (; at < writer->module->source.size && strchr(" \t\r\n\f", writer->bytes[at]); at++)
        line = writer->bytes[at] == '\n' ? at + 1 : line;
    return at == writer->module->source.size ? at : line;
}

static void write_statements(nw_writer *writer)
{
    nw_list body = nw_ast_list(writer->ast, writer->ast->functions[0].body);
    uint32_t at = 0, adapters = preamble_end(writer, body);
    bool placed = false;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        if (i == adapters && i > 0) {
            uint32_t line = at;
            while (line < n->start && writer->bytes[line] != '\n')
                line++;
            line += line < n->start;
            nw_write_source(writer, at, line);
            nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
            placed = true;
            at = line;
        }
        nw_write_source(writer, at, n->start);
        if (i == adapters && !placed) {
            nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
            placed = true;
        }
        nw_write_statement(writer, body.items[i]);
        at = writer->plan[body.items[i]] & NW_PLAN_NATIVE ? behind_blank_lines(writer, n->end) : n->end;
    }
    nw_write_source(writer, at, writer->module->source.size);
    if (!placed)
        nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
}

/* Behind what goes, and the semicolon that parts it from the next statement of the line. */
static size_t skip_semicolon(const nw_buffer *body, size_t at)
{
    size_t end = at;
    while (end < body->size && (body->bytes[end] == ' ' || body->bytes[end] == '\t'))
        end++;
    if (end == body->size || body->bytes[end] != ';')
        return at;
    for (end++; end < body->size && (body->bytes[end] == ' ' || body->bytes[end] == '\t');)
        end++;
    return end;
}

/* A line that holds nothing but a removed statement goes. */
static size_t skip_removed(const nw_buffer *body, size_t at, nw_buffer *out)
{
    size_t start = out->size;
    while (start > 0 && (out->bytes[start - 1] == ' ' || out->bytes[start - 1] == '\t'))
        start--;
    size_t end = at + 1;
    while (end < body->size && (body->bytes[end] == ' ' || body->bytes[end] == '\t' || body->bytes[end] == '\r'))
        end++;
    bool alone = (start == 0 || out->bytes[start - 1] == '\n') && end < body->size && body->bytes[end] == '\n';
    if (!alone && body->bytes[end] == '#' && out->size > start)
        return end; /* a comment stays on its line */
    if (!alone)
        return skip_semicolon(body, at + 1);
    out->size = start;
    return end + 1;
}

static size_t skip_place(const nw_buffer *body, size_t at)
{
    size_t end = skip_semicolon(body, at + 1);
    end += end < body->size && body->bytes[end] == '\r';
    return end < body->size && body->bytes[end] == '\n' ? end + 1 : end;
}

static size_t take_place(nw_writer *writer, const nw_buffer *body, size_t at, nw_migrated_file *file)
{
    nw_arena *arena = &writer->eval->arena;
    uint32_t source = 0;
    for (at++; body->bytes[at] != ';'; at++)
        source = source * 10 + (uint32_t)(body->bytes[at] - '0');
    NW_ARENA_RESERVE(arena, file->places, file->place_count, file->place_capacity);
    file->places[file->place_count++] = (nw_text_place){(uint32_t)file->text.size, source};
    return at + 1;
}

/* A string of `__all__`, with the comma and the space behind it: the byte behind them when its name is not defined any more. */
static size_t skip_export(nw_writer *writer, const nw_buffer *body, size_t at)
{
    char quote = body->bytes[at];
    const char *close = memchr(body->bytes + at + 1, quote, body->size - at - 1);
    size_t end = close ? (size_t)(close - body->bytes) : at;
    nw_symbol name = nw_symbol_intern(writer->eval->symbols, body->bytes + at + 1, end > at ? end - at - 1 : 0);
    bool removed = close && nw_is_unimported(writer, name);
    for (uint32_t i = 0; i < writer->removed_count && close; i++)
        removed |= writer->removed[i].v == name.v;
    if (!removed)
        return at;
    for (end++; end < body->size && strchr(", \t\r", body->bytes[end]);)
        end++;
    if (end >= body->size || body->bytes[end] != '\n')
        return end;
    for (end++; end < body->size && (body->bytes[end] == ' ' || body->bytes[end] == '\t');)
        end++;
    return end;
}

static bool is_mark(char byte)
{
    return byte >= NW_TEXT_REMOVED && byte <= NW_TEXT_EXPORT;
}

static void assemble(nw_writer *writer, const nw_buffer *body, nw_migrated_file *file)
{
    nw_buffer *out = &file->text;
    for (size_t at = 0; at < body->size;) {
        switch (body->bytes[at]) {
        case NW_TEXT_REMOVED: at = skip_removed(body, at, out); break;
        case NW_TEXT_IMPORTS:
            write_imports(writer, out);
            at = skip_place(body, at);
            break;
        case NW_TEXT_ADAPTERS:
            if (!writer->has_place)
                write_imports(writer, out);
            nw_write_adapter_imports(writer, out);
            nw_write_adapters(writer, out);
            at++;
            break;
        case NW_TEXT_PLACE: at = take_place(writer, body, at, file); break;
        case NW_TEXT_EXPORT: at = skip_export(writer, body, at + 1); break;
        default: {
            size_t start = at;
            while (at < body->size && !is_mark(body->bytes[at]))
                at++;
            nw_buffer_add(out, body->bytes + start, at - start);
        }
        }
    }
}

/* Whether every line of the source ends in a carriage return and a line feed. */
static bool ends_lines_in_two(const nw_source *source)
{
    bool some = false;
    for (uint32_t i = 0; i < source->size; i++) {
        if (source->bytes[i] == '\n' && (i == 0 || source->bytes[i - 1] != '\r'))
            return false;
        some |= source->bytes[i] == '\n';
    }
    return some;
}

/* Lines that were added end as those of the source do. */
static void match_line_ends(nw_migrated_file *file)
{
    nw_buffer text;
    nw_buffer_init(&text);
    uint32_t place = 0;
    for (size_t at = 0; at <= file->text.size; at++) {
        for (; place < file->place_count && file->places[place].target == at; place++)
            file->places[place].target = (uint32_t)text.size;
        if (at == file->text.size)
            break;
        if (file->text.bytes[at] == '\n' && (at == 0 || file->text.bytes[at - 1] != '\r'))
            nw_buffer_byte(&text, '\r');
        nw_buffer_byte(&text, file->text.bytes[at]);
    }
    nw_buffer_release(&file->text);
    file->text = text;
}

/* The bytes that mark places while text is written must mean nothing in the source. */
static bool holds_marks(const nw_writer *writer)
{
    for (uint32_t i = 0; i < writer->module->source.size; i++)
        if (is_mark(writer->bytes[i]))
            return true;
    return false;
}

void nw_write_body(nw_writer *writer)
{
    nw_buffer_init(&writer->body);
    if (holds_marks(writer)) {
        nw_write_refuse(writer, 0, NW_DIAG_NOT_TRANSLATED, "a file with control characters");
        return;
    }
    writer->out = &writer->body;
    write_statements(writer);
}

void nw_write_file(nw_writer *writer, nw_migrated_file *file)
{
    file->is_changed = writer->body.size && (writer->changed || writer->adapter_count);
    nw_need_adapter_imports(writer);
    if (file->is_changed)
        assemble(writer, &writer->body, file);
    if (file->is_changed && ends_lines_in_two(&writer->module->source))
        match_line_ends(file);
    else if (!file->is_changed)
        nw_buffer_add(&file->text, writer->bytes, writer->module->source.size);
    nw_note_stand_ins(writer);
    nw_buffer_release(&writer->body);
    nw_buffer_release(&writer->comments);
}
