//! Everything that a person can do, composed from the engines: sign in, see products, check the computer, install,
//! pause, launch, verify a licence, remove.
//!
//! It draws nothing, prints nothing and reads no environment variable: that is for the faces (`toolcrib` and
//! `toolcrib-desktop`). It has no rule of its own about signatures, files, requirements or leases: it only decides
//! what is asked of whom, and in which order.
//!
//! Read [`Client`] first, then [`job`] for the life of a long operation, and [`view`] for what the faces see.
//!
//! What survives a crash: settings, accepted texts, the trusted catalogue, leases and receipts, each replaced
//! atomically; and every job, which is shown as paused when the process that worked on it is gone.

mod aftermath;
mod arrival;
mod bundle;
mod catalogue;
mod client;
pub mod code;
mod collected;
mod company;
mod components;
mod content_servers;
mod copied;
mod desktop_shortcuts;
mod devices;
pub mod doctor;
mod error;
mod feed;
mod file;
mod gate;
mod holds;
mod identity;
mod in_use;
mod installed;
mod invitation;
pub mod job;
mod keeper;
mod launch;
mod licence;
mod limit;
mod links;
mod links_ahead;
mod listing;
mod log;
mod memory;
mod metered;
mod moving;
mod notify;
mod offline;
mod peers;
pub mod policy;
mod prepare;
mod privacy;
mod proxy;
mod reach;
mod read_me;
mod readiness;
mod releases;
mod reminders;
mod removal;
mod repair;
mod serial;
mod session;
mod settings;
mod starts;
mod texts;
mod timeline;
mod updates;
pub mod view;
mod watch;

pub use catalogue::TakenBack;
pub use client::{Client, Options, Patience};
pub use collected::CheckIn;
pub use content_servers::FillOrder;
pub use error::Error;
pub use file::{FileFetch, FileRequest, FileState, FileView};
pub use gate::Asking;
pub use invitation::is_link;
pub use launch::{Console, Launched};
pub use limit::{Hours, Limit};
pub use listing::either;
pub use log::log_file;
pub use peers::Neighbourhood;
pub use prepare::{Prepared, Request};
pub use readiness::{Reaching, check_rules};
pub use repair::Examined;
pub use session::{Credentials, Known};
pub use settings::Settings;
pub use starts::START;
pub use toolcrib_delivery::Source;
pub use toolcrib_machine::facts::{Isolation, answer_if_asked};
pub use toolcrib_machine::memory::keep_small;
pub use toolcrib_net::dns::{Domain, Resolver};
pub use updates::Begun;
