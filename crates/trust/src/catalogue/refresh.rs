//! Follows the chain of signatures from what is trusted to the newest state that the source offers.

use super::chain::{Chain, Wanted};
use super::{Catalogue, Role, Source, Trusted};
use crate::Error;
use bytes::Bytes;
use jiff::Timestamp;

/// How many new roots are followed in one refresh.
const MAX_ROOT_UPDATES: usize = 256;

/// Gets the newest state of the catalogue. Whatever happens, the last good state of `trusted` stays usable; what newer
/// files were believed before something failed are kept as a floor, so `trusted` is to be stored in either case.
///
/// `wall` is what the clock says; one that stepped back is no fault (see [`Trusted::now`]).
///
/// # Errors
/// [`Error`] where the source fails, or where what it offers is not signed, older than what is trusted, mixed or
/// expired.
pub async fn refresh(
    trusted: &mut Trusted,
    source: &dyn Source,
    wall: Timestamp,
) -> Result<Catalogue, Error> {
    let now = trusted.now(wall);
    let mut chain = Chain::begin(trusted.seen(), now)?;
    let walked = walk(&mut chain, source).await;
    trusted.see(chain.into_seen());
    walked?;
    trusted.believe(now)
}

async fn walk(chain: &mut Chain, source: &dyn Source) -> Result<(), Error> {
    for _ in 0..MAX_ROOT_UPDATES {
        let name = format!("{}.root.json", chain.root_version().saturating_add(1));
        match get(source, &name, Role::Root.max_bytes()).await? {
            Some(raw) => chain.take_root(raw)?,
            None => break,
        }
    }
    chain.settle_root()?;
    let name = "timestamp.json";
    let raw = get(source, name, Role::Timestamp.max_bytes()).await?;
    chain.take_timestamp(raw.ok_or_else(|| missing(name))?)?;
    if let Some(wanted) = chain.wanted_snapshot()? {
        let raw = get_wanted(chain, source, Role::Snapshot, wanted).await?;
        chain.take_snapshot(raw)?;
    }
    if let Some(wanted) = chain.wanted_targets()? {
        let raw = get_wanted(chain, source, Role::Targets, wanted).await?;
        chain.take_targets(raw)?;
    }
    Ok(())
}

async fn get_wanted(chain: &Chain, source: &dyn Source, role: Role, wanted: Wanted) -> Result<Bytes, Error> {
    let name = match chain.is_consistent() {
        true => format!("{}.{role}.json", wanted.version),
        false => format!("{role}.json"),
    };
    let raw = get(source, &name, wanted.limit).await?;
    raw.ok_or_else(|| missing(&name))
}

async fn get(source: &dyn Source, name: &str, limit: u64) -> Result<Option<Bytes>, Error> {
    let answer = source.metadata(name, limit).await;
    let answer = answer.map_err(|source| Error::Fetch {
        name: name.to_owned(),
        source,
    })?;
    match answer {
        Some(bytes) if bytes.len() as u64 > limit => Err(Error::TooLong {
            name: name.to_owned(),
            limit,
        }),
        answer => Ok(answer),
    }
}

fn missing(name: &str) -> Error {
    Error::Missing {
        name: name.to_owned(),
    }
}
