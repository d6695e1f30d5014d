#include "driver/stats.h"

#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

void nw_stats_add(nw_stats *sum, const nw_stats *other)
{
    sum->files += other->files;
    sum->bytes += other->bytes;
    sum->models += other->models;
    sum->steps += other->steps;
    sum->resolved += other->resolved;
    sum->unresolved += other->unresolved;
    sum->read_seconds += other->read_seconds;
    sum->build_seconds += other->build_seconds;
    sum->call_seconds += other->call_seconds;
    sum->model_seconds += other->model_seconds;
    for (unsigned i = 0; i < NW_DIAGNOSTIC_COUNT; i++)
        sum->reasons[i] += other->reasons[i];
}

void nw_stats_add_run(nw_stats *stats, const nw_run *run)
{
    stats->read_seconds += run->read_seconds;
    stats->build_seconds += run->build_seconds;
    stats->call_seconds += run->call_seconds;
    stats->model_seconds += run->model_seconds;
}

void nw_stats_add_module(nw_stats *stats, const nw_module *module)
{
    stats->files++;
    stats->bytes += module->source.size;
    for (uint32_t i = 0; module->sites && module->ast && i < module->ast->node_count; i++) {
        stats->resolved += module->sites[i] == 1;
        stats->unresolved += (module->sites[i] & 2) != 0;
    }
}

void nw_stats_add_model(nw_stats *stats, const nw_model *model)
{
    stats->models++;
    stats->steps += model->step_count;
    for (uint32_t i = 0; i < model->unknown.count; i++)
        stats->reasons[model->unknown.items[i].id]++;
}

static void put_imported(nw_json *json, const nw_trees *trees)
{
    uint32_t count;
    const char **paths = nw_trees_paths(trees, &count);
    nw_json_key(json, "imported");
    nw_json_open(json, '[');
    for (uint32_t i = 0; i < count; i++)
        nw_json_text(json, paths[i]);
    nw_json_close(json, ']');
    free(paths);
}

void nw_stats_json(const nw_stats *stats, const nw_trees *trees, double seconds, nw_buffer *out)
{
    nw_json json = nw_json_start(out);
    nw_json_open(&json, '{');
    nw_json_key(&json, "version");
    nw_json_integer(&json, 1);
    nw_json_key(&json, "files");
    nw_json_integer(&json, (int64_t)stats->files);
    nw_json_key(&json, "bytes");
    nw_json_integer(&json, (int64_t)stats->bytes);
    put_imported(&json, trees);
    nw_json_key(&json, "models");
    nw_json_integer(&json, (int64_t)stats->models);
    nw_json_key(&json, "layers");
    nw_json_integer(&json, (int64_t)stats->steps);
    nw_json_key(&json, "calls");
    nw_json_open(&json, '{');
    nw_json_key(&json, "resolved");
    nw_json_integer(&json, (int64_t)stats->resolved);
    nw_json_key(&json, "unresolved");
    nw_json_integer(&json, (int64_t)stats->unresolved);
    nw_json_close(&json, '}');
    nw_json_key(&json, "seconds");
    nw_json_open(&json, '{');
    const struct { const char *name; double value; } times[] = {{"total", seconds}, {"read", stats->read_seconds}, {"build", stats->build_seconds},
                                                               {"call", stats->call_seconds}, {"model", stats->model_seconds}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        nw_json_key(&json, times[i].name);
        nw_json_number(&json, times[i].value);
    }
    nw_json_close(&json, '}');
    nw_json_key(&json, "reasons");
    nw_json_open(&json, '{');
    for (unsigned i = 0; i < NW_DIAGNOSTIC_COUNT; i++) {
        if (!stats->reasons[i])
            continue;
        char code[16];
        snprintf(code, sizeof code, "NW%04u", nw_diagnostic_row_of((nw_diagnostic_id)i)->code);
        nw_json_key(&json, code);
        nw_json_integer(&json, (int64_t)stats->reasons[i]);
    }
    nw_json_close(&json, '}');
    nw_json_close(&json, '}');
    nw_buffer_byte(out, '\n');
}
