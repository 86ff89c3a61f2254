//! The answer, and how C asks it.

use crate::text::{Given, told};
use crate::{TOOLCRIB_NO_DATE, client};
use std::ffi::{CString, c_char};
use toolcrib_sdk::Answer;

/// The answer to *may I run?* It belongs to whoever asked, until `toolcrib_answer_free`.
pub struct ToolcribAnswer {
    allowed: bool,
    read_only: bool,
    client_helps: bool,
    until: i64,
    next: i64,
    standing: CString,
    reason: CString,
    rule: CString,
    sentence: CString,
    who: Option<CString>,
    json: CString,
}

impl From<&Answer> for ToolcribAnswer {
    fn from(answer: &Answer) -> Self {
        let seconds = |at: Option<jiff::Timestamp>| at.map_or(TOOLCRIB_NO_DATE, jiff::Timestamp::as_second);
        Self {
            allowed: answer.allowed,
            read_only: answer.read_only,
            client_helps: answer.client_helps,
            until: seconds(answer.until),
            next: seconds(answer.next),
            standing: told(&answer.standing),
            reason: told(&answer.reason),
            rule: told(&answer.rule),
            sentence: told(&answer.sentence),
            who: answer.who.as_deref().map(told),
            json: told(&serde_json::to_string(answer).unwrap_or_default()),
        }
    }
}

/// Asks the kit.
pub(crate) fn ask(home: Given<'_>, product: Given<'_>) -> ToolcribAnswer {
    match (client(home), product) {
        (Some(toolcrib), Given::Text(product)) => ToolcribAnswer::from(&toolcrib.may_i_run(product)),
        (None, _) => unreadable("the name of the client's home is no UTF-8"),
        (_, Given::Nothing) => unreadable("no product was named"),
        (_, Given::NoText) => unreadable("the product's name is no UTF-8"),
    }
}

/// The answer where this library itself failed.
pub(crate) fn internal() -> ToolcribAnswer {
    unreadable("the licence kit failed")
}

fn unreadable(why: &str) -> ToolcribAnswer {
    ToolcribAnswer::from(&Answer {
        allowed: false,
        read_only: false,
        standing: "none".to_owned(),
        reason: "unreadable".to_owned(),
        rule: "S-138".to_owned(),
        sentence: format!("The licence could not be looked up: {why}."),
        until: None,
        next: None,
        who: None,
        client_helps: false,
    })
}

/// Reads a field of an answer, or `otherwise` of no answer.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
unsafe fn field<T>(
    answer: *const ToolcribAnswer,
    otherwise: T,
    read: impl FnOnce(&ToolcribAnswer) -> T,
) -> T {
    // SAFETY: the caller promises that it is NULL or valid.
    unsafe { answer.as_ref() }.map_or(otherwise, read)
}

/// Whether the product may run; not for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_allowed(answer: *const ToolcribAnswer) -> bool {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, false, |answer| answer.allowed) }
}

/// Where the product may not run: whether it may at least open what it made, to be read only.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_read_only(answer: *const ToolcribAnswer) -> bool {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, false, |answer| answer.read_only) }
}

/// Whether `toolcrib_ask_client` can help at once.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_client_helps(answer: *const ToolcribAnswer) -> bool {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, false, |answer| answer.client_helps) }
}

/// Until when the product works without a network, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_until(answer: *const ToolcribAnswer) -> i64 {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, TOOLCRIB_NO_DATE, |answer| answer.until) }
}

/// When the answer changes by itself, in seconds since 1970 (UTC), or `TOOLCRIB_NO_DATE`.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_next(answer: *const ToolcribAnswer) -> i64 {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, TOOLCRIB_NO_DATE, |answer| answer.next) }
}

/// The licence's standing: `active`, `grace`, `lapsed`, … It lives as long as the answer; NULL for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_standing(answer: *const ToolcribAnswer) -> *const c_char {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null(), |answer| answer.standing.as_ptr()) }
}

/// Why, as a stable code: `verified`, `never_verified`, `unreadable`, … It lives as long as the answer; NULL for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_reason(answer: *const ToolcribAnswer) -> *const c_char {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null(), |answer| answer.reason.as_ptr()) }
}

/// The rule that says so: `S-143`. It lives as long as the answer; NULL for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_rule(answer: *const ToolcribAnswer) -> *const c_char {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null(), |answer| answer.rule.as_ptr()) }
}

/// Why, for the person, with the exact dates. It lives as long as the answer; NULL for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_sentence(answer: *const ToolcribAnswer) -> *const c_char {
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null(), |answer| answer.sentence.as_ptr()) }
}

/// Who is licensed, or NULL. It lives as long as the answer.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_who(answer: *const ToolcribAnswer) -> *const c_char {
    let who = |answer: &ToolcribAnswer| answer.who.as_ref().map_or(std::ptr::null(), |who| who.as_ptr());
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null(), who) }
}

/// The whole answer as a copy in JSON, to be given back with `toolcrib_string_free`; NULL for NULL.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_json(answer: *const ToolcribAnswer) -> *mut c_char {
    let copy = |answer: &ToolcribAnswer| answer.json.clone().into_raw();
    // SAFETY: the caller promises what `field` asks for.
    unsafe { field(answer, std::ptr::null_mut(), copy) }
}

/// Gives an answer back. NULL is allowed.
///
/// # Safety
/// `answer` is NULL or an answer that was not freed; it and its texts are not used afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_answer_free(answer: *mut ToolcribAnswer) {
    if !answer.is_null() {
        // SAFETY: it came from `Box::into_raw`, and the caller gives it up.
        drop(unsafe { Box::from_raw(answer) });
    }
}

/// Gives a text of `toolcrib_answer_json` back. NULL is allowed.
///
/// # Safety
/// `text` is NULL or a text that was not freed; it is not used afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_string_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it came from `CString::into_raw`, and the caller gives it up.
        drop(unsafe { CString::from_raw(text) });
    }
}
