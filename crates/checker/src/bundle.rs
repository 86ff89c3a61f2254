//! The signed rules: found, verified, and judged before anything is measured.

use crate::arguments::Rules;
use crate::error::Error;
use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use toolcrib_machine::files;
use toolcrib_model::Digest;
use toolcrib_readiness::fleet::lint_bundle;
use toolcrib_readiness::seal::{Document, Opened, Trust, open};
use toolcrib_wire::readiness::Bundle;

/// What the portal calls the file.
const USUAL_NAME: &str = "readiness-bundle.json";

/// The rules, believed as far as the pinned keys go.
pub(crate) fn read(rules: &Rules) -> Result<Opened<Bundle>, Error> {
    let path = place(rules);
    let missing = || Error::NoBundle { path: path.clone() };
    let bytes = files::read_bounded(&path, Bundle::MAX_BYTES as u64)?.ok_or_else(missing)?;
    believe(&path, &bytes, &rules.trust)
}

/// Rules out of bytes: signed, and without faults.
pub(crate) fn believe(path: &Utf8Path, bytes: &[u8], trust: &[Digest]) -> Result<Opened<Bundle>, Error> {
    let bundle: Opened<Bundle> = open(bytes, trusting(trust)).map_err(|source| Error::Refused {
        path: path.to_owned(),
        source,
    })?;
    let faults: Vec<_> = lint_bundle(bundle.document())
        .iter()
        .map(ToString::to_string)
        .collect();
    if faults.is_empty() {
        Ok(bundle)
    } else {
        Err(Error::Faulty {
            faults: faults.join("; "),
        })
    }
}

/// Whose signature is taken: without a pinned key anybody's, which shows only that nothing was changed.
pub(crate) const fn trusting(keys: &[Digest]) -> Trust<'_> {
    if keys.is_empty() {
        Trust::AnyKey
    } else {
        Trust::Pinned(keys)
    }
}

/// Refuses rules whose time is over.
pub(crate) fn judge_expiry(bundle: &Bundle, now: Timestamp) -> Result<(), Error> {
    if now <= bundle.expires_at {
        return Ok(());
    }
    let at = bundle.expires_at.strftime("%Y-%m-%d").to_string();
    Err(Error::Expired { at })
}

fn place(rules: &Rules) -> Utf8PathBuf {
    let beside = || {
        let program = Utf8PathBuf::from_path_buf(std::env::current_exe().ok()?).ok()?;
        Some(program.parent()?.join(USUAL_NAME)).filter(|path| path.exists())
    };
    let given = rules.bundle.clone();
    given
        .or_else(beside)
        .unwrap_or_else(|| Utf8PathBuf::from(USUAL_NAME))
}
