#include "base/embedded.h"

#include <stdio.h>
#include <string.h>

const nw_embedded_file *nw_embedded_find(const nw_embedded_file *table, uint32_t count, const char *path)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(path, table[middle].path);
        if (order == 0)
            return &table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const nw_embedded_file *nw_embedded_module(const char *folder, const char *dotted, size_t size, bool *is_package)
{
    static const char *const endings[] = {".py", "/__init__.py"};
    char path[512];
    int written = snprintf(path, sizeof path, "%s%.*s", folder, (int)size, dotted);
    if (written < 0 || (size_t)written > sizeof path - sizeof "/__init__.py")
        return NULL;
    for (char *c = path + strlen(folder); *c; c++)
        if (*c == '.')
            *c = '/';
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        strcpy(path + written, endings[i]);
        const nw_embedded_file *file = nw_embedded_find(nw_embedded_catalog, nw_embedded_catalog_count, path);
        if (file && is_package)
            *is_package = i == 1;
        if (file)
            return file;
    }
    return NULL;
}
