//! The typed client of the account service: signing in, staying signed in, and every endpoint that the client uses.
//!
//! It keeps no product and no licence, decides no permission, and stores no token itself: a [`TokenKeeper`] does. It
//! never shows a token, a password or a lease in an error or a log.
//!
//! Read [`Account`] first, then [`operation`], the closed list of what can be asked, and [`answer`], which tells an
//! account service from any other server that happens to answer.
//!
//! What survives a crash is what the keeper keeps. New tokens are kept before they are used; if the reply with them was
//! lost, the old refresh token gets the same reply again.

mod account;
pub mod answer;
mod calls;
pub mod error;
mod hand_over_calls;
mod licence_calls;
pub mod operation;
mod refresh;
mod tokens;

pub use account::{Account, SignOut};
pub use calls::{OfflineWish, Proof};
pub use error::Error;
pub use operation::Operation;
pub use tokens::{KeeperError, TokenKeeper, Tokens};
