/* Patterns of .gitignore as git reads them. */
#include "check.h"
#include "driver/ignore.h"

static bool ignored(const char *const *lines, const char *path, bool is_folder)
{
    nw_arena arena;
    nw_arena_init(&arena);
    nw_ignore *list = nw_ignore_new(&arena, NULL, "/r");
    for (; *lines; lines++)
        nw_ignore_add(&arena, list, *lines, strlen(*lines));
    bool answer = nw_ignore_matches(list, path, is_folder);
    nw_arena_release(&arena);
    return answer;
}

int main(void)
{
    const char *const plain[] = {"build/", "*.tmp.py", "!keep.tmp.py", "/top.py", "# comment", "", NULL};
    CHECK(ignored(plain, "/r/build", true));
    CHECK(!ignored(plain, "/r/build", false));
    CHECK(ignored(plain, "/r/a/b/x.tmp.py", false));
    CHECK(!ignored(plain, "/r/a/keep.tmp.py", false));
    CHECK(ignored(plain, "/r/top.py", false));
    CHECK(!ignored(plain, "/r/a/top.py", false));
    const char *const deep[] = {"a/**/b.py", "docs/*.py", "x[0-9].py", "**/gen", NULL};
    CHECK(ignored(deep, "/r/a/b.py", false));
    CHECK(ignored(deep, "/r/a/c/d/b.py", false));
    CHECK(ignored(deep, "/r/docs/a.py", false));
    CHECK(!ignored(deep, "/r/docs/a/b.py", false));
    CHECK(ignored(deep, "/r/q/x7.py", false));
    CHECK(!ignored(deep, "/r/q/xx.py", false));
    CHECK(ignored(deep, "/r/one/two/gen", true));
    CHECK(!ignored(deep, "/elsewhere/x7.py", false));
    return check_report();
}
