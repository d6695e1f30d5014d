/* Builders of attention and recurrent networks. */
#include "pivot/pivot_build.h"

#include <math.h>

nw_pivot_value nw_pivot_build_attention(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "not expanded yet");
}

nw_pivot_value nw_pivot_build_multi_head_attention(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "not expanded yet");
}

nw_pivot_value nw_pivot_build_recurrent(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "not expanded yet");
}
