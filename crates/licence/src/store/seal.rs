//! The seal: a record is believed only with the device's own signature under it, and there are two copies of it.
//!
//! One lies in the folder, the other in the secret store. The one that was changed more often counts, so deleting,
//! editing or putting back either of them gains nothing. Decision: `docs/decisions/0031-sealed-record.md`.

use crate::document::Record;
use crate::situation::Records;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use toolcrib_machine::device_key::{self, DeviceKey};
use toolcrib_machine::secrets::SecretStore;
use toolcrib_machine::{files, system};
use toolcrib_model::Digest;
use toolcrib_wire::schema::Schema;

/// The newest shape of a sealed record that this program knows. Shape 1 was not sealed.
pub(super) const SCHEMA: u32 = 2;
/// The copy's name in the secret store.
const COPY: &str = "licence-record";
/// What the device's signature under a record is for, so that it serves no other purpose.
const PURPOSE: &[u8] = b"toolcrib-licence-record\n";

/// Who keeps the secrets of a shelf, and on which computer: the device's key, and the copy of the record.
#[derive(Clone)]
pub struct Custody {
    secrets: Arc<dyn SecretStore>,
    computer: Option<Digest>,
}

impl Custody {
    /// The custody of this computer.
    pub fn here(secrets: Arc<dyn SecretStore>) -> Self {
        let computer = system::machine_id().map(|id| Digest::of(&[PURPOSE, id.trim().as_bytes()].concat()));
        Self::on(secrets, computer)
    }

    /// The custody of a computer that is told from others by `computer`, or that cannot be.
    pub fn on(secrets: Arc<dyn SecretStore>, computer: Option<Digest>) -> Self {
        Self { secrets, computer }
    }

    pub(super) const fn computer(&self) -> Option<Digest> {
        self.computer
    }

    pub(super) fn secrets(&self) -> &dyn SecretStore {
        &*self.secrets
    }
}

impl fmt::Debug for Custody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Custody({})", self.secrets.place())
    }
}

/// A record as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) schema: Schema<SCHEMA>,
    /// The record, to the byte.
    pub(super) record: String,
    /// The device's signature under it, in hexadecimal.
    pub(super) seal: String,
}

impl Sealed {
    pub(super) fn new(record: &Record, key: &DeviceKey) -> Result<Self, serde_json::Error> {
        let record = serde_json::to_string(record)?;
        let seal = hex::encode(key.sign(&signed(&record)));
        Ok(Self {
            schema: Schema,
            record,
            seal,
        })
    }

    fn open(&self, key: &DeviceKey) -> Option<Record> {
        let mut seal = [0; 64];
        hex::decode_to_slice(&self.seal, &mut seal).ok()?;
        let good = device_key::verify(&key.public(), &signed(&self.record), &seal);
        good.then(|| serde_json::from_str(&self.record).ok()).flatten()
    }
}

fn signed(record: &str) -> Vec<u8> {
    [PURPOSE, record.as_bytes()].concat()
}

/// What lies in one of the two places.
enum Found {
    Nothing,
    Good(Record),
    /// Damaged, changed by somebody, or sealed by another device.
    Bad,
}

/// The record of this home, from both places.
pub(super) struct Kept {
    pub(super) record: Record,
    /// Whether the folder's copy is there and cannot be believed.
    pub(super) bad_file: bool,
}

impl Kept {
    /// Takes the newer of the two copies; without a good one, it says whether that is a loss or a beginning.
    pub(super) fn read(folder: &Utf8Path, custody: &Custody) -> Result<Self, toolcrib_machine::Error> {
        let key = DeviceKey::load(custody.secrets())?;
        let in_folder = in_folder(folder, key.as_ref())?;
        let bad_file = matches!(in_folder, Found::Bad);
        let in_secrets = in_secrets(custody, key.as_ref());
        let tampered = bad_file || matches!(in_secrets, Found::Bad);
        let newest = [in_folder, in_secrets]
            .into_iter()
            .filter_map(|found| match found {
                Found::Good(record) => Some(record),
                Found::Nothing | Found::Bad => None,
            })
            .max_by_key(|record| record.revision);
        let record = match newest {
            Some(record) => record,
            None => Record {
                computer: custody.computer(),
                lost: tampered || has_lease(folder),
                ..Record::default()
            },
        };
        Ok(Self { record, bad_file })
    }
}

/// What has become of the records, seen from the computer that reads them.
pub(super) fn standing(record: &Record, custody: &Custody) -> Records {
    match (record.computer, custody.computer()) {
        (Some(begun), Some(here)) if begun != here => Records::OfAnotherComputer,
        _ if record.lost => Records::Lost,
        _ => Records::Whole,
    }
}

fn in_folder(folder: &Utf8Path, key: Option<&DeviceKey>) -> Result<Found, toolcrib_machine::Error> {
    match files::load_json::<Sealed>(&super::record_path(folder), SCHEMA) {
        Ok(None) => Ok(Found::Nothing),
        Ok(Some(sealed)) => Ok(opened(&sealed, key)),
        Err(error) => Err(error),
    }
}

/// A secret store that cannot be read has nothing to say; the folder's copy is sealed as well.
fn in_secrets(custody: &Custody, key: Option<&DeviceKey>) -> Found {
    match custody.secrets().read(COPY) {
        Ok(None) => Found::Nothing,
        Ok(Some(bytes)) => {
            serde_json::from_slice::<Sealed>(bytes.expose()).map_or(Found::Bad, |sealed| opened(&sealed, key))
        }
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "The copy of the licence record cannot be read."
            );
            Found::Nothing
        }
    }
}

fn opened(sealed: &Sealed, key: Option<&DeviceKey>) -> Found {
    key.and_then(|key| sealed.open(key))
        .map_or(Found::Bad, Found::Good)
}

/// Keeps the copy; that the store refuses it keeps nobody from working.
pub(super) fn keep_copy(custody: &Custody, sealed: &Sealed) {
    let kept = serde_json::to_vec(sealed)
        .map_err(|error| error.to_string())
        .and_then(|bytes| {
            let written = custody.secrets().write(COPY, &bytes);
            written.map_err(|error| error.to_string())
        });
    if let Err(error) = kept {
        tracing::warn!(error, "The copy of the licence record was not written.");
    }
}

/// Forgets the copy and the key that sealed it.
pub(super) fn forget(custody: &Custody) -> Result<(), toolcrib_machine::Error> {
    DeviceKey::forget(custody.secrets())?;
    custody.secrets().remove(COPY)
}

/// Whether a lease lies here: then there was a record, too.
fn has_lease(folder: &Utf8Path) -> bool {
    let entries = folder.read_dir_utf8();
    entries.is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension() == Some("lease")))
    })
}
