//! A script, and what it says of one server.

use crate::engine::{Question, ask};
use crate::names::Names;
use crate::{Error, Result, ways};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;
use toolcrib_net::Hop;
use url::{Host, Url};

/// How long a script may think about one server, with the look-up of names.
const LIMIT: Duration = Duration::from_secs(5);
/// How long after that the engine may take to stop it.
const STOPPING: Duration = Duration::from_millis(500);
/// How many questions it may be thinking about at once.
const AT_ONCE: usize = 4;
/// More than the engine may take of it.
const STACK: usize = 2 << 20;

/// A script as it was written.
#[derive(Clone, Debug)]
pub struct Script {
    text: Arc<str>,
    limit: Duration,
    thinking: Arc<Semaphore>,
}

impl Script {
    /// The script that these bytes are. What is no UTF-8 is taken for what browsers took it for before (Latin-1).
    pub fn new(bytes: &[u8]) -> Self {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        };
        Self {
            text: text.into(),
            limit: LIMIT,
            thinking: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// The same with less time, for tests.
    #[cfg(test)]
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// The ways to a server, the best first.
    ///
    /// It thinks on a thread of its own. The engine stops it when its time is over; what the engine cannot stop goes on
    /// there while nobody waits for it, and once there are too many of those, nothing more is asked.
    ///
    /// # Errors
    /// What is wrong with the script, or with its answer.
    pub async fn ways(&self, to: &Url, names: &Arc<dyn Names>) -> Result<Vec<Hop>> {
        let limit = self.limit;
        let late = || Error::TookTooLong { limit };
        let turn = timeout(limit, Arc::clone(&self.thinking).acquire_owned());
        let turn = turn.await.map_err(|_| late())?;
        let (text, question, names) = (Arc::clone(&self.text), question(to), Arc::clone(names));
        let (tell, told) = oneshot::channel();
        thread::Builder::new()
            .name("proxy-script".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let _until_it_ends = turn;
                let _nobody_may_wait = tell.send(ask(&text, &question, &names, limit));
            })
            .map_err(|source| Error::Start { source })?;
        let answer = timeout(limit + STOPPING, told).await.map_err(|_| late())?;
        let broken = |_| Error::Failed {
            reason: "the engine broke down".to_owned(),
        };
        ways(&answer.map_err(broken)??)
    }
}

/// What browsers tell a script of a protected address, too: no path, no query.
fn question(to: &Url) -> Question {
    let port = to.port().map_or_else(String::new, |port| format!(":{port}"));
    let host = to.host_str().unwrap_or_default();
    Question {
        url: format!("{}://{host}{port}/", to.scheme()),
        host: match to.host() {
            Some(Host::Ipv6(address)) => address.to_string(),
            _ => host.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests;
