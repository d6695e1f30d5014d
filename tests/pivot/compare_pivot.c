/* What the tests of the pivot run: `compare-pivot SOURCE ENTRY TARGET ENTRY INPUT...` reads two networks and says whether they are
 * equal; then the migration map. Adapters that a migration has written count as what they stand for. Exit status 0 equal, 1 different, 2 one of them cannot be read. */
#include "driver/parallel.h"
#include "driver/pipeline.h"
#include "emit/message.h"
#include "emit/migration_map.h"
#include "migrate/native.h"

#include <stdio.h>
#include <string.h>

typedef struct network {
    nw_run first, run; /* the second one knows what adapters stand for */
    nw_natives natives;
    nw_stand_ins stand_ins;
    nw_model model;
    nw_pivot *pivot;
} network;

static bool read_once(nw_run *run, const nw_session *session, const nw_roots *roots, const nw_request *request, nw_model *model, const nw_stand_ins *stand_ins)
{
    nw_diagnostic_id id;
    const char *problem = "";
    nw_run_begin(run, session, roots, NW_RUN_TRANSLATION);
    run->environment.stand_ins = stand_ins;
    if (nw_pipeline_closed(run, request, model, &id, &problem))
        return true;
    fprintf(stderr, "%s: %s\n", request->path, problem);
    return false;
}

static bool read_network(network *n, const nw_session *session, nw_arena *arena, const char *path, const char *entry, char **inputs, int count)
{
    const char *paths[] = {path};
    nw_roots roots = nw_roots_find(arena, session, paths, 1);
    nw_request request = {.entry = entry, .path = path, .inputs = (const char *const *)inputs, .input_count = (size_t)count, .is_loaded = true};
    nw_model model;
    bool known = read_once(&n->first, session, &roots, &request, &model, NULL);
    nw_model_release(&model);
    const char *from = nw_symbol_bytes(n->first.eval.symbols, nw_framework_of(&n->first.eval));
    nw_natives_find(&n->natives, &n->first.eval, from, strcmp(from, "torch") == 0 ? "keras" : "torch", entry);
    nw_natives_stand_ins(&n->natives, &n->first.eval, &n->stand_ins);
    if (!known || !read_once(&n->run, session, &roots, &request, &n->model, &n->stand_ins))
        return false;
    for (uint32_t i = 0; i < n->model.unknown.count; i++) {
        nw_buffer line;
        nw_buffer_init(&line);
        nw_message_line(&line, &n->model.unknown.items[i], false);
        fputs(line.bytes, stderr);
        nw_buffer_release(&line);
    }
    if (n->model.unknown.count)
        return false;
    n->pivot = nw_pivot_read(&n->model);
    return true;
}

static int compare(network *both, const char *entry)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_pivot_comparison comparison = nw_pivot_compare(both[0].pivot, both[1].pivot);
    nw_pivot_explain(&comparison, &out);
    nw_buffer_byte(&out, '\n');
    nw_migration_map map = {.from = "source", .to = "target", .entry = entry, .source = &both[0].model, .target = &both[1].model, .comparison = &comparison};
    if (comparison.equal)
        nw_migration_map_write(&map, &out);
    fputs(out.bytes, stdout);
    nw_buffer_release(&out);
    return comparison.equal ? 0 : 1;
}

typedef struct work {
    const nw_session *session;
    char **arguments;
    int count, status;
} work;

/* On a thread with room for deep recursion. */
static void run(void *data, uint32_t index)
{
    work *w = data;
    (void)index;
    nw_arena arena;
    nw_arena_init(&arena);
    network both[2] = {0};
    char **a = w->arguments;
    bool read = read_network(&both[0], w->session, &arena, a[1], a[2], a + 5, w->count - 5);
    read = read_network(&both[1], w->session, &arena, a[3], a[4], a + 5, w->count - 5) && read;
    w->status = read ? compare(both, a[2]) : 2;
    for (int i = 0; i < 2; i++) {
        nw_model_release(&both[i].model);
        nw_run_end(&both[i].run);
        nw_run_end(&both[i].first);
    }
    nw_arena_release(&arena);
}

int main(int count, char **arguments)
{
    if (count < 5) {
        fprintf(stderr, "usage: compare-pivot SOURCE ENTRY TARGET ENTRY INPUT...\n");
        return 2;
    }
    nw_session_options options = NW_SESSION_OPTIONS_INIT;
    nw_session *session = nw_session_new(&options);
    work w = {.session = session, .arguments = arguments, .count = count, .status = 2};
    nw_parallel_run(session, 1, run, &w);
    nw_session_delete(session);
    return w.status;
}
