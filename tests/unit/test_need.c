/* What is left out of a file before it is interpreted: nothing that a rule would have matched. */
#include "check.h"
#include "eval/interpret.h"
#include "match/need.h"
#include "match/root.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct fixture {
    nw_symbols symbols;
    nw_rules rules;
    bool *selected;
    char folder[64], path[96];
} fixture;

static void begin(fixture *f)
{
    nw_symbols_init(&f->symbols);
    nw_rules_init(&f->rules, &f->symbols);
    CHECK(nw_rules_add_embedded(&f->rules));
    f->selected = calloc(f->rules.count + 1, sizeof *f->selected);
    snprintf(f->folder, sizeof f->folder, "/tmp/netwright-need-XXXXXX");
    CHECK(f->selected && mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/example.py", f->folder);
}

static void end(fixture *f)
{
    unlink(f->path);
    rmdir(f->folder);
    free(f->selected);
    nw_rules_release(&f->rules);
    nw_symbols_release(&f->symbols);
}

static void select_all(fixture *f)
{
    for (uint32_t i = 0; i < f->rules.count; i++)
        f->selected[i] = !f->rules.items[i].legacy;
}

typedef struct reading {
    nw_environment environment;
    nw_eval eval;
    nw_module *module;
    const char *roots[1];
} reading;

static void read_text(fixture *f, reading *r, nw_text text)
{
    FILE *file = fopen(f->path, "wb");
    CHECK(file && fwrite(text.bytes, 1, text.size, file) == text.size);
    if (file)
        fclose(file);
    r->roots[0] = f->folder;
    r->environment = (nw_environment){.roots = r->roots, .root_count = 1, .max_file_size = 1 << 20, .open = true};
    nw_eval_init(&r->eval, &f->symbols, &r->environment, (nw_limits){.steps = 50000000, .facts = 1u << 17, .bytes = 1u << 29, .depth = 60, .forks = 64});
    r->module = nw_import_file(&r->eval, f->path);
}

static void find(fixture *f, nw_text text, bool everything, nw_findings *findings)
{
    reading r;
    nw_match_options options = {.rules = &f->rules, .selected = f->selected, .assume_installed = true, .run_everything = everything};
    read_text(f, &r, text);
    nw_findings_init(findings);
    nw_match_module(&r.eval, r.module, &options, findings, NULL);
    nw_findings_sort(findings);
    nw_eval_release(&r.eval);
}

static void compare(fixture *f, nw_text text)
{
    nw_findings some, all;
    find(f, text, false, &some);
    find(f, text, true, &all);
    CHECK_INT(some.count, all.count);
    for (uint32_t i = 0; i < some.count && i < all.count; i++) {
        CHECK_TEXT(some.items[i].rule, all.items[i].rule);
        CHECK_TEXT(some.items[i].message, all.items[i].message);
        CHECK_INT(some.items[i].line, all.items[i].line);
        CHECK_INT(some.items[i].status, all.items[i].status);
    }
    nw_findings_release(&some);
    nw_findings_release(&all);
}

/* Every example of every rule gives the same findings when only what is needed runs. */
static void test_examples(void)
{
    fixture f;
    begin(&f);
    select_all(&f);
    for (uint32_t i = 0; i < f.rules.count; i++) {
        const nw_rule *rule = &f.rules.items[i];
        for (uint32_t k = 0; k < rule->example_count; k++)
            compare(&f, rule->examples[k].before);
        for (uint32_t k = 0; k < rule->nochange_count; k++)
            compare(&f, rule->nochanges[k].before);
    }
    end(&f);
}

static const char several[] =
    "import torch\n"
    "from torch import nn\n"
    "class Plain(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.first = nn.Linear(2, 3)\n"
    "    def forward(self, x):\n"
    "        return self.first(x)\n"
    "class Attention(nn.Module):\n"
    "    def weights(self, scores):\n"
    "        return torch.softmax(scores, dim=-1)\n"
    "    def forward(self, x):\n"
    "        return self.weights(x) + 1\n"
    "    def other(self, x):\n"
    "        return x.relu()\n"
    "class Start(nn.Module):\n"
    "    def __init__(self, dim):\n"
    "        super().__init__()\n"
    "        self.start = torch.softmax(torch.ones(2, 3), dim)\n"
    "class Starts(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.start = Start(1)\n";

static bool has_function(const nw_need *need, const fixture *f, const char *name)
{
    for (uint32_t i = 1; i < need->ast->function_count; i++)
        if (strcmp(nw_symbol_bytes(&f->symbols, need->ast->functions[i].name), name) == 0 && nw_need_has(need, &need->ast->functions[i]))
            return true;
    return false;
}

static void select_one(fixture *f, const char *rule)
{
    for (uint32_t i = 0; i < f->rules.count; i++)
        f->selected[i] = strcmp(nw_symbol_bytes(&f->symbols, f->rules.items[i].id), rule) == 0;
}

/* The classes with a softmax run: the function that has it, and the one that calls that, but not who makes instances of them. */
static void test_parts(void)
{
    fixture f;
    reading r;
    nw_need need;
    nw_file_index index;
    begin(&f);
    select_one(&f, "adopter/softmax");
    read_text(&f, &r, (nw_text){several, sizeof several - 1});
    nw_file_index_begin(&index, &r.eval, r.module);
    nw_need_find(&need, &index, &(nw_match_options){.rules = &f.rules, .selected = f.selected});
    CHECK(has_function(&need, &f, "weights"));
    CHECK(has_function(&need, &f, "forward"));
    CHECK(!has_function(&need, &f, "other"));
    uint32_t classes = 0;
    for (uint32_t i = 1; i < need.ast->node_count; i++)
        classes += nw_need_has_class(&need, i);
    CHECK_INT(classes, 2);
    nw_eval_release(&r.eval);
    end(&f);
}

/* Two calls that nobody understands make no candidate. But the softmax has the function run, and then one of them is seen to call what the rule
 * asks for: a near miss. So is a call of what a function of torch gives. */
static void test_near_misses(void)
{
    static const char text[] =
        "import torch\nfrom torch import nn\nfrom torch.nn.modules.transformer import _get_activation_fn\n"
        "class Up(nn.Module):\n"
        "    def __init__(self, scale, width):\n"
        "        super().__init__()\n"
        "        self.scale = scale\n"
        "        for i in range(scale):\n"
        "            self.add_module(f'conv_{i}', nn.Conv2d(width, width, 3))\n"
        "            self.add_module(f'up_{i}', nn.PixelShuffle(2))\n"
        "    def forward(self, x):\n"
        "        for i in range(self.scale):\n"
        "            x = self.__getattr__(f'conv_{i}')(x)\n"
        "            x = self.__getattr__(f'up_{i}')(x)\n"
        "        return torch.softmax(x, dim=-1)\n"
        "class Feed(nn.Module):\n"
        "    def __init__(self, width, act):\n"
        "        super().__init__()\n"
        "        self.linear = nn.Linear(width, width)\n"
        "        self.act = _get_activation_fn(act)\n"
        "    def forward(self, x):\n"
        "        return self.act(self.linear(x))\n";
    fixture f;
    nw_findings found;
    begin(&f);
    select_all(&f);
    compare(&f, (nw_text){text, sizeof text - 1});
    find(&f, (nw_text){text, sizeof text - 1}, false, &found);
    uint32_t remote = 0, unknown = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        remote += strcmp(found.items[i].rule, "adopter/conv-batchnorm") == 0;
        unknown += strcmp(found.items[i].rule, "adopter/linear-gelu") == 0;
    }
    CHECK_INT(remote, 1);
    CHECK_INT(unknown, 1);
    nw_findings_release(&found);
    end(&f);
}

/* Layers that stand side by side, in every way in which they may come into an nn.Sequential. */
static const char *const pairs[] = {
    "nn.Sequential(nn.Conv2d(a, b, 3), nn.BatchNorm2d(b))",
    "make(nn.Conv2d(a, b, 3), nn.BatchNorm2d(b))",
    "Own(nn.Conv2d(a, b, 3), nn.BatchNorm2d(b))",
    "nn.Sequential(*[nn.Conv2d(a, b, 3), nn.BatchNorm2d(b)])",
    "nn.Sequential(OrderedDict([('conv', nn.Conv2d(a, b, 3)), ('norm', nn.BatchNorm2d(b))]))",
    "nn.Sequential(layers.conv(a, b, 3), layers.norm(b))",
    "nn.Sequential(self.conv(a, b, 3), self.norm(b))",
    "container(nn.Conv2d(a, b, 3), norm(b))",
};

static void test_pairs(void)
{
    fixture f;
    begin(&f);
    select_one(&f, "adopter/conv-batchnorm");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[1024];
        int size = snprintf(text, sizeof text,
                            "from collections import OrderedDict\nfrom torch import nn\n"
                            "class layers:\n    conv, norm = nn.Conv2d, nn.BatchNorm2d\n"
                            "class Own(nn.Sequential):\n    pass\n"
                            "def make(*parts):\n    return nn.Sequential(*parts)\n"
                            "class Net(nn.Module):\n    conv, norm = nn.Conv2d, nn.BatchNorm2d\n"
                            "    def __init__(self, a, b):\n        super().__init__()\n"
                            "        container, norm = nn.Sequential, nn.BatchNorm2d\n"
                            "        self.net = %s\n"
                            "    def forward(self, x):\n        return self.net(x)\n", pairs[i]);
        nw_findings found;
        compare(&f, (nw_text){text, (uint32_t)size});
        find(&f, (nw_text){text, (uint32_t)size}, false, &found);
        CHECK_INT(found.count, 1);
        nw_findings_release(&found);
    }
    end(&f);
}

/* Arguments of a loss, and tensors side by side, are no layers: nothing runs for them. */
static void test_no_pairs(void)
{
    static const char text[] =
        "import torch\nfrom torch.nn import CrossEntropyLoss\n"
        "class Head(torch.nn.Module):\n"
        "    def forward(self, logits, labels):\n"
        "        loss_fct = CrossEntropyLoss()\n"
        "        loss = loss_fct(narrow(logits), narrow(labels))\n"
        "        return loss, torch.max(narrow(logits), narrow(labels)), (logits.view(-1), labels.view(-1))\n";
    fixture f;
    reading r;
    nw_need need;
    nw_file_index index;
    begin(&f);
    select_one(&f, "adopter/conv-batchnorm");
    read_text(&f, &r, (nw_text){text, sizeof text - 1});
    nw_file_index_begin(&index, &r.eval, r.module);
    nw_need_find(&need, &index, &(nw_match_options){.rules = &f.rules, .selected = f.selected});
    CHECK(!has_function(&need, &f, "forward"));
    nw_eval_release(&r.eval);
    end(&f);
}

/* Bodies of forward: with the assignments that a read of a name may see, and whether a rule for dropout, addition and normalisation can match. */
static const struct {
    const char *body;
    bool may_match;
} flows[] = {
    {"x = self.drop(x)\n        x = x + y\n        return self.norm(x)\n", true},
    {"x = x + y\n        x = self.norm(x)\n        return self.drop(x)\n", false},
    {"for layer in range(3):\n            y = self.norm(x + y)\n            x = self.drop(y)\n        return y\n", true},
    {"x = self.drop(x)\n        x = y.relu()\n        return self.norm(x + y)\n", false},
    {"x = self.drop(x)\n        if x.size(0) > 2:\n            x = y.relu()\n        return self.norm(x + y)\n", true},
    {"if x.size(0) > 2:\n            x = self.drop(x)\n        else:\n            x = y.relu()\n        return self.norm(x + y)\n", true},
    {"while x.size(0) > 2:\n            x = y.relu()\n            x = self.drop(x)\n        return self.norm(x + y)\n", true},
    {"return self.norm((z := self.drop(x)) + y) + z\n", true},
    {"try:\n            x = self.drop(x)\n        except ValueError:\n            x = y\n        return self.norm(x + y)\n", true},
    {"x = self.drop(x)\n        x += y\n        x = self.norm(x)\n        x = x.relu()\n        return x\n", true},
};

static void test_flows(void)
{
    fixture f;
    begin(&f);
    select_one(&f, "adopter/dropout-add-layernorm");
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        char text[1024];
        reading r;
        nw_need need;
        nw_file_index index;
        int size = snprintf(text, sizeof text,
                            "from torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
                            "        self.drop = nn.Dropout(0.1)\n        self.norm = nn.LayerNorm(4)\n"
                            "    def forward(self, x, y):\n        %s", flows[i].body);
        compare(&f, (nw_text){text, (uint32_t)size});
        read_text(&f, &r, (nw_text){text, (uint32_t)size});
        nw_file_index_begin(&index, &r.eval, r.module);
        nw_need_find(&need, &index, &(nw_match_options){.rules = &f.rules, .selected = f.selected});
        CHECK_INT(has_function(&need, &f, "forward"), flows[i].may_match);
        nw_eval_release(&r.eval);
    }
    end(&f);
}

int main(void)
{
    test_examples();
    test_flows();
    test_parts();
    test_near_misses();
    test_pairs();
    test_no_pairs();
    return check_report();
}
