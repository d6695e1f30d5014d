/* JSON comes out with its commas, and numbers that read back the same. */
#include "base/json.h"
#include "check.h"

#include <math.h>

int main(void)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_json json = nw_json_start(&out);
    nw_json_open(&json, '{');
    nw_json_key(&json, "a");
    nw_json_open(&json, '[');
    nw_json_integer(&json, -3);
    nw_json_number(&json, 0.1);
    nw_json_number(&json, 1e300);
    nw_json_number(&json, 2);
    nw_json_number(&json, INFINITY);
    nw_json_open(&json, '{');
    nw_json_close(&json, '}');
    nw_json_close(&json, ']');
    nw_json_key(&json, "b");
    nw_json_text(&json, "\"\n");
    nw_json_key(&json, "c");
    nw_json_null(&json);
    nw_json_key(&json, "d");
    nw_json_bool(&json, true);
    nw_json_close(&json, '}');
    CHECK_TEXT(out.bytes, "{\"a\": [-3, 0.1, 1e+300, 2.0, \"inf\", {}], \"b\": \"\\\"\\n\", \"c\": null, \"d\": true}");
    nw_buffer_release(&out);
    return check_report();
}
