//! The account service: who the customers are, what they bought, who may install and run it, and on which device;
//! the signed catalogue and the content; the pages of the portal. All of it is the API under `/v1`.
//!
//! It does not link the client, judges no computer, and never follows what a client claims about itself: an actor is
//! a type that only the door makes, from a token that only the service gives out.
//!
//! Read `http/routes.rs` first: it is the list of everything that can be asked, and of who may ask it. Then one
//! call through the layers: `http/leases.rs` shapes, `app/leases.rs` decides, `store/leases.rs` remembers.
//!
//! What survives a crash is in the data folder: the database (each write is one durable transaction with its audit
//! entry), the keys, the catalogue and the content (each file is renamed into place when it is whole). What is only
//! in memory may be lost: counters, and the record of failed sign-ins.

pub mod actor;
pub mod app;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod error;
pub mod http;
pub mod import;
pub mod key_commands;
pub mod keyring;
pub mod keys;
pub mod metrics;
pub mod mirror;
pub mod output;
pub mod privacy_commands;
pub mod refusal;
pub mod server;
pub mod settings;
pub mod store;

pub use error::{Error, Failure};
pub use refusal::Refusal;
