/* The command `netwright`: finds the verb and runs it. */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static const nw_verb verbs[] = {
    {"show", "show [OPTIONS] PATH[:CLASS]...", "show the network that a model's source describes",
     "With --entry the exact network that the expression builds: layers in order, shapes, parameters, state names.\n"
     "Without it every class of the file, with symbols for what is not known.\n"
     "Exit status: 0 all is known, 1 something is unknown, 2 wrong usage or unreadable input.", nw_command_show},
    {"optimize", "optimize [OPTIONS] PATH...", "find code that fused operators can replace, and replace it",
     "Prints a unified diff, and one line for each site on stderr; --write edits in place.\n"
     "Exit status: 0 nothing to apply, 1 findings that can be applied, 2 wrong usage or unreadable input.", nw_command_optimize},
    {"rules", "rules list | explain RULE... | test [RULE|FILE]... | lint [FILE]...", "list, explain, test and lint rewrite rules",
     "list      the rules of all packs, with their safety\n"
     "explain   what a rule (adopter/softmax) or each rule of a pack (adopter) does, requires and refuses\n"
     "test      checks the examples of rules, packs or rule files; without names those of all packs\n"
     "lint      says what is wrong or unsound in rule files; without names in the packs of the program\n"
     "Exit status: 0 nothing to report, 1 findings, 2 wrong usage or unreadable input.", nw_command_rules},
    {"why", "why FILE:LINE RULE", "say why a rule does or does not apply to a line",
     "Prints what the rule matched there, the guard under which it holds, or the first thing that stands against it.\n"
     "Exit status: 0 nothing can be applied there, 1 the rule applies, 2 wrong usage or unreadable input.", nw_command_why},
    {"migrate", "migrate --to FRAMEWORK [OPTIONS] PATH...", "translate a model to another framework",
     "Writes the program in the other framework where it stands, file by file, and a map of the weights for `netwright weights`.\n"
     "What has no exact translation stays, marked, and is reported.\n"
     "Exit status: 0 all is translated, 1 something is not, 2 wrong usage or unreadable input.", nw_command_migrate},
    {"weights", "weights [OPTIONS] MAP IN OUT", "convert a checkpoint for a migrated model",
     "Reads a checkpoint of the source framework and writes one for the target, as the migration map (netwright.json) says.\n"
     "Formats by extension: .safetensors, .pt and .pth (a state dict), .weights.h5, .npz. Needs numpy, and h5py for .weights.h5.\n"
     "Exit status: 0 written, 1 something is missing, left over or misshapen and nothing is written, 2 wrong usage.", nw_command_weights},
    {"verify", "verify [OPTIONS] BEFORE AFTER | --map MAP", "compare two programs by running them",
     "Runs both in child processes with limits and compares outputs in fp32 and fp64, gradients and optimizer steps.\n"
     "With --entry the whole model that it builds; without it every class that differs, with a configuration made up for it.\n"
     "With --map both sides of a migration. Needs numpy and the frameworks of the models.\n"
     "Exit status: 0 all equal, 1 something differs or could not run, 2 wrong usage or unreadable input.", nw_command_verify},
    {"lsp", "lsp", "serve editors", "", nw_command_later},
};

static const nw_verb *find_verb(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static int help(int argc, char **argv)
{
    const nw_verb *verb = argc > 0 ? find_verb(argv[0]) : NULL;
    if (argc > 0 && !verb) {
        fprintf(stderr, "netwright: there is no verb `%s`\n", argv[0]);
        return 2;
    }
    if (!verb) {
        nw_cli_usage(verbs, sizeof verbs / sizeof *verbs);
        return 0;
    }
    char option[] = "--help";
    char *arguments[] = {option, NULL};
    return verb->run(verb, 1, arguments);
}

int main(int argc, char **argv)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1); /* memory comes in few large blocks: one heap for all threads, where each takes what another one has left */
    mallopt(M_TRIM_THRESHOLD, 64 << 20); /* and what one file has left the next one takes, without asking the system for it again */
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
    if (argc < 2) {
        fprintf(stderr, "usage: netwright VERB [OPTIONS] PATH...\nTry `netwright --help`.\n");
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("netwright %s\n", nw_version());
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
        return help(argc - 2, argv + 2);
    const nw_verb *verb = find_verb(argv[1]);
    if (!verb) {
        fprintf(stderr, "netwright: there is no verb `%s`\nusage: netwright VERB [OPTIONS] PATH...\nTry `netwright --help`.\n", argv[1]);
        return 2;
    }
    return verb->run(verb, argc - 2, argv + 2);
}
