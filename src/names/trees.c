#include "names/trees.h"

#include "names/names.h"
#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void nw_trees_init(nw_trees *trees, nw_symbols *symbols)
{
    *trees = (nw_trees){.symbols = symbols};
    pthread_mutex_init(&trees->lock, NULL);
    pthread_cond_init(&trees->read, NULL);
}

void nw_trees_release(nw_trees *trees)
{
    for (size_t i = 0; i < sizeof trees->buckets / sizeof *trees->buckets; i++) {
        for (nw_tree *tree = trees->buckets[i]; tree;) {
            nw_tree *next = tree->next;
            nw_source_release(&tree->source);
            nw_arena_release(&tree->arena);
            free(tree->path);
            free(tree);
            tree = next;
        }
    }
    pthread_cond_destroy(&trees->read);
    pthread_mutex_destroy(&trees->lock);
}

static nw_tree **bucket_of(nw_trees *trees, const char *path)
{
    uint32_t hash = 2166136261u;
    for (const char *c = path; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return &trees->buckets[(hash ^ hash >> 16) % (sizeof trees->buckets / sizeof *trees->buckets)];
}

static bool is_unchanged(const nw_source *source, const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && (uint64_t)about.st_size == source->size &&
           (uint64_t)about.st_mtim.tv_sec * 1000000000u + (uint64_t)about.st_mtim.tv_nsec == source->modified;
}

static nw_tree *add(nw_trees *trees, nw_tree **bucket, const char *path)
{
    nw_tree *tree = trees->bytes < NW_TREES_BYTES ? calloc(1, sizeof *tree) : NULL;
    if (!tree)
        return NULL;
    tree->path = strdup(path);
    if (!tree->path) {
        free(tree);
        return NULL;
    }
    nw_arena_init(&tree->arena);
    tree->next = *bucket;
    *bucket = tree;
    return tree;
}

/* Outside of the lock: others read other files meanwhile. */
static const nw_ast *read_tree(nw_trees *trees, nw_tree *tree, size_t limit)
{
    if (nw_source_load(&tree->source, tree->path, limit) != NW_SOURCE_OK)
        return NULL;
    nw_ast *ast = nw_syntax_parse(&tree->source, &tree->arena, trees->symbols);
    nw_names_resolve(ast, &tree->arena, trees->symbols);
    return ast;
}

const nw_tree *nw_trees_get(nw_trees *trees, const char *path, size_t limit)
{
    pthread_mutex_lock(&trees->lock);
    nw_tree **bucket = bucket_of(trees, path), *tree = *bucket;
    while (tree && strcmp(tree->path, path) != 0)
        tree = tree->next;
    if (!tree && (tree = add(trees, bucket, path))) {
        pthread_mutex_unlock(&trees->lock);
        const nw_ast *ast = read_tree(trees, tree, limit);
        pthread_mutex_lock(&trees->lock);
        tree->ast = ast;
        tree->done = true;
        trees->bytes += tree->arena.bytes + tree->source.size;
        pthread_cond_broadcast(&trees->read);
    }
    while (tree && !tree->done)
        pthread_cond_wait(&trees->read, &trees->lock);
    pthread_mutex_unlock(&trees->lock);
    return tree && tree->ast && is_unchanged(&tree->source, path) ? tree : NULL;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char **nw_trees_paths(const nw_trees *trees, uint32_t *count)
{
    const char **paths = NULL;
    uint32_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < sizeof trees->buckets / sizeof *trees->buckets; i++)
        for (const nw_tree *tree = trees->buckets[i]; tree; tree = tree->next) {
            if (*count == capacity) {
                const char **more = realloc(paths, (capacity = capacity ? capacity * 2 : 64) * sizeof *more);
                if (!more)
                    return paths;
                paths = more;
            }
            if (tree->ast)
                paths[(*count)++] = tree->path;
        }
    if (*count)
        qsort(paths, *count, sizeof *paths, compare_paths);
    return paths;
}
