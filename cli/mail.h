/* mail: a whole message as `sendmail -t` reads it from standard input: lines end in LF, as local programs
 * have them. The body is base64 (RFC 2045 section 6.8): plain letters and short lines survive every relay,
 * and no line of it can be a lone dot or begin with "From ". From and Message-ID are left to sendmail, which
 * knows the sender's and the machine's name. */
#ifndef MOTCUA_CLI_MAIL_H
#define MOTCUA_CLI_MAIL_H

#include "core/buf.h"

#include <stdint.h>

struct mail {
    const struct str *to; /* each mail_is_address() */
    size_t to_count;
    struct str subject; /* one line of UTF-8 */
    int64_t date;       /* UTC second */
    int offset;         /* minutes: of the zone the date is written in */
};

/* Can it stand in a header as it is, and be nothing but one address? Plain ASCII letters, digits and the
 * signs of an addr-spec (RFC 5322 section 3.4.1) without quotes and comments, at most 254 of them; the part
 * after @ may be left out, for a mailbox of this machine. */
bool mail_is_address(struct str text);

/* Appends the message. `body`: lines of UTF-8 ended by LF, written as CRLF before they are encoded. */
void mail_write(struct buf *out, const struct mail *m, struct str body);

#endif
