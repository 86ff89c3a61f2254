//! Follows the chain of signatures from what is trusted to the newest state that the source offers.

use super::believe::{open_offline, read_root, signed};
use super::transport::{self, Reply, Request, Transport, role_of};
use super::{Catalogue, MetadataSet, Role, Source};
use crate::Error;
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::Path;
use tokio::sync::mpsc;
use toolcrib_model::Digest;
use tough::schema::{self, RoleType};
use tough::{ExpirationEnforcement, Limits, Repository, RepositoryLoader};
use url::Url;

/// How many new roots are followed in one refresh.
const MAX_ROOT_UPDATES: u64 = 256;

/// Gets the newest state of the catalogue. `trusted` stays what it was, and usable, whatever happens.
///
/// `now` is the caller's best knowledge of the time, which never goes backwards.
///
/// # Errors
/// [`Error`] where the source fails, or where what it offers is not signed, older than what is trusted, mixed or
/// expired.
pub async fn refresh(trusted: &MetadataSet, source: &dyn Source, now: Timestamp) -> Result<Catalogue, Error> {
    let floor = Floor::of(trusted)?;
    let scratch = tempfile::tempdir().map_err(|source| Error::Scratch { source })?;
    seed(scratch.path(), trusted)?;
    let mut fetched = Fetched {
        trusted,
        source,
        files: HashMap::new(),
        failure: None,
    };
    let walked = walk(trusted, scratch.path(), &mut fetched).await;
    let repository = match (walked, fetched.failure.take()) {
        (_, Some(failure)) => return Err(failure),
        (Err(source), None) => {
            return Err(Error::Refused {
                source: Box::new(source),
            });
        }
        (Ok(repository), None) => repository,
    };
    let catalogue = open_offline(&fetched.into_set(&repository)?, now)?;
    floor.judge(&catalogue)?;
    catalogue.must_be_current()?;
    Ok(catalogue)
}

/// Lets `tough` walk the chain while its requests are answered here.
///
/// Expiry is not enforced by `tough`, which would ask the computer's clock: it is judged by `now` at the end.
async fn walk(
    trusted: &MetadataSet,
    scratch: &Path,
    fetched: &mut Fetched<'_>,
) -> Result<Repository, tough::error::Error> {
    let (requests, mut asked) = mpsc::channel(1);
    let base = Url::parse(transport::BASE).expect("the constant is an address");
    let loading = RepositoryLoader::new(trusted.root(), base.clone(), base)
        .transport(Transport { requests })
        .limits(limits())
        .datastore(scratch)
        .expiration_enforcement(ExpirationEnforcement::Unsafe)
        .load();
    tokio::pin!(loading);
    loop {
        tokio::select! {
            done = &mut loading => return done,
            Some(request) = asked.recv() => fetched.answer(request).await,
        }
    }
}

const fn limits() -> Limits {
    Limits {
        max_root_size: Role::Root.max_bytes(),
        max_targets_size: Role::Targets.max_bytes(),
        max_timestamp_size: Role::Timestamp.max_bytes(),
        max_snapshot_size: Role::Snapshot.max_bytes(),
        max_root_updates: MAX_ROOT_UPDATES,
    }
}

/// Puts what is trusted where `tough` looks for it. The folder is scratch: nothing is ever read back from it.
fn seed(scratch: &Path, trusted: &MetadataSet) -> Result<(), Error> {
    for role in [Role::Timestamp, Role::Snapshot, Role::Targets] {
        if let Some(raw) = trusted.file(role) {
            let file = scratch.join(format!("{role}.json"));
            std::fs::write(file, raw).map_err(|source| Error::Scratch { source })?;
        }
    }
    Ok(())
}

/// Answers requests, and keeps the raw bytes of every answer.
struct Fetched<'a> {
    trusted: &'a MetadataSet,
    source: &'a dyn Source,
    files: HashMap<String, Bytes>,
    failure: Option<Error>,
}

impl Fetched<'_> {
    async fn answer(&mut self, request: Request) {
        let reply = match self.get(&request.name).await {
            Ok(Some(bytes)) => {
                self.files.insert(request.name, bytes.clone());
                Reply::Bytes(bytes)
            }
            Ok(None) => Reply::Absent,
            Err(failure) => {
                self.failure.get_or_insert(failure);
                Reply::Failed
            }
        };
        // If the walk has ended meanwhile, nobody waits for the reply.
        let _ = request.reply.send(reply);
    }

    async fn get(&self, name: &str) -> Result<Option<Bytes>, Error> {
        let Some(role) = role_of(name) else {
            return Ok(None);
        };
        if let Some(held) = self.held(role) {
            return Ok(Some(held));
        }
        let limit = role.max_bytes();
        let answer = self.source.metadata(name, limit).await;
        let answer = answer.map_err(|source| Error::Fetch {
            name: name.to_owned(),
            source,
        })?;
        match answer {
            Some(bytes) if bytes.len() as u64 > limit => Err(Error::TooLong {
                name: name.to_owned(),
                limit,
            }),
            // Only for a root is absence an answer: there is no newer one.
            None if role != Role::Root => Err(Error::Missing {
                name: name.to_owned(),
            }),
            answer => Ok(answer),
        }
    }

    /// The trusted file, where what was just fetched names it by its digest: it need not be fetched again.
    fn held(&self, role: Role) -> Option<Bytes> {
        let named = match role {
            Role::Snapshot => self
                .named_by::<schema::Timestamp>("timestamp.json")?
                .meta
                .remove("snapshot.json")?,
            Role::Targets => {
                let snapshot = self
                    .files
                    .keys()
                    .find(|name| role_of(name) == Some(Role::Snapshot))?;
                self.named_by::<schema::Snapshot>(snapshot)?
                    .meta
                    .remove("targets.json")?
            }
            Role::Root | Role::Timestamp => return None,
        };
        let held = self.trusted.file(role)?;
        let digest = named.hashes?.sha256;
        (digest.as_ref() == Digest::of(held).as_bytes()).then(|| held.clone())
    }

    fn named_by<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let signed: schema::Signed<T> = serde_json::from_slice(self.files.get(name)?).ok()?;
        Some(signed.signed)
    }

    /// The raw bytes of the state that was reached.
    fn into_set(mut self, repository: &Repository) -> Result<MetadataSet, Error> {
        let root = format!("{}.root.json", repository.root().signed.version);
        let root = self
            .files
            .remove(&root)
            .unwrap_or_else(|| self.trusted.root().clone());
        let mut take = |role: Role| {
            let name = self
                .files
                .keys()
                .find(|name| role_of(name) == Some(role))
                .cloned();
            name.and_then(|name| self.files.remove(&name))
                .ok_or(Error::NeverFetched { role })
        };
        Ok(MetadataSet::new(
            root,
            take(Role::Timestamp)?,
            take(Role::Snapshot)?,
            take(Role::Targets)?,
        ))
    }
}

/// The versions below which nothing is taken.
struct Floor {
    root: schema::Signed<schema::Root>,
    held: Vec<(Role, u64)>,
}

impl Floor {
    /// The floor of a trusted set. A set that does not hold together is refused, never skipped.
    fn of(trusted: &MetadataSet) -> Result<Self, Error> {
        let root = read_root(trusted.root())?;
        let mut held = Vec::new();
        if trusted.file(Role::Timestamp).is_some() {
            let timestamp: schema::Signed<schema::Timestamp> = signed(&root, trusted, Role::Timestamp)?;
            let snapshot: schema::Signed<schema::Snapshot> = signed(&root, trusted, Role::Snapshot)?;
            let targets: schema::Signed<schema::Targets> = signed(&root, trusted, Role::Targets)?;
            held.push((Role::Timestamp, timestamp.signed.version.get()));
            held.push((Role::Snapshot, snapshot.signed.version.get()));
            held.push((Role::Targets, targets.signed.version.get()));
        }
        Ok(Self { root, held })
    }

    /// Refuses a state below the floor. New keys for timestamp or snapshot lift it, so that a vendor recovers from
    /// a thief who signed with enormous versions.
    fn judge(&self, catalogue: &Catalogue) -> Result<(), Error> {
        let new_root = read_root(catalogue.set().root())?;
        let own = (Role::Root, self.root.signed.version.get());
        let same_keys = [RoleType::Timestamp, RoleType::Snapshot]
            .into_iter()
            .all(|role| self.root.signed.keys(role).eq(new_root.signed.keys(role)));
        let floor = std::iter::once(own).chain(self.held.iter().copied().filter(|_| same_keys));
        for (role, held) in floor {
            let offered = catalogue
                .states()
                .iter()
                .find(|state| state.role == role)
                .map_or(0, |state| state.version);
            if offered < held {
                return Err(Error::Downgrade { role, held, offered });
            }
        }
        Ok(())
    }
}
