//! A home that was copied from another computer: its session, its device and its leases are that computer's, and stay its.
//!
//! Nothing is asked with them here, since that would end the other computer's session. The person signs in anew, and
//! this becomes a device of its own (decision 31).

use crate::client::Client;
use crate::error::Error;
use crate::keeper::Keeper;
use toolcrib_account::{Error as Refusal, TokenKeeper as _};
use toolcrib_licence::Records;

impl Client {
    /// Whether this home was copied from another computer. One that cannot be read is told about where it is needed.
    pub(crate) fn is_copied(&self) -> bool {
        self.shelf()
            .is_ok_and(|shelf| shelf.records() == Records::OfAnotherComputer)
    }

    /// Begins anew where this home was copied: forgets the session, the device's key, the leases and their record.
    ///
    /// # Errors
    /// When the home or the secret store cannot be written.
    pub(crate) fn begin_anew_where_copied(&self) -> Result<(), Error> {
        if !self.is_copied() {
            return Ok(());
        }
        tracing::info!("this home was copied from another computer; it begins anew");
        // The session first: the records, which say that it is a copy, must not be gone before it.
        if let Ok(server) = self.server() {
            Keeper::of(&server, &self.0.secrets).clear().map_err(|source| {
                Error::Account(Refusal::Keeper {
                    act: "forget",
                    source,
                })
            })?;
        }
        *self.seat() = None;
        self.shelf()?.begin_anew().map_err(Error::Licence)
    }
}
