/* The functions of Python's module math, by name. */
#include "eval/intrinsic.h"

#include "eval/symbolic.h"

#include <math.h>
#include <string.h>

typedef enum result_kind { RESULT_FLOAT, RESULT_INT, RESULT_BOOL } result_kind;

typedef struct math_function {
    const char *name;
    result_kind result;
    double (*one)(double);
    double (*two)(double, double);
} math_function;

static double degrees(double x)
{
    return x * (180.0 / 3.14159265358979323846);
}

static double radians(double x)
{
    return x * (3.14159265358979323846 / 180.0);
}

static double is_finite(double x)
{
    return isfinite(x) != 0;
}

static double is_infinite(double x)
{
    return isinf(x) != 0;
}

static double is_nan(double x)
{
    return isnan(x) != 0;
}

static double unit_in_last_place(double x)
{
    x = fabs(x);
    return isfinite(x) ? nextafter(x, INFINITY) - x : x;
}

static double load_exponent(double x, double exponent)
{
    return ldexp(x, (int)fmax(-5000, fmin(5000, exponent)));
}

static const math_function functions[] = {
    {"sqrt", RESULT_FLOAT, sqrt, NULL}, {"exp", RESULT_FLOAT, exp, NULL}, {"exp2", RESULT_FLOAT, exp2, NULL}, {"log", RESULT_FLOAT, log, NULL},
    {"log2", RESULT_FLOAT, log2, NULL}, {"log10", RESULT_FLOAT, log10, NULL}, {"log1p", RESULT_FLOAT, log1p, NULL},
    {"expm1", RESULT_FLOAT, expm1, NULL}, {"sin", RESULT_FLOAT, sin, NULL}, {"cos", RESULT_FLOAT, cos, NULL}, {"tan", RESULT_FLOAT, tan, NULL},
    {"asin", RESULT_FLOAT, asin, NULL}, {"acos", RESULT_FLOAT, acos, NULL}, {"atan", RESULT_FLOAT, atan, NULL}, {"sinh", RESULT_FLOAT, sinh, NULL},
    {"cosh", RESULT_FLOAT, cosh, NULL}, {"tanh", RESULT_FLOAT, tanh, NULL}, {"asinh", RESULT_FLOAT, asinh, NULL},
    {"acosh", RESULT_FLOAT, acosh, NULL}, {"atanh", RESULT_FLOAT, atanh, NULL}, {"erf", RESULT_FLOAT, erf, NULL}, {"erfc", RESULT_FLOAT, erfc, NULL},
    {"gamma", RESULT_FLOAT, tgamma, NULL}, {"lgamma", RESULT_FLOAT, lgamma, NULL}, {"fabs", RESULT_FLOAT, fabs, NULL}, {"cbrt", RESULT_FLOAT, cbrt, NULL},
    {"degrees", RESULT_FLOAT, degrees, NULL}, {"radians", RESULT_FLOAT, radians, NULL}, {"ulp", RESULT_FLOAT, unit_in_last_place, NULL},
    {"isfinite", RESULT_BOOL, is_finite, NULL}, {"isinf", RESULT_BOOL, is_infinite, NULL}, {"isnan", RESULT_BOOL, is_nan, NULL},
    {"floor", RESULT_INT, floor, NULL}, {"ceil", RESULT_INT, ceil, NULL}, {"trunc", RESULT_INT, trunc, NULL},
    {"pow", RESULT_FLOAT, NULL, pow}, {"atan2", RESULT_FLOAT, NULL, atan2}, {"fmod", RESULT_FLOAT, NULL, fmod}, {"hypot", RESULT_FLOAT, NULL, hypot},
    {"copysign", RESULT_FLOAT, NULL, copysign}, {"remainder", RESULT_FLOAT, NULL, remainder}, {"ldexp", RESULT_FLOAT, NULL, load_exponent},
};

/* ---- integers ---- */

static int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool least_multiple(int64_t a, int64_t b, int64_t *out)
{
    *out = 0;
    if (a == 0 || b == 0)
        return true;
    bool fits = !__builtin_mul_overflow(a / greatest_divisor(a, b), b, out);
    *out = *out < 0 ? -*out : *out;
    return fits;
}

static int64_t integer_root(int64_t a)
{
    int64_t root = (int64_t)sqrt((double)a);
    while (root > 0 && root > a / root)
        root--;
    while ((root + 1) <= a / (root + 1))
        root++;
    return root;
}

/* n (n-1) ... over `count` factors. */
static bool falling_factorial(int64_t n, int64_t count, int64_t *out)
{
    *out = 1;
    for (int64_t i = 0; i < count; i++) {
        if (n - i == 0) {
            *out = 0;
            return true;
        }
        if (__builtin_mul_overflow(*out, n - i, out))
            return false;
    }
    return true;
}

static bool choose(int64_t n, int64_t k, int64_t *out)
{
    *out = k > n ? 0 : 1;
    if (k > n - k)
        k = n - k;
    for (int64_t i = 0; i < k && *out; i++) {
        if (__builtin_mul_overflow(*out, n - i, out))
            return false;
        *out /= i + 1;
    }
    return true;
}

/* UNSET when there is no such function of integers. */
static nw_value integer_function(nw_eval *eval, const char *name, const int64_t *arguments)
{
    int64_t a = arguments[0], b = arguments[1], result = 0;
    bool negative = a < 0 || b < 0, fits = true;
    if (strcmp(name, "gcd") == 0)
        return nw_int(greatest_divisor(a, b));
    if (strcmp(name, "lcm") == 0)
        fits = least_multiple(a, b, &result);
    else if (strcmp(name, "isqrt") != 0 && strcmp(name, "factorial") != 0 && strcmp(name, "comb") != 0 && strcmp(name, "perm") != 0)
        return nw_unset();
    else if (negative)
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s() argument must be nonnegative", name);
    else if (*name == 'i')
        result = integer_root(a);
    else if (*name == 'f')
        fits = falling_factorial(a, a, &result);
    else if (*name == 'p')
        fits = falling_factorial(a, b, &result);
    else
        fits = choose(a, b, &result);
    return fits ? nw_int(result) : nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": %s", name);
}

/* ---- the intrinsic ---- */

static nw_value unknown_result(nw_eval *eval, const char *name, const nw_value *values, uint32_t count)
{
    static const char *const of_integers[] = {"floor", "ceil", "trunc", "gcd", "lcm", "isqrt", "factorial", "comb", "perm"};
    for (size_t i = 0; i < sizeof of_integers / sizeof *of_integers; i++)
        if (strcmp(of_integers[i], name) == 0)
            return i < 3 && values[0].kind == NW_OPAQUE && values[0].as.opaque->type == NW_TYPE_INT
                       ? values[0] : nw_expression_call(eval, name, NW_TYPE_INT, values, count);
    return nw_expression_call(eval, name, strncmp(name, "is", 2) == 0 ? NW_TYPE_BOOL : NW_TYPE_FLOAT, values, count);
}

static nw_value apply(nw_eval *eval, const math_function *function, const double *numbers)
{
    double result = function->one ? function->one(numbers[0]) : function->two(numbers[0], numbers[1]);
    bool finite = isfinite(numbers[0]) && isfinite(numbers[1]);
    if (function->result == RESULT_BOOL)
        return nw_bool(result != 0);
    if (function->result == RESULT_INT) {
        if (isnan(result))
            return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "cannot convert float NaN to integer");
        if (!finite)
            return nw_raise(eval, NW_EXCEPTION_OVERFLOW_ERROR, "cannot convert float infinity to integer");
        return fabs(result) < 9.2e18 ? nw_int((int64_t)result) : nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, ": %s", function->name);
    }
    bool pole = isinf(result) && strncmp(function->name, "log", 3) == 0;
    if (finite && (isnan(result) || pole))
        return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "math domain error");
    if (finite && isinf(result))
        return nw_raise(eval, NW_EXCEPTION_OVERFLOW_ERROR, "math range error");
    return nw_float(result);
}

static nw_value call_math(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "math", "name, a, b=", 2, 3, arguments, values))
        return nw_error();
    const char *name = values[0].kind == NW_STRING ? nw_symbol_bytes(eval->symbols, values[0].as.symbol) : "";
    uint32_t count = values[2].kind == NW_UNSET ? 1 : 2;
    double numbers[2] = {0, 0};
    int64_t integers[2] = {0, 0};
    bool all_integers = true;
    for (uint32_t i = 0; i < count; i++) {
        nw_value value = nw_settle(eval, values[i + 1]);
        if (value.kind == NW_TENSOR)
            value = nw_tensor_number(eval, value, NW_FLOAT);
        if (value.kind == NW_ERROR)
            return value;
        values[i + 1] = value;
        if (value.kind == NW_OPAQUE || value.kind == NW_PHI)
            return unknown_result(eval, name, values + 1, count);
        if (!nw_is_number(value))
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "must be real number, not %s", nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
        all_integers &= nw_is_integer(value);
        integers[i] = nw_is_integer(value) ? value.as.integer : 0;
        numbers[i] = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
    }
    nw_value result = all_integers ? integer_function(eval, name, integers) : nw_unset();
    if (result.kind != NW_UNSET)
        return result;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0 && (functions[i].one ? 1u : 2u) == count)
            return functions[i].result == RESULT_INT && all_integers ? nw_int(integers[0]) : apply(eval, &functions[i], numbers);
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "the function %s", name);
}

void nw_math_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {{"math", call_math}};
    nw_intrinsic_define(eval, globals, intrinsics, 1);
}
