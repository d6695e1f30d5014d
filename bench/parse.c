/* What a bare tree-sitter parse of some files costs: the measure of bench/run.py.
 *
 * usage: bench-parse THREADS FILE...
 *
 * Reads and parses each file and throws the tree away; prints the number of bytes. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_python(void);

typedef struct work {
    char **paths;
    unsigned count;
    atomic_uint next;
    atomic_ulong bytes;
} work;

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long end = ftell(file);
    rewind(file);
    char *bytes = end < 0 ? NULL : malloc((size_t)end + 1);
    *size = bytes ? fread(bytes, 1, (size_t)end, file) : 0;
    fclose(file);
    return bytes;
}

static void *parse_some(void *data)
{
    work *all = data;
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, tree_sitter_python());
    for (unsigned i; (i = atomic_fetch_add(&all->next, 1)) < all->count;) {
        size_t size;
        char *bytes = read_file(all->paths[i], &size);
        if (!bytes) {
            fprintf(stderr, "bench-parse: %s cannot be read\n", all->paths[i]);
            exit(1);
        }
        ts_tree_delete(ts_parser_parse_string(parser, NULL, bytes, (uint32_t)size));
        atomic_fetch_add(&all->bytes, size);
        free(bytes);
    }
    ts_parser_delete(parser);
    return NULL;
}

int main(int count, char **arguments)
{
    enum { MOST = 256 };
    int threads = count > 1 ? atoi(arguments[1]) : 0;
    if (threads < 1 || threads > MOST || count < 3) {
        fputs("usage: bench-parse THREADS FILE...\n", stderr);
        return 2;
    }
    work all = {.paths = arguments + 2, .count = (unsigned)count - 2};
    pthread_t ids[MOST];
    int started = 0;
    while (started < threads && pthread_create(&ids[started], NULL, parse_some, &all) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(ids[i], NULL);
    printf("%lu\n", atomic_load(&all.bytes));
    return started ? 0 : 1;
}
