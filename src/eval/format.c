/* format(), str.format() and the % operator of strings. */
#include "eval/builtin.h"

#include <string.h>

/* ---- format() ---- */

static nw_answer write_formatted(nw_eval *eval, nw_buffer *out, nw_value value, nw_text specification)
{
    if (nw_is_opaque(value) || value.kind == NW_TENSOR)
        return NW_MAYBE;
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT})) {
        nw_value argument = nw_string_from(eval, specification.bytes, specification.size);
        return nw_write_result(eval, out, nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT}, &argument, 1));
    }
    if (specification.size == 0)
        return nw_write_string(eval, out, value);
    nw_format format;
    nw_value plain = nw_plain(value);
    bool ok = nw_format_parse(specification, &format);
    if (ok && plain.kind == NW_STRING)
        ok = nw_format_text(out, &format, nw_symbol_text(eval->symbols, plain.as.symbol));
    else if (ok && nw_is_integer(plain))
        ok = nw_format_integer(out, &format, plain.as.integer);
    else if (ok && plain.kind == NW_FLOAT)
        ok = nw_format_float(out, &format, plain.as.number);
    else if (ok) {
        nw_class *class_ = nw_type_of(eval, value);
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unsupported format string passed to %s.__format__",
                 class_ ? nw_symbol_bytes(eval->symbols, class_->name) : "object");
        return NW_FAILED;
    }
    if (!ok && format.type && specification.bytes[specification.size - 1] == format.type)
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "Unknown format code '%c' for object of type '%s'", format.type,
                 nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    else if (!ok)
        nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "Invalid format specifier '%.*s'", (int)specification.size, specification.bytes);
    return ok ? NW_YES : NW_FAILED;
}

nw_value nw_format_value(nw_eval *eval, nw_value value, nw_text specification)
{
    value = nw_settle(eval, value);
    if (specification.size == 0 && !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_FORMAT}))
        return nw_to_string(eval, value);
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer answer = write_formatted(eval, &out, value, specification);
    if (answer == NW_YES)
        return nw_buffer_value(eval, &out);
    nw_buffer_release(&out);
    if (answer == NW_FAILED)
        return nw_error();
    nw_value operands[] = {value, nw_string_from(eval, specification.bytes, specification.size)};
    return nw_expression_call(eval, "format", NW_TYPE_STRING, operands, 2);
}

/* ---- str.format() ---- */

typedef struct fields {
    nw_eval *eval;
    const nw_arguments *arguments;
    uint32_t next; /* number of the next field without a name */
} fields;

static nw_answer write_fields(fields *state, nw_buffer *out, nw_text text, int depth);

static nw_value failed_field(fields *state, nw_text name)
{
    return nw_raise(state->eval, NW_EXCEPTION_KEY_ERROR, "%.*s", (int)name.size, name.bytes);
}

/* The argument that a field starts with: "", "0" or "name". */
static nw_value first_part(fields *state, nw_text name)
{
    int64_t number = state->next;
    bool overflow, numbered = name.size && nw_parse_integer(name, 10, &number, &overflow);
    if (name.size == 0 || numbered) {
        state->next += !numbered;
        if (number < state->arguments->positional_count)
            return state->arguments->positional[number];
        if (state->arguments->open)
            return nw_lost(state->eval, NW_DIAG_ARGUMENTS_UNKNOWN, "str.format");
        return nw_raise(state->eval, NW_EXCEPTION_INDEX_ERROR, "Replacement index %lld out of range for positional args tuple", (long long)number);
    }
    nw_symbol symbol = nw_symbol_intern(state->eval->symbols, name.bytes, name.size);
    for (uint32_t i = 0; i < state->arguments->named_count; i++)
        if (state->arguments->names[i].v == symbol.v)
            return state->arguments->named[i];
    return state->arguments->open ? nw_lost(state->eval, NW_DIAG_ARGUMENTS_UNKNOWN, "str.format") : failed_field(state, name);
}

static nw_value field_value(fields *state, nw_text name)
{
    uint32_t at = 0;
    while (at < name.size && name.bytes[at] != '.' && name.bytes[at] != '[')
        at++;
    nw_value value = first_part(state, (nw_text){name.bytes, at});
    while (value.kind != NW_ERROR && at < name.size) {
        bool item = name.bytes[at++] == '[';
        uint32_t start = at;
        while (at < name.size && (item ? name.bytes[at] != ']' : name.bytes[at] != '.' && name.bytes[at] != '['))
            at++;
        nw_text part = {name.bytes + start, at - start};
        int64_t index;
        bool overflow;
        if (!item)
            value = nw_get_attribute(state->eval, value, nw_symbol_intern(state->eval->symbols, part.bytes, part.size));
        else if (nw_parse_integer(part, 10, &index, &overflow))
            value = nw_get_item(state->eval, value, nw_int(index));
        else
            value = nw_get_item(state->eval, value, nw_string_from(state->eval, part.bytes, part.size));
        at += item && at < name.size;
    }
    return value;
}

static nw_value converted(nw_eval *eval, nw_value value, char conversion)
{
    if (conversion == 's')
        return nw_to_string(eval, value);
    return conversion == 'a' ? nw_ascii(eval, value) : conversion ? nw_representation(eval, value) : value;
}

static nw_answer write_field(fields *state, nw_buffer *out, nw_text field, int depth)
{
    uint32_t end = 0, nesting = 0;
    for (; end < field.size && (nesting || (field.bytes[end] != '!' && field.bytes[end] != ':')); end++)
        nesting += field.bytes[end] == '[' ? 1u : field.bytes[end] == ']' && nesting ? -1u : 0;
    nw_value value = field_value(state, (nw_text){field.bytes, end});
    char conversion = 0;
    if (end + 1 < field.size && field.bytes[end] == '!') {
        conversion = field.bytes[end + 1];
        end += 2;
    }
    if (value.kind != NW_ERROR)
        value = converted(state->eval, nw_settle(state->eval, value), conversion);
    if (value.kind == NW_ERROR)
        return NW_FAILED;
    nw_text specification = end < field.size ? (nw_text){field.bytes + end + 1, field.size - end - 1} : (nw_text){"", 0};
    nw_buffer inner;
    nw_buffer_init(&inner);
    nw_answer answer = write_fields(state, &inner, specification, depth + 1);
    if (answer == NW_YES)
        answer = write_formatted(state->eval, out, value, (nw_text){inner.bytes ? inner.bytes : "", (uint32_t)inner.size});
    nw_buffer_release(&inner);
    return answer;
}

static nw_answer bad_template(nw_eval *eval, const char *message)
{
    nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "%s", message);
    return NW_FAILED;
}

static nw_answer write_fields(fields *state, nw_buffer *out, nw_text text, int depth)
{
    nw_answer whole = NW_YES;
    if (depth > 2)
        return bad_template(state->eval, "Max string recursion exceeded");
    for (uint32_t i = 0; i < text.size; i++) {
        char byte = text.bytes[i];
        if ((byte == '{' || byte == '}') && i + 1 < text.size && text.bytes[i + 1] == byte && (depth == 0 || byte == '{')) {
            nw_buffer_byte(out, text.bytes[i++]);
        } else if (byte == '{') {
            uint32_t start = ++i, nesting = 1;
            for (; i < text.size && nesting; i++)
                nesting += text.bytes[i] == '{' ? 1u : text.bytes[i] == '}' ? -1u : 0;
            if (nesting)
                return bad_template(state->eval, start == text.size ? "Single '{' encountered in format string" : "expected '}' before end of string");
            i--;
            nw_answer answer = write_field(state, out, (nw_text){text.bytes + start, i - start}, depth);
            if (answer == NW_FAILED)
                return answer;
            whole = answer == NW_YES ? whole : answer;
        } else if (byte == '}') {
            return bad_template(state->eval, "Single '}' encountered in format string");
        } else {
            nw_buffer_byte(out, byte);
        }
    }
    return whole;
}

nw_value nw_format_fields(nw_eval *eval, nw_value template_, const nw_arguments *arguments)
{
    fields state = {eval, arguments, 0};
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer answer = write_fields(&state, &out, nw_symbol_text(eval->symbols, template_.as.symbol), 0);
    if (answer == NW_YES)
        return nw_buffer_value(eval, &out);
    nw_buffer_release(&out);
    return answer == NW_FAILED ? nw_error() : nw_unknown_method(eval, "format", NW_TYPE_STRING, template_, arguments);
}

/* ---- template % value ---- */

typedef struct percent {
    nw_eval *eval;
    nw_text text;
    uint32_t at;
    nw_value value;
    uint32_t used;  /* items of a tuple used so far */
    bool mapped;
} percent;

static nw_value next_argument(percent *state)
{
    nw_value plain = nw_plain(state->value);
    if (plain.kind == NW_TUPLE && state->used < plain.as.tuple->count)
        return nw_settle(state->eval, plain.as.tuple->items[state->used++]);
    if (plain.kind != NW_TUPLE && state->used++ == 0)
        return state->value;
    return nw_raise(state->eval, NW_EXCEPTION_TYPE_ERROR, "not enough arguments for format string");
}

static nw_value mapped_argument(percent *state)
{
    uint32_t start = ++state->at;
    while (state->at < state->text.size && state->text.bytes[state->at] != ')')
        state->at++;
    nw_value key = nw_string_from(state->eval, state->text.bytes + start, state->at - start);
    state->at += state->at < state->text.size;
    state->mapped = true;
    return nw_get_item(state->eval, state->value, key);
}

static bool percent_number(percent *state, int *number)
{
    *number = 0;
    if (state->at < state->text.size && state->text.bytes[state->at] == '*') {
        int64_t given;
        state->at++;
        nw_value value = next_argument(state);
        if (value.kind == NW_ERROR || nw_index_of(state->eval, value, &given) != NW_YES || given > 100000)
            return false;
        *number = (int)given;
        return true;
    }
    for (; state->at < state->text.size && state->text.bytes[state->at] >= '0' && state->text.bytes[state->at] <= '9'; state->at++)
        *number = *number > 100000 ? *number : *number * 10 + state->text.bytes[state->at] - '0';
    return true;
}

static bool percent_flags(percent *state, nw_format *format)
{
    bool left = false;
    for (; state->at < state->text.size && strchr("-+ #0", state->text.bytes[state->at]); state->at++) {
        char flag = state->text.bytes[state->at];
        left |= flag == '-';
        format->alternate |= flag == '#';
        format->zero |= flag == '0';
        if (flag == '+' || (flag == ' ' && !format->sign))
            format->sign = flag;
    }
    if (!percent_number(state, &format->width))
        return false;
    if (format->width < 0)
        left = true, format->width = -format->width;
    if (state->at < state->text.size && state->text.bytes[state->at] == '.') {
        state->at++;
        if (!percent_number(state, &format->precision))
            return false;
    }
    while (state->at < state->text.size && strchr("hlL", state->text.bytes[state->at]))
        state->at++;
    format->align = '>';
    if (left)
        format->align = '<';
    else if (format->zero)
        format->align = '=';
    if (format->zero && !left)
        memcpy(format->fill, "0", 2);
    return true;
}

static nw_answer percent_number_of(percent *state, nw_buffer *out, nw_format *format, nw_value value, char type)
{
    nw_value plain = nw_plain(value);
    bool is_float = strchr("eEfFgG", type), is_character = type == 'c' && plain.kind == NW_STRING;
    format->type = strchr("iu", type) ? 'd' : type;
    if (is_character) {
        format->type = 0;
        return nw_format_text(out, format, nw_symbol_text(state->eval->symbols, plain.as.symbol)) ? NW_YES : NW_FAILED;
    }
    if (!nw_is_number(plain)) {
        nw_raise(state->eval, NW_EXCEPTION_TYPE_ERROR, "%%%c format: a real number is required, not %s", type,
                 nw_symbol_bytes(state->eval->symbols, nw_type_of(state->eval, value)->name));
        return NW_FAILED;
    }
    double number = plain.kind == NW_FLOAT ? plain.as.number : (double)plain.as.integer;
    if (is_float)
        return nw_format_float(out, format, number) ? NW_YES : NW_FAILED;
    if (plain.kind == NW_FLOAT && !(number > -9e18 && number < 9e18))
        return NW_MAYBE;
    if (format->precision >= 0) { /* %.3d: at least so many digits */
        *format = (nw_format){.fill = "0", .align = '=', .width = format->precision, .precision = -1, .type = format->type, .sign = format->sign};
    }
    return nw_format_integer(out, format, plain.kind == NW_FLOAT ? (int64_t)number : plain.as.integer) ? NW_YES : NW_FAILED;
}

static nw_answer percent_item(percent *state, nw_buffer *out)
{
    nw_format format = {.fill = " ", .width = -1, .precision = -1};
    nw_value value = nw_unset();
    if (state->at < state->text.size && state->text.bytes[state->at] == '(')
        value = mapped_argument(state);
    if (value.kind == NW_ERROR || !percent_flags(state, &format))
        return state->eval->exception.kind == NW_UNSET ? NW_MAYBE : NW_FAILED;
    if (state->at >= state->text.size)
        return bad_template(state->eval, "incomplete format");
    char type = state->text.bytes[state->at++];
    if (type == '%') {
        nw_buffer_byte(out, '%');
        return NW_YES;
    }
    if (value.kind == NW_UNSET)
        value = next_argument(state);
    if (value.kind == NW_ERROR)
        return NW_FAILED;
    if (!strchr("srdiufFeEgGxXoca", type))
        return bad_template(state->eval, "unsupported format character");
    if (nw_is_opaque(value) || value.kind == NW_TENSOR)
        return NW_MAYBE;
    if (!strchr("sra", type))
        return percent_number_of(state, out, &format, value, type);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_answer answer = type == 's' ? nw_write_string(state->eval, &text, value) : nw_write_representation(state->eval, &text, value);
    memcpy(format.fill, " ", 2);
    format.align = format.align == '=' ? '>' : format.align;
    format.sign = 0;
    if (answer == NW_YES)
        nw_format_text(out, &format, (nw_text){text.bytes ? text.bytes : "", (uint32_t)text.size});
    nw_buffer_release(&text);
    return answer;
}

nw_value nw_format_percent(nw_eval *eval, nw_value template_, nw_value value)
{
    percent state = {.eval = eval, .text = nw_symbol_text(eval->symbols, template_.as.symbol), .value = value};
    nw_buffer out;
    nw_buffer_init(&out);
    nw_answer whole = NW_YES, answer = NW_YES;
    while (state.at < state.text.size && answer != NW_FAILED) {
        char byte = state.text.bytes[state.at++];
        if (byte == '%')
            answer = percent_item(&state, &out);
        else
            nw_buffer_byte(&out, byte);
        whole = answer == NW_YES ? whole : answer;
    }
    nw_value plain = nw_plain(value);
    bool left_over = plain.kind == NW_TUPLE ? state.used < plain.as.tuple->count : state.used == 0 && !state.mapped && plain.kind != NW_DICT;
    if (whole == NW_YES && left_over)
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "not all arguments converted during string formatting");
    if (whole == NW_YES && !left_over)
        return nw_buffer_value(eval, &out);
    nw_buffer_release(&out);
    if (whole != NW_MAYBE)
        return nw_error();
    nw_value operands[] = {template_, value};
    return nw_expression_intern(eval, NW_OPERATOR_MODULO, NW_TYPE_STRING, operands, 2);
}
