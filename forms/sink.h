/* sink: where the bytes of a form go, and how writing one ends. */
#ifndef MOTCUA_FORMS_SINK_H
#define MOTCUA_FORMS_SINK_H

#include <stdbool.h>
#include <stddef.h>

/* Takes the next bytes; false stops the writing (whoever made the sink knows why). */
struct form_sink {
    bool (*put)(void *arg, const void *bytes, size_t n);
    void *arg;
};

enum form_result {
    FORM_WRITTEN,
    FORM_SINK_FAILED,
    FORM_ROWS_FAILED, /* the rows of a table could not be read to their end */
    FORM_NO_FONT,     /* no font on this machine has Vietnamese letters */
    FORM_NO_MEMORY,
    FORM_TOO_LONG, /* more than the format holds: rows of a workbook, bytes of a QR code */
    FORM_NO_ROOM,  /* the temporary files it is put together in (in $TMPDIR) could not be written */
};

#endif
