//! Text across the interface.

use std::ffi::{CStr, CString, c_char};

/// What came over the interface in the place of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given<'a> {
    /// NULL.
    Nothing,
    /// Bytes that are no UTF-8.
    NoText,
    /// A text.
    Text(&'a str),
}

impl Given<'_> {
    /// Reads a text that somebody gave.
    ///
    /// # Safety
    /// `raw` is NULL or points to bytes that end with a zero byte and stay as they are during the call.
    pub(crate) unsafe fn read(raw: *const c_char) -> Self {
        if raw.is_null() {
            return Self::Nothing;
        }
        // SAFETY: it is not NULL, and the caller promises the rest.
        unsafe { CStr::from_ptr(raw) }
            .to_str()
            .map_or(Self::NoText, Self::Text)
    }
}

/// A text to be handed out. A zero byte cannot be told in C: the text ends before it.
pub(crate) fn told(text: &str) -> CString {
    let end = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}
