//! Whether the account service could be asked, when this process asked it last: what is missing, the network or the
//! service, makes a difference to a licence (S-154).

use crate::client::Client;
use std::sync::atomic::{AtomicU8, Ordering};
use toolcrib_account::Error;
use toolcrib_licence::Reach;

/// What came of the last question.
#[derive(Debug, Default)]
pub(crate) struct LastAnswer(AtomicU8);

const ANSWERED: u8 = 1;
const SERVICE_DOWN: u8 = 2;

impl LastAnswer {
    /// Takes note of an answer, or of what came in its place.
    pub(crate) fn note<T>(&self, answer: &Result<T, Error>) {
        let seen = match answer {
            Err(Error::Unwell { .. }) => SERVICE_DOWN,
            Err(Error::Net(error)) if error.blames_server() => SERVICE_DOWN,
            Err(Error::Net(_)) => 0,
            Ok(_) | Err(_) => ANSWERED,
        };
        self.0.store(seen, Ordering::Relaxed);
    }
}

impl Client {
    /// Whether the account service can be reached, as far as this process knows; nobody asked is as good as offline.
    pub(crate) fn reach(&self) -> Reach {
        match self.0.last_answer.0.load(Ordering::Relaxed) {
            ANSWERED => Reach::Online,
            SERVICE_DOWN => Reach::ServiceDown,
            _ => Reach::Offline,
        }
    }

    /// Whether the account service answered when it was last asked by this process.
    pub(crate) fn is_online(&self) -> bool {
        self.reach() == Reach::Online
    }
}
