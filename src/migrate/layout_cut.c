/* Minimum cut between two vertices (Dinic): breadth-first levels, then blocking flows along them. */
#include "migrate/layout.h"

#include <string.h>

typedef struct arc {
    uint32_t to, room, next; /* next: number of the vertex's next arc + 1 */
} arc;

typedef struct network {
    arc *arcs;               /* arc i and i ^ 1 are the two ways of one edge */
    uint32_t *first, *level, *at, *queue, *path;
    uint32_t count, from, to;
} network;

static void add_edge(network *n, uint32_t number, const nw_cut_edge *edge)
{
    n->arcs[2 * number] = (arc){edge->b, edge->weight, n->first[edge->a]};
    n->first[edge->a] = 2 * number + 1;
    n->arcs[2 * number + 1] = (arc){edge->a, edge->weight, n->first[edge->b]};
    n->first[edge->b] = 2 * number + 2;
}

/* Distances from the start along arcs with room; whether the end is reached. */
static bool find_levels(network *n)
{
    uint32_t head = 0, tail = 0;
    memset(n->level, 0, n->count * sizeof *n->level);
    n->level[n->from] = 1;
    n->queue[tail++] = n->from;
    while (head < tail) {
        uint32_t vertex = n->queue[head++];
        for (uint32_t i = n->first[vertex]; i; i = n->arcs[i - 1].next) {
            const arc *a = &n->arcs[i - 1];
            if (a->room && !n->level[a->to]) {
                n->level[a->to] = n->level[vertex] + 1;
                n->queue[tail++] = a->to;
            }
        }
    }
    return n->level[n->to] != 0;
}

/* One path of rising levels, from the start to the end; its arcs in `path`. The number of arcs, 0: there is none left. */
static uint32_t find_path(network *n)
{
    uint32_t length = 0, vertex = n->from;
    while (vertex != n->to) {
        uint32_t i = n->at[vertex];
        while (i && (!n->arcs[i - 1].room || n->level[n->arcs[i - 1].to] != n->level[vertex] + 1))
            i = n->arcs[i - 1].next;
        n->at[vertex] = i;
        if (i) {
            n->path[length++] = i - 1;
            vertex = n->arcs[i - 1].to;
        } else if (length) {
            n->level[vertex] = 0; /* a dead end */
            vertex = n->arcs[n->path[--length] ^ 1].to;
        } else {
            return 0;
        }
    }
    return length;
}

static void fill_path(network *n, uint32_t length)
{
    uint32_t room = UINT32_MAX;
    for (uint32_t i = 0; i < length; i++)
        room = n->arcs[n->path[i]].room < room ? n->arcs[n->path[i]].room : room;
    for (uint32_t i = 0; i < length; i++) {
        n->arcs[n->path[i]].room -= room;
        n->arcs[n->path[i] ^ 1].room += room;
    }
}

void nw_layout_cut(nw_arena *arena, uint32_t count, uint32_t from, uint32_t to, const nw_cut_edge *edges, uint32_t edge_count, bool *side)
{
    network n = {.count = count, .from = from, .to = to};
    n.arcs = nw_arena_alloc(arena, (2 * edge_count + 1) * sizeof *n.arcs);
    n.first = nw_arena_zero(arena, count * sizeof *n.first);
    n.level = nw_arena_alloc(arena, count * sizeof *n.level);
    n.at = nw_arena_alloc(arena, count * sizeof *n.at);
    n.queue = nw_arena_alloc(arena, count * sizeof *n.queue);
    n.path = nw_arena_alloc(arena, count * sizeof *n.path);
    for (uint32_t i = 0; i < edge_count; i++)
        add_edge(&n, i, &edges[i]);
    while (find_levels(&n)) {
        memcpy(n.at, n.first, count * sizeof *n.at);
        for (uint32_t length; (length = find_path(&n));)
            fill_path(&n, length);
    }
    for (uint32_t i = 0; i < count; i++)
        side[i] = n.level[i] != 0;
}
