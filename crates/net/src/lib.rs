//! One HTTP stack for everything: calls to an account service, small files of a catalogue, and ranges of large ones; and
//! beside it, for computers of one local network, [`peers`], and for services that the network names, [`dns`].
//!
//! It knows no product, keeps nothing on disk, decides no retry by itself and shows no URL's query or credentials. It
//! speaks plain HTTP to this computer only (but for [one small file](fetch_openly)), follows redirects itself and refuses the dangerous ones, and believes no
//! length, range or encoding that was not asked for.
//!
//! Read [`Http`] first, then [`range`] for what a server may answer to a range, then [`retry`].
//!
//! Nothing here survives a crash: what arrived is the caller's, and a [`Validator`] is what it keeps beside it.

mod address;
mod blame;
mod board;
mod body;
mod call;
mod clients;
mod divided;
pub mod dns;
mod error;
mod exchange;
#[cfg(fuzzing)]
pub mod fuzzing;
mod headers;
mod http;
mod look;
mod openly;
pub mod peers;
mod proxy;
pub mod range;
pub mod reach;
mod redirect;
pub mod retry;
mod settings;
mod throttle;
mod url;

pub use self::url::{BadUrl, SafeUrl};
pub use body::Body;
pub use call::{Answer, Payload, Request};
pub use error::{Error, TlsProblem};
pub use headers::Validator;
pub use http::Http;
pub use look::{Look, Obstacle};
pub use openly::fetch_openly;
pub use proxy::BadProxy;
pub use redirect::RefusedRedirect;
pub use reqwest::Method;
pub use settings::{Chooser, Hop, ProxyChoice, Settings};
pub use throttle::Throttle;

/// What every act of this crate answers.
pub type Result<T> = std::result::Result<T, Error>;
