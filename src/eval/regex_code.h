/* The code of a compiled pattern: regex.c writes it, regex_run.c runs it. Only these two include this. */
#ifndef NW_EVAL_REGEX_CODE_H
#define NW_EVAL_REGEX_CODE_H

#include "eval/regex.h"

typedef enum nw_regex_operation {
    OP_CHARACTER, OP_ANY, OP_ANY_BUT_NEWLINE, OP_SET, OP_SPLIT, OP_JUMP, OP_SAVE, OP_LINE_START, OP_LINE_END, OP_TEXT_START, OP_TEXT_END, OP_LAST_END,
    OP_WORD_EDGE, OP_NO_WORD_EDGE, OP_BACK_REFERENCE, OP_LOOK, OP_LOOK_END, OP_MARK, OP_CHECK, OP_MATCH,
} nw_regex_operation;

/* Jumps are relative to the instruction, so that a stretch of code can be moved and copied. */
typedef struct nw_regex_instruction {
    uint8_t op;
    bool fold;      /* case does not matter */
    bool negative;  /* LOOK */
    int32_t width;  /* LOOK: characters to go back, -1 for lookahead */
    int32_t a, b;   /* SPLIT: first and second choice; JUMP: a; LOOK: b behind its end; otherwise a number */
} nw_regex_instruction;

typedef struct nw_regex_set {
    struct range { uint32_t low, high; } *ranges;
    uint32_t count, capacity;
    bool negative;
    bool digit, not_digit, word, not_word, space, not_space;
} nw_regex_set;

#endif
