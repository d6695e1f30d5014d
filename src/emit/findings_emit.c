#include "emit/findings_emit.h"

#include "base/json.h"
#include "netwright_config.h"

#include <stdio.h>
#include <string.h>

static const char *const status_names[] = {"applicable", "refused", "applied"};
static const char *const safety_names[] = {"safe", "unsafe", "report"};

static void code_text(uint16_t code, char text[16])
{
    snprintf(text, 16, "NW%04u", code);
}

static void write_text(nw_json *json, const char *key, const char *text)
{
    nw_json_key(json, key);
    if (text)
        nw_json_text(json, text);
    else
        nw_json_null(json);
}

static void write_integer(nw_json *json, const char *key, uint32_t value)
{
    nw_json_key(json, key);
    nw_json_integer(json, value);
}

static void write_edits(const nw_finding *finding, nw_json *json)
{
    nw_json_key(json, "edits");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        nw_json_open(json, '{');
        write_integer(json, "start", finding->edits[i].start);
        write_integer(json, "end", finding->edits[i].end);
        nw_json_key(json, "text");
        nw_json_bytes(json, finding->edits[i].text, finding->edits[i].size);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

/* How the weights of the new code follow from those of the old. */
static void write_state(const nw_finding *finding, nw_json *json)
{
    if (!finding->state)
        return;
    nw_json_key(json, "state");
    nw_json_open(json, '[');
    for (const char *at = finding->state; *at;) {
        const char *blank = strchr(at, ' '), *end = strchr(at, '\n');
        nw_json_open(json, '{');
        nw_json_key(json, "to");
        nw_json_bytes(json, at, (size_t)(blank - at));
        nw_json_key(json, "from");
        nw_json_bytes(json, blank + 1, (size_t)(end - blank - 1));
        nw_json_close(json, '}');
        at = end + 1;
    }
    nw_json_close(json, ']');
}

static void write_finding(const nw_finding *finding, nw_json *json)
{
    char code[16];
    code_text(finding->code, code);
    nw_json_open(json, '{');
    write_text(json, "rule", finding->rule);
    write_text(json, "file", finding->path);
    write_integer(json, "line", finding->line);
    write_integer(json, "column", finding->column);
    write_integer(json, "end_line", finding->end_line);
    write_text(json, "class", finding->class_name);
    write_text(json, "function", finding->function);
    write_text(json, "status", status_names[finding->status]);
    write_text(json, "safety", safety_names[finding->safety]);
    write_text(json, "reason", finding->code ? code : NULL);
    write_text(json, "message", finding->message);
    write_text(json, "guard", finding->guard);
    if (finding->pays)
        write_text(json, "pays", finding->pays);
    if (finding->need_count) {
        nw_json_key(json, "needs");
        nw_json_open(json, '[');
        for (uint32_t i = 0; i < finding->need_count; i++)
            nw_json_text(json, finding->needs[i]);
        nw_json_close(json, ']');
    }
    write_state(finding, json);
    write_edits(finding, json);
    nw_json_close(json, '}');
}

void nw_findings_json(const nw_finding_list *list, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    write_integer(&json, "version", 1);
    write_integer(&json, "files", list->files);
    nw_json_key(&json, "findings");
    nw_json_open(&json, '[');
    for (uint32_t i = 0; i < list->count; i++)
        write_finding(list->items[i], &json);
    nw_json_close(&json, ']');
    nw_json_close(&json, '}');
    nw_buffer_byte(out, '\n');
}

/* ---- SARIF ---- */

static bool is_first_of_rule(const nw_finding_list *list, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++)
        if (strcmp(list->items[i]->rule, list->items[index]->rule) == 0)
            return false;
    return true;
}

static void write_sarif_rules(const nw_finding_list *list, nw_json *json)
{
    nw_json_key(json, "rules");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (!is_first_of_rule(list, i))
            continue;
        nw_json_open(json, '{');
        write_text(json, "id", list->items[i]->rule);
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
}

static void write_message(nw_json *json, const char *text)
{
    nw_json_key(json, "message");
    nw_json_open(json, '{');
    write_text(json, "text", text);
    nw_json_close(json, '}');
}

static void write_location(const nw_finding *finding, nw_json *json)
{
    nw_json_key(json, "physicalLocation");
    nw_json_open(json, '{');
    nw_json_key(json, "artifactLocation");
    nw_json_open(json, '{');
    write_text(json, "uri", finding->path);
    nw_json_close(json, '}');
    nw_json_key(json, "region");
    nw_json_open(json, '{');
    write_integer(json, "startLine", finding->line);
    write_integer(json, "startColumn", finding->column);
    write_integer(json, "endLine", finding->end_line);
    nw_json_close(json, '}');
    nw_json_close(json, '}');
}

static void write_fix(const nw_finding *finding, nw_json *json)
{
    nw_json_key(json, "fixes");
    nw_json_open(json, '[');
    nw_json_open(json, '{');
    nw_json_key(json, "artifactChanges");
    nw_json_open(json, '[');
    nw_json_open(json, '{');
    nw_json_key(json, "artifactLocation");
    nw_json_open(json, '{');
    write_text(json, "uri", finding->path);
    nw_json_close(json, '}');
    nw_json_key(json, "replacements");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < finding->edit_count; i++) {
        nw_json_open(json, '{');
        nw_json_key(json, "deletedRegion");
        nw_json_open(json, '{');
        write_integer(json, "byteOffset", finding->edits[i].start);
        write_integer(json, "byteLength", finding->edits[i].end - finding->edits[i].start);
        nw_json_close(json, '}');
        nw_json_key(json, "insertedContent");
        nw_json_open(json, '{');
        nw_json_key(json, "text");
        nw_json_bytes(json, finding->edits[i].text, finding->edits[i].size);
        nw_json_close(json, '}');
        nw_json_close(json, '}');
    }
    nw_json_close(json, ']');
    nw_json_close(json, '}');
    nw_json_close(json, ']');
    nw_json_close(json, '}');
    nw_json_close(json, ']');
}

static void write_sarif_result(const nw_finding *finding, nw_json *json)
{
    nw_json_open(json, '{');
    write_text(json, "ruleId", finding->rule);
    write_text(json, "level", finding->status == NW_FINDING_REFUSED ? "note" : "warning");
    write_message(json, finding->message);
    nw_json_key(json, "locations");
    nw_json_open(json, '[');
    nw_json_open(json, '{');
    write_location(finding, json);
    nw_json_close(json, '}');
    nw_json_close(json, ']');
    if (finding->edit_count)
        write_fix(finding, json);
    nw_json_close(json, '}');
}

void nw_findings_sarif(const nw_finding_list *list, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    write_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    write_text(&json, "version", "2.1.0");
    nw_json_key(&json, "runs");
    nw_json_open(&json, '[');
    nw_json_open(&json, '{');
    nw_json_key(&json, "tool");
    nw_json_open(&json, '{');
    nw_json_key(&json, "driver");
    nw_json_open(&json, '{');
    write_text(&json, "name", "netwright");
    write_text(&json, "version", NW_VERSION);
    write_sarif_rules(list, &json);
    nw_json_close(&json, '}');
    nw_json_close(&json, '}');
    write_text(&json, "columnKind", "unicodeCodePoints");
    nw_json_key(&json, "results");
    nw_json_open(&json, '[');
    for (uint32_t i = 0; i < list->count; i++)
        write_sarif_result(list->items[i], &json);
    nw_json_close(&json, ']');
    nw_json_close(&json, '}');
    nw_json_close(&json, ']');
    nw_json_close(&json, '}');
    nw_buffer_byte(out, '\n');
}

/* ---- GitHub ---- */

/* Workflow commands: % and line ends are escaped, in properties also : and , */
static void write_escaped(nw_buffer *out, const char *text, bool is_property)
{
    for (; text && *text; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || (is_property && (*text == ':' || *text == ',')))
            nw_buffer_format(out, "%%%02X", (unsigned char)*text);
        else
            nw_buffer_byte(out, *text);
    }
}

void nw_findings_github(const nw_finding_list *list, nw_buffer *out)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const nw_finding *finding = list->items[i];
        nw_buffer_format(out, "::%s file=", finding->status == NW_FINDING_REFUSED ? "notice" : "warning");
        write_escaped(out, finding->path, true);
        nw_buffer_format(out, ",line=%u,endLine=%u,col=%u,title=", finding->line, finding->end_line, finding->column);
        write_escaped(out, finding->rule, true);
        nw_buffer_text(out, "::");
        write_escaped(out, finding->message, false);
        nw_buffer_byte(out, '\n');
    }
}

/* ---- text ---- */

void nw_finding_line(const nw_finding *finding, bool color, nw_buffer *out)
{
    static const char *const colors[] = {"\033[32m", "\033[33m", "\033[36m"};
    nw_buffer_format(out, "%s:%u:%u: %s: %s%s%s", finding->path, finding->line, finding->column, finding->rule, color ? colors[finding->status] : "",
                     status_names[finding->status], color ? "\033[0m" : "");
    if (finding->safety != NW_FINDING_SAFE)
        nw_buffer_format(out, " (%s)", safety_names[finding->safety]);
    if (*finding->message)
        nw_buffer_format(out, ": %s", finding->message);
    if (finding->guard)
        nw_buffer_format(out, ", if %s", finding->guard);
    if (finding->pays)
        nw_buffer_format(out, "; pays %s", finding->pays);
    if (finding->code)
        nw_buffer_format(out, " [NW%04u]", finding->code);
    for (uint32_t i = 0; i < finding->need_count; i++)
        nw_buffer_format(out, "%s'%s'", i ? " " : "; pip install ", finding->needs[i]);
    nw_buffer_byte(out, '\n');
}
