#include "cli/import_words.h"

#include "core/text.h"

enum { WORD_MAX = 64, NO_DOSSIER = -1 };

struct word {
    const char *folded; /* letters and digits alone */
    int means;
};

/* Of ASCII alone; false where there is anything else. */
static bool reduce_plain(struct str word, char out[WORD_MAX])
{
    size_t n = 0;
    if (word.n >= WORD_MAX)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if (c & 0x80)
            return false;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

/* Letters and digits of the folded word; "" where it is too long to be any. */
static void reduce(struct str word, char out[WORD_MAX])
{
    if (reduce_plain(word, out))
        return;
    struct buf folded = BUF_INIT;
    size_t n = 0;
    text_fold(&folded, str_first(word, 8 * WORD_MAX));
    for (size_t i = 0; i < folded.n && n < WORD_MAX; i++) {
        char c = folded.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
    }
    out[n < WORD_MAX && !folded.failed ? n : 0] = '\0';
    buf_release(&folded);
}

static bool look_up_plain(const struct word *words, size_t n, struct str word, int *means)
{
    char reduced[WORD_MAX];
    reduce(word, reduced);
    if (!reduced[0])
        return false;
    for (size_t i = 0; i < n; i++)
        if (words[i].folded[0] == reduced[0] && words[i].folded[1] == reduced[1] &&
            strcmp(words[i].folded, reduced) == 0) {
            *means = words[i].means;
            return true;
        }
    return false;
}

/* What stands in brackets behind does not matter, as in the names of columns. */
static bool look_up(const struct word *words, size_t n, struct str word, int *means)
{
    const char *bracket = word.n ? memchr(word.p, '(', word.n) : NULL;
    return look_up_plain(words, n, word, means) ||
           (bracket && look_up_plain(words, n, str_first(word, (size_t)(bracket - word.p)), means));
}
#define LOOK_UP(words, word, means) look_up((words), sizeof(words) / sizeof *(words), (word), (means))

/* ---- states ---- */

/* The commonest first, ours among them: they are looked through in this order. */
static const struct word states[] = {
    {"dangxuly", STATE_PROCESSING},
    {"daxulyxong", STATE_RESOLVED},
    {"datraketqua", STATE_RETURNED},
    {"processing", STATE_PROCESSING},
    {"waiting", STATE_WAITING},
    {"waitingpayment", STATE_WAITING_PAYMENT},
    {"resolved", STATE_RESOLVED},
    {"returned", STATE_RETURNED},
    {"refused", STATE_REFUSED},
    {"withdrawn", STATE_WITHDRAWN},
    {"stopped", STATE_STOPPED},
    {"void", STATE_VOID},
    {"moitiepnhan", STATE_PROCESSING},
    {"duoctiepnhan", STATE_PROCESSING},
    {"datiepnhan", STATE_PROCESSING},
    {"choxuly", STATE_PROCESSING},
    {"chokyduyet", STATE_PROCESSING},
    {"hosochuyenphongchuyenmon", STATE_PROCESSING},
    {"chuyenphongchuyenmon", STATE_PROCESSING},
    {"danggiaiquyet", STATE_PROCESSING},
    {"chochuyenxuly", STATE_PROCESSING},
    {"chobosunghoso", STATE_WAITING},
    {"chobosung", STATE_WAITING},
    {"yeucaubosung", STATE_WAITING},
    {"yeucaubosunghoso", STATE_WAITING},
    {"yeucaubosunggiayto", STATE_WAITING},
    {"dangbosung", STATE_WAITING},
    {"chothuchiennghiavutaichinh", STATE_WAITING_PAYMENT},
    {"yeucauthuchiennghiavutaichinh", STATE_WAITING_PAYMENT},
    {"thuchiennghiavutaichinh", STATE_WAITING_PAYMENT},
    {"congdanyeucauruthoso", STATE_WITHDRAWN},
    {"daruthoso", STATE_WITHDRAWN},
    {"ruthoso", STATE_WITHDRAWN},
    {"darut", STATE_WITHDRAWN},
    {"dungxuly", STATE_STOPPED},
    {"dungxulyhoso", STATE_STOPPED},
    {"dunggiaiquyet", STATE_STOPPED},
    {"hosokhongxulyduoc", STATE_STOPPED},
    {"khongxulyduoc", STATE_STOPPED},
    {"chuatraketqua", STATE_RESOLVED},
    {"chotraketqua", STATE_RESOLVED},
    {"dacoketqua", STATE_RESOLVED},
    {"hoanthanh", STATE_RESOLVED},
    {"dahoanthanh", STATE_RESOLVED},
    {"dagiaiquyet", STATE_RESOLVED},
    {"datra", STATE_RETURNED},
    {"datrakq", STATE_RETURNED},
    {"tuchoigiaiquyet", STATE_REFUSED},
    {"tuchoigiaiquyethoso", STATE_REFUSED},
    {"tralaihoso", STATE_REFUSED},
    {"dahuy", STATE_VOID},
    {"huy", STATE_VOID},
    {"moidangky", NO_DOSSIER},
    {"khongtiepnhan", NO_DOSSIER},
    {"khongduoctiepnhan", NO_DOSSIER},
    {"tuchoitiepnhan", NO_DOSSIER},
    {"chotiepnhan", NO_DOSSIER},
    {"1", NO_DOSSIER},
    {"2", STATE_PROCESSING},
    {"3", NO_DOSSIER},
    {"4", STATE_PROCESSING},
    {"5", STATE_WAITING},
    {"6", STATE_WAITING_PAYMENT},
    {"7", STATE_WITHDRAWN},
    {"8", STATE_STOPPED},
    {"9", STATE_RESOLVED},
    {"10", STATE_RETURNED},
};

enum import_state import_state_called(struct str word, enum dossier_state *out)
{
    int means;
    if (!LOOK_UP(states, word, &means))
        return IMPORT_STATE_UNKNOWN;
    if (means == NO_DOSSIER)
        return IMPORT_STATE_NO_DOSSIER;
    *out = (enum dossier_state)means;
    return IMPORT_STATE_KNOWN;
}

const char *import_state_word(enum dossier_state state, enum lang lang)
{
    static const char *const national[] = {
        [STATE_PROCESSING] = "Đang xử lý",
        [STATE_WAITING] = "Yêu cầu bổ sung giấy tờ",
        [STATE_WAITING_PAYMENT] = "Yêu cầu thực hiện nghĩa vụ tài chính",
        [STATE_RESOLVED] = "Đã xử lý xong",
        [STATE_RETURNED] = "Đã trả kết quả",
        [STATE_REFUSED] = "Từ chối giải quyết",
        [STATE_WITHDRAWN] = "Công dân yêu cầu rút hồ sơ",
        [STATE_STOPPED] = "Dừng xử lý",
        [STATE_VOID] = "Đã hủy",
    };
    return lang == LANG_EN ? state_name(state) : national[state];
}

/* ---- channels ---- */

static const struct word channels[] = {
    {"tructiep", CHANNEL_DIRECT},
    {"tructuyen", CHANNEL_ONLINE},
    {"buuchinhcongich", CHANNEL_POSTAL},
    {"direct", CHANNEL_DIRECT},
    {"desk", CHANNEL_DIRECT},
    {"online", CHANNEL_ONLINE},
    {"postal", CHANNEL_POSTAL},
    {"post", CHANNEL_POSTAL},
    {"nhantaibophanmotcua", CHANNEL_DIRECT},
    {"taibophanmotcua", CHANNEL_DIRECT},
    {"taiquay", CHANNEL_DIRECT},
    {"noptructiep", CHANNEL_DIRECT},
    {"nhantructiep", CHANNEL_DIRECT},
    {"tratructiep", CHANNEL_DIRECT},
    {"taimotcua", CHANNEL_DIRECT},
    {"noptructuyen", CHANNEL_ONLINE},
    {"quamang", CHANNEL_ONLINE},
    {"nhantructuyen", CHANNEL_ONLINE},
    {"tratructuyen", CHANNEL_ONLINE},
    {"dientu", CHANNEL_ONLINE},
    {"bandientu", CHANNEL_ONLINE},
    {"dichvucong", CHANNEL_ONLINE},
    {"congdichvucong", CHANNEL_ONLINE},
    {"dvc", CHANNEL_ONLINE},
    {"toantrinh", CHANNEL_ONLINE},
    {"motphan", CHANNEL_ONLINE},
    {"tructuyentoantrinh", CHANNEL_ONLINE},
    {"tructuyenmotphan", CHANNEL_ONLINE},
    {"dichvucongtructuyentoantrinh", CHANNEL_ONLINE},
    {"dichvucongtructuyenmotphan", CHANNEL_ONLINE},
    {"quabuuchinh", CHANNEL_POSTAL},
    {"buuchinh", CHANNEL_POSTAL},
    {"buudien", CHANNEL_POSTAL},
    {"quabuudien", CHANNEL_POSTAL},
    {"bcci", CHANNEL_POSTAL},
    {"quabcci", CHANNEL_POSTAL},
    {"quadichvubcci", CHANNEL_POSTAL},
    {"dichvubuuchinhcongich", CHANNEL_POSTAL},
    {"quadichvubuuchinhcongich", CHANNEL_POSTAL},
    {"quabuuchinhcongich", CHANNEL_POSTAL},
};

bool import_channel_called(struct str word, enum channel *out)
{
    int means;
    if (!LOOK_UP(channels, word, &means))
        return false;
    *out = (enum channel)means;
    return true;
}

const char *import_channel_word(enum channel channel, enum lang lang)
{
    static const char *const vi[] = {"", "Trực tiếp", "Trực tuyến", "Bưu chính công ích"};
    if (channel == CHANNEL_NONE)
        return "";
    return lang == LANG_EN ? channel_name(channel) : vi[channel];
}

const char *import_collect_word(enum channel channel, enum lang lang)
{
    if (channel != CHANNEL_DIRECT)
        return import_channel_word(channel, lang);
    return lang == LANG_EN ? "desk" : "Tại Bộ phận Một cửa";
}

/* ---- yes and no, whom it is about ---- */

static const struct word answers[] = {
    {"khong", 0}, {"co", 1}, {"no", 0}, {"yes", 1},  {"false", 0}, {"true", 1},
    {"0", 0},     {"1", 1},  {"x", 1},  {"dung", 1}, {"sai", 0},
};

bool import_yes_no(struct str word, bool *out)
{
    int means;
    if (!LOOK_UP(answers, word, &means))
        return false;
    *out = means != 0;
    return true;
}

const char *import_yes_no_word(bool yes, enum lang lang)
{
    if (lang == LANG_EN)
        return yes ? "yes" : "no";
    return yes ? "Có" : "Không";
}

static const struct word kinds[] = {
    {"canhan", 0},    {"tochuc", 1},      {"congdan", 0},      {"nguoidan", 0},     {"doanhnghiep", 1},
    {"coquan", 1},    {"person", 0},      {"organization", 1}, {"organisation", 1}, {"individual", 0},
    {"hogiadinh", 0}, {"hokinhdoanh", 1}, {"dn", 1},
};

bool import_kind_called(struct str word, bool *organization)
{
    int means;
    if (!LOOK_UP(kinds, word, &means))
        return false;
    *organization = means != 0;
    return true;
}

const char *import_kind_word(bool organization, enum lang lang)
{
    if (lang == LANG_EN)
        return organization ? "organization" : "person";
    return organization ? "Tổ chức" : "Cá nhân";
}
