/* What the classes of Python and its library have, followed here or not. */
#include "eval/builtin.h"
#include "eval/interpret.h"

#include <string.h>

/* Whether the class of that name, built-in or of Python's library, has the attribute. */
static bool is_builtin_name(const char *class_, const char *name)
{
    static const struct { const char *class_, *names; } rows[] = {
#define NW_BUILTIN_NAMES(class_, names) {#class_, names},
#include "eval/builtin_names.def"
#undef NW_BUILTIN_NAMES
    };
    size_t size = strlen(name);
    if (size == 0 || strchr(name, ' ')) /* getattr() takes any text */
        return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].class_, class_) == 0)
            for (const char *at = rows[i].names; (at = strstr(at, name)); at += size)
                if (at[-1] == ' ' && at[size] == ' ')
                    return true;
    return false;
}

const nw_class *nw_has_in_python(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    for (uint32_t i = 0; i < class_->mro_count; i++)
        if ((!class_->mro[i]->module || class_->mro[i]->is_catalog) && is_builtin_name(nw_bytes(eval, class_->mro[i]->qualified), nw_bytes(eval, name)))
            return class_->mro[i];
    return NULL;
}
