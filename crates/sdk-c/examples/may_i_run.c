/* A product that asks whether it may run: may_i_run HOME PRODUCT
 * Prints the answer, and ends with 0 (may run), 4 (read only) or 5 (the licence refuses). */
#include "toolcrib_sdk.h"

#include <stdio.h>
#include <string.h>

static int interface_is_robust(void) {
    char no_utf8[] = {(char)0xff, (char)0xfe, 0};
    ToolcribAnswer *nothing = toolcrib_may_i_run(NULL, NULL);
    ToolcribAnswer *garbage = toolcrib_may_i_run(no_utf8, no_utf8);
    int good = !toolcrib_answer_allowed(nothing) && !toolcrib_answer_allowed(garbage)
        && strcmp(toolcrib_answer_reason(nothing), "unreadable") == 0
        && strcmp(toolcrib_answer_reason(garbage), "unreadable") == 0
        && !toolcrib_answer_allowed(NULL) && toolcrib_answer_reason(NULL) == NULL
        && toolcrib_answer_until(NULL) == TOOLCRIB_NO_DATE && toolcrib_answer_json(NULL) == NULL
        && toolcrib_ask_client(NULL, NULL) == TOOLCRIB_NO_CLIENT;
    toolcrib_answer_free(nothing);
    toolcrib_answer_free(garbage);
    toolcrib_answer_free(NULL);
    toolcrib_string_free(NULL);
    return good;
}

int main(int count, char **arguments) {
    ToolcribAnswer *answer;
    char *json;
    int status;
    if (count != 3 || !interface_is_robust()) {
        return 2;
    }
    answer = toolcrib_may_i_run(arguments[1], arguments[2]);
    json = toolcrib_answer_json(answer);
    printf("%s\n", json);
    printf("%s %s %s\n", toolcrib_answer_standing(answer), toolcrib_answer_reason(answer),
           toolcrib_answer_who(answer) ? toolcrib_answer_who(answer) : "nobody");
    status = toolcrib_answer_allowed(answer) ? 0 : toolcrib_answer_read_only(answer) ? 4 : 5;
    toolcrib_string_free(json);
    toolcrib_answer_free(answer);
    return status;
}
