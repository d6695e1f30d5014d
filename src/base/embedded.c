#include "base/embedded.h"

#include <stddef.h>
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
