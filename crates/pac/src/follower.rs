//! Following a script: fetched once in a process and then hourly, asked for each server, and answered for where it fails.

use crate::names::{Names, SystemNames};
use crate::place::Place;
use crate::{Error, Result, Script};
use camino::Utf8PathBuf;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;
use toolcrib_machine::policy::read_kept;
use toolcrib_net::{Chooser, Hop, Settings, fetch_openly};
use url::Url;

/// More than any script has, in bytes.
const MOST: u64 = 1 << 20;
/// How long a script is taken to be as it was fetched.
const FRESH: Duration = Duration::from_secs(3600);
/// How soon one that could not be fetched is tried again.
const AGAIN: Duration = Duration::from_secs(300);

/// Follows a script that an organisation hands out.
#[derive(Debug)]
pub struct Follower {
    place: Place,
    /// The way where the script cannot be had or does not answer.
    instead: Hop,
    settings: Settings,
    names: Arc<dyn Names>,
    edition: Mutex<Arc<Edition>>,
    /// What was wrong last, so that it is logged once.
    fault: Mutex<Option<String>>,
}

/// What one fetching brings, once it has.
#[derive(Debug, Default)]
struct Edition {
    fetched: OnceCell<Fetched>,
    /// The script of an earlier one, which goes on to count where this one cannot be had.
    before: Option<Script>,
}

#[derive(Debug)]
struct Fetched {
    at: Instant,
    script: std::result::Result<Script, Arc<Error>>,
}

impl Follower {
    /// Follows the script at `place`; where it fails, the way is `instead`.
    pub fn new(place: Place, instead: Hop, settings: Settings) -> Self {
        Self {
            place,
            instead,
            settings,
            names: Arc::new(SystemNames),
            edition: Mutex::default(),
            fault: Mutex::default(),
        }
    }

    /// Where the script lies.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The way where the script cannot be had or does not answer.
    pub const fn instead(&self) -> &Hop {
        &self.instead
    }

    /// What the script says of a server, or what is wrong with it.
    ///
    /// # Errors
    /// When it cannot be fetched and never could, or fails.
    pub async fn ask(&self, to: &Url) -> std::result::Result<Vec<Hop>, Arc<Error>> {
        let script = self.script().await?;
        script.ways(to, &self.names).await.map_err(Arc::new)
    }

    async fn script(&self) -> std::result::Result<Script, Arc<Error>> {
        let edition = self.edition();
        let fetched = edition.fetched.get_or_init(|| self.fetch()).await;
        match (&fetched.script, &edition.before) {
            (Ok(script), _) | (Err(_), Some(script)) => Ok(script.clone()),
            (Err(error), None) => Err(Arc::clone(error)),
        }
    }

    /// The edition of now: whoever comes first after its time begins the next one, and all others wait for that.
    fn edition(&self) -> Arc<Edition> {
        let mut edition = self.edition.lock().unwrap_or_else(PoisonError::into_inner);
        if edition.is_due() {
            *edition = Arc::new(edition.next());
        }
        Arc::clone(&edition)
    }

    async fn fetch(&self) -> Fetched {
        let bytes = match &self.place {
            Place::Web(url) => fetch_openly(&self.settings, url, MOST)
                .await
                .map(|bytes| bytes.to_vec())
                .map_err(|source| Error::Fetch { source }),
            Place::File(path) => read(path.clone()).await,
        };
        Fetched {
            at: Instant::now(),
            script: bytes.map(|bytes| Script::new(&bytes)).map_err(Arc::new),
        }
    }

    fn answer_for(&self, error: &Error) -> Vec<Hop> {
        let fault = error.sentence();
        let mut last = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref() != Some(&fault) {
            tracing::warn!(proxy.fault = %fault, "The script that chooses proxies does not count.");
            *last = Some(fault);
        }
        vec![self.instead.clone()]
    }
}

impl Chooser for Follower {
    fn ways<'a>(&'a self, to: &'a Url) -> BoxFuture<'a, Vec<Hop>> {
        async move {
            match self.ask(to).await {
                Ok(ways) => ways,
                Err(error) => self.answer_for(&error),
            }
        }
        .boxed()
    }
}

impl Edition {
    fn is_due(&self) -> bool {
        let lasts = |fetched: &Fetched| if fetched.script.is_ok() { FRESH } else { AGAIN };
        let fetched = self.fetched.get();
        fetched.is_some_and(|fetched| fetched.at.elapsed() >= lasts(fetched))
    }

    fn next(&self) -> Self {
        let newest = self
            .fetched
            .get()
            .and_then(|fetched| fetched.script.as_ref().ok());
        Self {
            fetched: OnceCell::new(),
            before: newest.or(self.before.as_ref()).cloned(),
        }
    }
}

/// Looking at owners may take a program of the system's own, so it is done where waiting hurts nobody.
async fn read(path: Utf8PathBuf) -> Result<Vec<u8>> {
    let missing = path.to_string();
    let read = tokio::task::spawn_blocking(move || read_kept(&path, MOST)).await;
    let broken = |_| Error::Failed {
        reason: "reading it broke off".to_owned(),
    };
    read.map_err(broken)?
        .map_err(|source| Error::Read { source })?
        .ok_or(Error::Missing { path: missing })
}

#[cfg(test)]
mod tests;
