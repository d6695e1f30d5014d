/* Whether a text is one of a table of names. */
#ifndef NW_BASE_AMONG_H
#define NW_BASE_AMONG_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool nw_is_among(const char *text, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, names[i]) == 0)
            return true;
    return false;
}

/* `names` is an array, not a pointer. */
#define NW_IS_AMONG(text, names) nw_is_among(text, names, sizeof(names) / sizeof *(names))

#endif
