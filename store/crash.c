#include "store/crash.h"

#include "store/fault.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
#define COUNT(a) (sizeof(a) / sizeof(*(a)))
static struct sigaction before[COUNT(crashes)];
static bool catching;
static atomic_int striker; /* the thread it struck first; 0: none */

/* A fault may come of a stack that has no room left. */
static char own_stack[1 << 16];

static const char *volatile restore_bytes;
static const struct termios *restore_settings;
static const char *volatile wipe_bytes;

/* ---- what will be said ---- */

enum { FRAMES = 16, SENTENCES = 4, DIR_BYTES = 512, SENTENCE_BYTES = 1024 };

/* Made when a folder is first touched, and again when the language changes. */
struct sentence {
    char dir[DIR_BYTES]; /* or as much as fits: a message shows less */
    enum outcome_class status;
    char text[SENTENCE_BYTES];
};
static struct sentence sentence[SENTENCES], elsewhere;
static enum lang speaking = LANG_VI;
static enum text_id of_store = T_core_crash_store;

/* Sentence numbers. Deeper than FRAMES the last one goes on counting. */
static unsigned char frame[FRAMES];
static volatile sig_atomic_t depth;

static int innermost(void)
{
    return frame[(depth < FRAMES ? depth : FRAMES) - 1];
}

static const struct sentence *current(void)
{
    return depth > 0 ? &sentence[innermost()] : &elsewhere;
}

static void keep(struct sentence *s, struct str said)
{
    struct buf line = BUF_INIT;
    buf_add_z(&line, "motcua: ");
    buf_add_str(&line, said);
    buf_add_char(&line, '\n');
    s->text[0] = '\0';
    if (!line.failed && line.n < sizeof s->text)
        memcpy(s->text, line.p, line.n + 1);
    buf_release(&line);
}

static void make(struct sentence *s)
{
    struct outcome o = fault_path(KIND_damaged, s->dir);
    struct buf said = BUF_INIT;
    outcome_message_as(&said, speaking, &o, s->status == INPUT ? T_core_crash_file : of_store);
    keep(s, buf_str(&said));
    buf_release(&said);
}

static bool in_use(int number)
{
    for (int i = 0; i < depth && i < FRAMES; i++)
        if (frame[i] == number)
            return true;
    return false;
}

/* The sentence about the folder; the one in force where there is room for no other. */
static int sentence_of(const char *dir, enum outcome_class status)
{
    int free_one = -1;
    for (int i = 0; i < SENTENCES; i++) {
        if (sentence[i].status == status && strncmp(sentence[i].dir, dir, DIR_BYTES - 1) == 0)
            return i;
        if (!in_use(i) && (free_one < 0 || !sentence[i].dir[0]))
            free_one = i;
    }
    if (free_one < 0)
        return innermost();
    struct sentence *s = &sentence[free_one];
    size_t n = strnlen(dir, DIR_BYTES - 1);
    memcpy(s->dir, dir, n);
    s->dir[n] = '\0';
    s->status = status;
    if (catching)
        make(s);
    return free_one;
}

void crash_speak(enum lang lang)
{
    if (lang == speaking && elsewhere.text[0])
        return;
    speaking = lang;
    keep(&elsewhere, str_of(lang_text(lang, T_core_crash_elsewhere)));
    for (int i = 0; i < SENTENCES; i++)
        if (sentence[i].dir[0])
            make(&sentence[i]);
}

void crash_say_of_store(enum text_id text)
{
    of_store = text;
    for (int i = 0; i < SENTENCES; i++)
        if (sentence[i].dir[0])
            make(&sentence[i]);
}

/* ---- where it would strike ---- */

static void push(int number)
{
    if (depth < FRAMES)
        frame[depth] = (unsigned char)number;
    depth++;
}

void crash_enter(const char *dir, enum outcome_class status)
{
    push(sentence_of(dir, status));
}

void crash_enter_beside(const char *dir, enum outcome_class status)
{
    push(depth > 0 ? innermost() : sentence_of(dir, status));
}

void crash_leave(void)
{
    if (depth > 0)
        depth--;
}

/* ---- when it strikes ---- */

static void say(int fd, const char *text)
{
    for (size_t n = strlen(text); n;) {
        ssize_t done = write(fd, text, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return; /* nobody is left to tell */
        text += done;
        n -= (size_t)done;
    }
}

void crash_terminal(const char *bytes, const struct termios *settings)
{
    restore_bytes = NULL; /* never the one with the other's */
    restore_settings = settings;
    restore_bytes = bytes;
}

void crash_line(const char *wipe)
{
    wipe_bytes = wipe;
}

static void give_back_terminal(void)
{
    if (wipe_bytes)
        say(STDERR_FILENO, wipe_bytes);
    if (!restore_bytes)
        return;
    say(STDOUT_FILENO, restore_bytes);
    if (restore_settings)
        tcsetattr(STDIN_FILENO, TCSANOW, restore_settings);
}

/* A signal that another process sent is no fault of the store's. */
static bool was_sent(const siginfo_t *info)
{
    return info->si_code <= 0 && info->si_pid != getpid();
}

static const struct sigaction *action_before(int number)
{
    size_t i = 0;
    while (i + 1 < COUNT(crashes) && crashes[i] != number)
        i++;
    return &before[i];
}

/* Only what POSIX allows in a handler. */
static void strike(int number, siginfo_t *info, void *context)
{
    (void)context;
    const struct sigaction *old = action_before(number);
    int me = (int)gettid(), first = 0;
    bool again = !atomic_compare_exchange_strong(&striker, &first, me);
    while (again && first != me) /* two threads met the same pages: the first one speaks, and ends both */
        pause();
    if (!again) {
        const struct sentence *s = depth > 0 && was_sent(info) ? &elsewhere : current();
        give_back_terminal();
        say(STDERR_FILENO, s->text);
        if (s != &elsewhere)
            _exit((int)s->status);
    }
    /* Its course: where nobody else watches, the signal waits for the end of this handler and ends the
     * process; else the instruction fails once more, and they see where. */
    sigaction(number, old, NULL);
    if (info->si_code <= 0 || old->sa_handler == SIG_DFL || old->sa_handler == SIG_IGN)
        raise(number);
}

void crash_catch(void)
{
    stack_t stack = {.ss_sp = own_stack, .ss_size = sizeof own_stack}, there;
    if (catching)
        return;
    catching = true;
    crash_speak(speaking);
    if (sigaltstack(NULL, &there) != 0 || there.ss_flags & SS_DISABLE)
        sigaltstack(&stack, NULL);
    struct sigaction fatal = {.sa_sigaction = strike, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&fatal.sa_mask);
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &fatal, &before[i]);
}

void crash_contradiction(const char *dir)
{
    enum outcome_class status = depth > 0 ? current()->status : FAILED;
    struct outcome o =
        status == INPUT ? fault_path(KIND_damaged, dir) : fault_damaged(dir, T_core_damage_pages);
    struct sentence last = {.status = status};
    struct buf said = BUF_INIT;
    if (status == INPUT)
        outcome_message_as(&said, speaking, &o, T_core_crash_file);
    else if (of_store != T_core_crash_store)
        outcome_message_as(&said, speaking, &o, of_store);
    else
        outcome_message(&said, speaking, &o);
    keep(&last, buf_str(&said));
    buf_release(&said);
    give_back_terminal();
    say(STDERR_FILENO, last.text);
    _exit((int)status);
}
