/* Toolcrib's kit for products: may I run, until when, who am I, why not?
 * Made from crates/sdk-c/src; see docs/protocol/lease.md for what a licence is. */

#ifndef TOOLCRIB_SDK_H
#define TOOLCRIB_SDK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

// The client verified the person: ask again.
#define TOOLCRIB_VERIFIED 0

// The client was started and did not verify the person.
#define TOOLCRIB_NOT_VERIFIED 1

// The client could not be started, or an argument is not usable.
#define TOOLCRIB_NO_CLIENT 2

// What `toolcrib_answer_until` and `toolcrib_answer_next` say where there is no such date.
#define TOOLCRIB_NO_DATE 0

// The answer to *may I run?* It belongs to whoever asked, until `toolcrib_answer_free`.
typedef struct ToolcribAnswer ToolcribAnswer;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Answers whether `product` may run now, in a few milliseconds and without a network.
//
// `home` is the client's home; NULL means that of the client that launched this product, or else the person's usual one.
// `product` is the product's id. The answer is never NULL unless memory ends; give it back with `toolcrib_answer_free`.
//
// # Safety
// `home` and `product` are NULL or point to text that ends with a zero byte.
ToolcribAnswer *toolcrib_may_i_run(const char *home,
                                   const char *product);

// Lets the client verify the person for `product`, in its own window or this terminal, and waits for it:
// `TOOLCRIB_VERIFIED`, `TOOLCRIB_NOT_VERIFIED` or `TOOLCRIB_NO_CLIENT`. Ask `toolcrib_may_i_run` again afterwards.
//
// # Safety
// `home` and `product` are NULL or point to text that ends with a zero byte.
int toolcrib_ask_client(const char *home,
                        const char *product);

// The version of this library, to be shown. It is never NULL and must not be freed.
const char *toolcrib_sdk_version(void);

// Whether the product may run; not for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_allowed(const ToolcribAnswer *answer);

// Where the product may not run: whether it may at least open what it made, to be read only.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_read_only(const ToolcribAnswer *answer);

// Whether `toolcrib_ask_client` can help at once.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_client_helps(const ToolcribAnswer *answer);

// Until when the product works without a network, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
int64_t toolcrib_answer_until(const ToolcribAnswer *answer);

// When the answer changes by itself, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
int64_t toolcrib_answer_next(const ToolcribAnswer *answer);

// The licence's standing: `active`, `grace`, `lapsed`, … It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_standing(const ToolcribAnswer *answer);

// Why, as a stable code: `verified`, `never_verified`, `unreadable`, … It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_reason(const ToolcribAnswer *answer);

// The rule that says so: `S-143`. It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_rule(const ToolcribAnswer *answer);

// Why, for the person, with the exact dates. It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_sentence(const ToolcribAnswer *answer);

// Who is licensed, or NULL. It lives as long as the answer.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_who(const ToolcribAnswer *answer);

// The whole answer as a copy in JSON, to be given back with `toolcrib_string_free`; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
char *toolcrib_answer_json(const ToolcribAnswer *answer);

// Gives an answer back. NULL is allowed.
//
// # Safety
// `answer` is NULL or an answer that was not freed; it and its texts are not used afterwards.
void toolcrib_answer_free(ToolcribAnswer *answer);

// Gives a text of `toolcrib_answer_json` back. NULL is allowed.
//
// # Safety
// `text` is NULL or a text that was not freed; it is not used afterwards.
void toolcrib_string_free(char *text);

// Whether the product may run; not for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_allowed(const ToolcribAnswer *answer);

// Where the product may not run: whether it may at least open what it made, to be read only.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_read_only(const ToolcribAnswer *answer);

// Whether `toolcrib_ask_client` can help at once.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
bool toolcrib_answer_client_helps(const ToolcribAnswer *answer);

// Until when the product works without a network, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
int64_t toolcrib_answer_until(const ToolcribAnswer *answer);

// When the answer changes by itself, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
int64_t toolcrib_answer_next(const ToolcribAnswer *answer);

// The licence's standing: `active`, `grace`, `lapsed`, … It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_standing(const ToolcribAnswer *answer);

// Why, as a stable code: `verified`, `never_verified`, `unreadable`, … It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_reason(const ToolcribAnswer *answer);

// The rule that says so: `S-143`. It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_rule(const ToolcribAnswer *answer);

// Why, for the person, with the exact dates. It lives as long as the answer; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_sentence(const ToolcribAnswer *answer);

// Who is licensed, or NULL. It lives as long as the answer.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
const char *toolcrib_answer_who(const ToolcribAnswer *answer);

// The whole answer as a copy in JSON, to be given back with `toolcrib_string_free`; NULL for NULL.
//
// # Safety
// `answer` is NULL or an answer that was not freed.
char *toolcrib_answer_json(const ToolcribAnswer *answer);

// Gives an answer back. NULL is allowed.
//
// # Safety
// `answer` is NULL or an answer that was not freed; it and its texts are not used afterwards.
void toolcrib_answer_free(ToolcribAnswer *answer);

// Gives a text of `toolcrib_answer_json` back. NULL is allowed.
//
// # Safety
// `text` is NULL or a text that was not freed; it is not used afterwards.
void toolcrib_string_free(char *text);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* TOOLCRIB_SDK_H */
