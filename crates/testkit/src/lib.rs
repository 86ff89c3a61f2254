//! Keeps the rest honest: real programs in a sealed sandbox, a display without a screen, and an origin that misbehaves on demand.
//!
//! It imitates nothing of Toolcrib itself: what a test sees is what a person would see.
//!
//! Read [`sandbox`] first.
//!
//! Nothing of it survives: every process ends and every folder goes with the value that made it.

pub mod bus;
pub mod computer;
pub mod content_server;
mod files;
pub mod front;
pub mod http;
pub mod name_server;
pub mod network;
pub mod notifications;
pub mod origin;
pub mod programs;
mod runtime;
pub mod sandbox;
pub mod screen;
mod service;
pub mod stand_in;
mod vendor;
