/* The command. */
#include "netwright_config.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("netwright %s\n", NW_VERSION);
        return 0;
    }
    fprintf(stderr, "usage: netwright --version\n");
    return 2;
}
