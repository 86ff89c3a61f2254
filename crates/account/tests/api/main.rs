//! The account client against a small service on loopback: sessions, calls, and answers that are none.

mod calls;
mod document;
mod service;
mod sessions;
