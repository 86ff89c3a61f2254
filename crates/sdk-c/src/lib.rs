//! The kit for products that are not written in Rust: a C interface to `toolcrib-sdk`, as `include/toolcrib_sdk.h` says.
//!
//! It adds nothing to the kit's answers. No panic crosses the interface, a null pointer and bytes that are no UTF-8 are
//! answered, and whatever the interface hands out is given back by its own functions.
//!
//! Read [`toolcrib_may_i_run`] first; the example in `examples/may_i_run.c` is compiled and run by the tests.
//!
//! It keeps nothing, so nothing of it needs to survive a crash.

pub mod answer;
mod text;

pub use answer::ToolcribAnswer;

use std::ffi::{c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use text::Given;
use toolcrib_sdk::Toolcrib;

/// The client verified the person: ask again.
pub const TOOLCRIB_VERIFIED: c_int = 0;
/// The client was started and did not verify the person.
pub const TOOLCRIB_NOT_VERIFIED: c_int = 1;
/// The client could not be started, or an argument is not usable.
pub const TOOLCRIB_NO_CLIENT: c_int = 2;
/// What `toolcrib_answer_until` and `toolcrib_answer_next` say where there is no such date.
pub const TOOLCRIB_NO_DATE: i64 = 0;

/// Answers whether `product` may run now, in a few milliseconds and without a network.
///
/// `home` is the client's home; NULL means that of the client that launched this product, or else the person's usual one.
/// `product` is the product's id. The answer is never NULL unless memory ends; give it back with `toolcrib_answer_free`.
///
/// # Safety
/// `home` and `product` are NULL or point to text that ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_may_i_run(
    home: *const c_char,
    product: *const c_char,
) -> *mut ToolcribAnswer {
    // SAFETY: the caller promises what `Given::read` asks for.
    let (home, product) = unsafe { (Given::read(home), Given::read(product)) };
    let answer = catch_unwind(AssertUnwindSafe(|| answer::ask(home, product)));
    let answer = answer.unwrap_or_else(|_| answer::internal());
    Box::into_raw(Box::new(answer))
}

/// Lets the client verify the person for `product`, in its own window or this terminal, and waits for it:
/// `TOOLCRIB_VERIFIED`, `TOOLCRIB_NOT_VERIFIED` or `TOOLCRIB_NO_CLIENT`. Ask `toolcrib_may_i_run` again afterwards.
///
/// # Safety
/// `home` and `product` are NULL or point to text that ends with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn toolcrib_ask_client(home: *const c_char, product: *const c_char) -> c_int {
    // SAFETY: the caller promises what `Given::read` asks for.
    let (home, product) = unsafe { (Given::read(home), Given::read(product)) };
    catch_unwind(AssertUnwindSafe(|| ask_client(home, product))).unwrap_or(TOOLCRIB_NO_CLIENT)
}

fn ask_client(home: Given<'_>, product: Given<'_>) -> c_int {
    let (Some(toolcrib), Given::Text(product)) = (client(home), product) else {
        return TOOLCRIB_NO_CLIENT;
    };
    match toolcrib.ask_client(product) {
        Ok(status) if status.success() => TOOLCRIB_VERIFIED,
        Ok(_) => TOOLCRIB_NOT_VERIFIED,
        Err(_) => TOOLCRIB_NO_CLIENT,
    }
}

/// The client whose home was given; `None` where that is no text.
fn client(home: Given<'_>) -> Option<Toolcrib> {
    match home {
        Given::Nothing => Some(Toolcrib::open()),
        Given::Text(home) => Some(Toolcrib::open_at(home)),
        Given::NoText => None,
    }
}

/// The version of this library, to be shown. It is never NULL and must not be freed.
#[unsafe(no_mangle)]
pub const extern "C" fn toolcrib_sdk_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}
