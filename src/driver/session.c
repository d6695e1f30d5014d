#include "driver/session.h"

#include "netwright_config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_MAX_FILE_SIZE = 8 << 20 };

const char *nw_version(void)
{
    return NW_VERSION;
}

static const char *copy_text(nw_arena *arena, const char *text)
{
    return text ? nw_arena_copy(arena, text, strlen(text) + 1) : NULL;
}

nw_session *nw_session_new(const nw_session_options *options)
{
    nw_session *session = calloc(1, sizeof *session);
    if (!session)
        return NULL;
    nw_arena_init(&session->arena);
    session->symbols = nw_arena_alloc(&session->arena, sizeof *session->symbols);
    session->trees = nw_arena_alloc(&session->arena, sizeof *session->trees);
    session->translations = nw_arena_alloc(&session->arena, sizeof *session->translations);
    nw_symbols_init(session->symbols);
    nw_trees_init(session->trees, session->symbols);
    nw_translation_cache_init(session->translations);
    session->options = *options;
    const char **roots = nw_arena_alloc(&session->arena, (options->root_count + 1) * sizeof *roots);
    for (size_t i = 0; i < options->root_count; i++)
        roots[i] = copy_text(&session->arena, options->roots[i]);
    session->options.roots = roots;
    session->options.python = copy_text(&session->arena, options->python);
    session->options.cache_folder = copy_text(&session->arena, options->cache_folder);
    if (session->options.threads == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        session->options.threads = processors > 0 ? (unsigned)processors : 1;
    }
    if (session->options.max_file_size == 0)
        session->options.max_file_size = DEFAULT_MAX_FILE_SIZE;
    return session;
}

void nw_session_delete(nw_session *session)
{
    if (!session)
        return;
    nw_translation_cache_release(session->translations);
    nw_trees_release(session->trees);
    nw_symbols_release(session->symbols);
    nw_arena_release(&session->arena);
    free(session);
}

void nw_report_init(nw_report *report)
{
    *report = (nw_report){.status = NW_STATUS_NOTHING};
    nw_buffer_init(&report->output);
    nw_buffer_init(&report->messages);
    nw_buffer_init(&report->stats);
}

void nw_report_raise(nw_report *report, nw_status_code status)
{
    if (status > report->status)
        report->status = status;
}

void nw_report_message(nw_report *report, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    nw_buffer_format(&report->messages, "netwright: %s\n", text);
}

static char *take(nw_buffer *buffer, size_t *size)
{
    nw_buffer_add(buffer, "", 0); /* the zero byte, also where nothing was written */
    *size = buffer->size;
    char *bytes = buffer->bytes;
    nw_buffer_init(buffer);
    return bytes;
}

void nw_report_finish(nw_report *report, nw_result *result)
{
    result->status = report->status;
    result->output = take(&report->output, &result->output_size);
    result->messages = take(&report->messages, &result->messages_size);
    result->stats = take(&report->stats, &result->stats_size);
}

void nw_result_release(nw_result *result)
{
    free(result->output);
    free(result->messages);
    free(result->stats);
    *result = (nw_result){.status = NW_STATUS_NOTHING};
}
