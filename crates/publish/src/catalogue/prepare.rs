//! A change of the catalogue: signed and judged in memory, then written.

use super::metadata::{Signer, target};
use super::{Folder, READY, State};
use crate::Error;
use bytes::Bytes;
use camino::Utf8Path;
use std::collections::BTreeMap;
use std::num::NonZeroU64;
use toolcrib_machine::files;
use toolcrib_trust::catalogue::{Catalogue, MetadataSet, Role, consistent_path, open_offline};
use toolcrib_wire::catalogue::{LISTING_TARGET, Listing};
use tough::TargetName;
use tough::schema::Targets;

/// A state of the catalogue that was judged good and is not written yet.
pub(crate) struct Prepared {
    pub(crate) catalogue: Catalogue,
    targets: BTreeMap<String, Bytes>,
    files: Vec<(String, Bytes)>,
    /// A root that takes effect together with the timestamp.
    root: Option<(String, Bytes)>,
}

impl Prepared {
    /// The state after `state` with these targets and this listing.
    pub(crate) fn new(
        signer: &Signer<'_>,
        state: &State,
        listing: &Listing,
        mut targets: BTreeMap<String, Bytes>,
    ) -> Result<Self, Error> {
        targets.insert(LISTING_TARGET.to_owned(), to_json(listing)?);
        let mut all = state.targets.clone();
        for (name, bytes) in &targets {
            all.add_target(target_name(name)?, target(bytes));
        }
        let (raw, version) = signer.targets(all, version_of(&state.catalogue, Role::Targets))?;
        let held = |role| version_of(&state.catalogue, role);
        let mut prepared = Self::sign(signer, &state.catalogue, (raw, version), held)?;
        prepared.targets = targets;
        prepared.judge_own()?;
        Ok(prepared)
    }

    /// The same state, signed anew below the targets.
    pub(crate) fn renewed(signer: &Signer<'_>, state: &State) -> Result<Self, Error> {
        let raw = state.catalogue.set().file(Role::Targets).cloned();
        let raw = raw.ok_or(toolcrib_trust::Error::NeverFetched { role: Role::Targets })?;
        let held = |role| version_of(&state.catalogue, role);
        Self::sign(signer, &state.catalogue, (raw, state.targets.version), held)
    }

    /// The first state of a catalogue: an empty listing.
    pub(crate) fn first(signer: &Signer<'_>) -> Result<Self, Error> {
        let listing = to_json(&Listing::default())?;
        let mut targets = Targets::new(
            super::metadata::SPECIFICATION.to_owned(),
            NonZeroU64::MIN,
            signer.now,
        );
        targets.add_target(target_name(LISTING_TARGET)?, target(&listing));
        let targets = signer.targets(targets, 0)?;
        let root = signer.root()?;
        let mut prepared = Self::sign_below(signer, &root, targets, |_| 0)?;
        prepared.targets.insert(LISTING_TARGET.to_owned(), listing);
        prepared.files.insert(0, ("1.root.json".to_owned(), root));
        prepared.judge_own()?;
        Ok(prepared)
    }

    /// The state after `state` under a new root: everything that new keys must sign is signed by them.
    pub(crate) fn rotated(
        signer: &Signer<'_>,
        state: &State,
        root: Bytes,
        new_targets: bool,
    ) -> Result<Self, Error> {
        let held = |role| version_of(&state.catalogue, role);
        let targets = match new_targets {
            true => signer.targets(state.targets.clone(), held(Role::Targets))?,
            false => {
                let raw = state.catalogue.set().file(Role::Targets).cloned();
                let raw = raw.ok_or(toolcrib_trust::Error::NeverFetched { role: Role::Targets })?;
                (raw, state.targets.version)
            }
        };
        let mut prepared = Self::sign_below(signer, &root, targets, held)?;
        let name = format!("{}.root.json", signer.root.version);
        prepared.root = Some((name, root));
        Ok(prepared)
    }

    fn sign(
        signer: &Signer<'_>,
        before: &Catalogue,
        targets: (Bytes, NonZeroU64),
        held: impl Fn(Role) -> u64,
    ) -> Result<Self, Error> {
        Self::sign_below(signer, before.set().root(), targets, held)
    }

    fn sign_below(
        signer: &Signer<'_>,
        root: &Bytes,
        (targets, version): (Bytes, NonZeroU64),
        held: impl Fn(Role) -> u64,
    ) -> Result<Self, Error> {
        let (snapshot, of) = signer.snapshot(&targets, version, held(Role::Snapshot))?;
        let timestamp = signer.timestamp(&snapshot, of, held(Role::Timestamp))?;
        let set = MetadataSet::new(root.clone(), timestamp.clone(), snapshot.clone(), targets.clone());
        let catalogue = open_offline(&set, signer.now)?;
        catalogue.must_be_current()?;
        let files = vec![
            (format!("{version}.targets.json"), targets),
            (format!("{of}.snapshot.json"), snapshot),
            ("timestamp.json".to_owned(), timestamp),
        ];
        Ok(Self {
            catalogue,
            targets: BTreeMap::new(),
            files,
            root: None,
        })
    }

    /// A root and the timestamp under it are two files that must change together: the timestamp is laid ready first, so
    /// that whoever comes after a kill can finish ([`Folder::open`]).
    fn write_with_root(&self, folder: &Folder, (name, root): &(String, Bytes)) -> Result<(), Error> {
        for (name, bytes) in &self.files {
            let name = if name == "timestamp.json" { READY } else { name };
            write(&folder.metadata(name), bytes)?;
        }
        write(&folder.metadata(name), root)?;
        Ok(files::rename(
            &folder.metadata(READY),
            &folder.metadata("timestamp.json"),
        )?)
    }

    fn judge_own(&self) -> Result<(), Error> {
        for (name, bytes) in &self.targets {
            self.catalogue.judge_target(name, bytes)?;
        }
        if let Some(listing) = self.targets.get(LISTING_TARGET) {
            self.catalogue.judge_listing(listing)?;
        }
        Ok(())
    }

    /// Writes targets, then metadata, `timestamp.json` last; then reads it all back and judges it once more.
    pub(crate) fn commit(self, folder: &Folder) -> Result<State, Error> {
        for (name, bytes) in &self.targets {
            let path = folder.target(&consistent_path(name, &toolcrib_model::Digest::of(bytes)));
            write(&path, bytes)?;
        }
        match &self.root {
            Some(root) => self.write_with_root(folder, root)?,
            None => {
                for (name, bytes) in &self.files {
                    write(&folder.metadata(name), bytes)?;
                }
            }
        }
        folder.state(self.catalogue.opened_at())
    }
}

fn write(path: &Utf8Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        files::create_folders(folder)?;
    }
    Ok(files::replace(path, bytes)?)
}

fn to_json(listing: &Listing) -> Result<Bytes, Error> {
    let json = serde_json::to_vec_pretty(listing).map_err(|source| Error::Encode {
        what: "the listing",
        source,
    })?;
    Ok(json.into())
}

fn target_name(name: &str) -> Result<TargetName, Error> {
    TargetName::new(name).map_err(|source| Error::Sign {
        role: "targets",
        source: Box::new(source),
    })
}

fn version_of(catalogue: &Catalogue, role: Role) -> u64 {
    catalogue
        .states()
        .iter()
        .find(|state| state.role == role)
        .map_or(0, |state| state.version)
}
