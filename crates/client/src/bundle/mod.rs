//! The support bundle: one zip file with what a support case needs, and with nothing that is a secret (B-31).
//!
//! What goes in is a closed list, never a folder as it is: the log, what [`Client::doctor`] finds, the records of jobs
//! and installations, and where licences stand. Every text passes [`redaction`] on its way.

mod redaction;

use crate::client::Client;
use crate::error::Error;
use crate::view::BundleView;
use camino::{Utf8Path, Utf8PathBuf};
use redaction::Redaction;
use serde::Serialize;
use std::io::{Cursor, Write};
use toolcrib_machine::files;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The longest text that goes in, in bytes; of a longer log its end.
const MOST: usize = 2 << 20;
/// The newest jobs that go in.
const MOST_JOBS: usize = 20;

/// One text of a bundle.
struct Entry {
    name: String,
    text: String,
}

impl Client {
    /// Writes the support bundle to `out`, in place of what is there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn support_bundle(&self, out: &Utf8Path) -> Result<BundleView, Error> {
        let entries = self.bundle_entries().await;
        let (names, bytes) = pack(&Redaction::here(self.0.home.root()), entries)?;
        files::replace_private(out, &bytes).map_err(Error::Machine)?;
        Ok(BundleView {
            file: out.to_string(),
            size_bytes: bytes.len() as u64,
            names,
        })
    }

    /// The same for a window, whose pages name no path: into a folder of this home.
    ///
    /// # Errors
    /// As [`Client::support_bundle`].
    pub async fn support_bundle_here(&self) -> Result<BundleView, Error> {
        let folder = self.0.home.root().join("support");
        files::create_private_folders(&folder).map_err(Error::Machine)?;
        let day = self.0.clock.now().strftime("%Y-%m-%d-%H%M%S");
        self.support_bundle(&folder.join(format!("toolcrib-support-{day}.zip")))
            .await
    }

    async fn bundle_entries(&self) -> Vec<Entry> {
        let mut entries = vec![
            Entry::json("about.json", &self.app()),
            Entry::json("doctor.json", &self.doctor().await),
        ];
        entries.extend(
            self.installed()
                .ok()
                .map(|view| Entry::json("installed.json", &view)),
        );
        entries.extend(
            self.0
                .settings
                .read()
                .ok()
                .map(|view| Entry::json("settings.json", &view)),
        );
        entries.extend(
            self.receipts()
                .ok()
                .map(|view| Entry::json("receipts.json", &view)),
        );
        entries.extend(self.jobs().ok().map(|mut jobs| {
            jobs.sort_by_key(|job| std::cmp::Reverse(job.updated_at));
            jobs.truncate(MOST_JOBS);
            Entry::json("jobs.json", &jobs)
        }));
        entries.extend(
            ["toolcrib.log", "toolcrib.log.1"]
                .into_iter()
                .filter_map(|name| self.log(name)),
        );
        entries
    }

    /// The end of a log, if there is one.
    fn log(&self, name: &str) -> Option<Entry> {
        let path: Utf8PathBuf = self.0.home.logs().join(name);
        let bytes = files::read_bounded(&path, 8 << 20).ok()??;
        let from = bytes.len().saturating_sub(MOST);
        Some(Entry {
            name: name.to_owned(),
            text: String::from_utf8_lossy(&bytes[from..]).into_owned(),
        })
    }
}

impl Entry {
    fn json(name: &str, value: &impl Serialize) -> Self {
        let text =
            serde_json::to_string_pretty(value).unwrap_or_else(|error| format!("not written: {error}"));
        Self {
            name: name.to_owned(),
            text,
        }
    }
}

/// The bundle's bytes, and the names of what is in it.
fn pack(redaction: &Redaction, entries: Vec<Entry>) -> Result<(Vec<String>, Vec<u8>), Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut names = Vec::new();
    for Entry { name, text } in entries {
        zip.start_file(name.as_str(), options)
            .map_err(Error::PackBundle)?;
        zip.write_all(redaction.of(&text).as_bytes())
            .map_err(|source| Error::PackBundle(source.into()))?;
        names.push(name);
    }
    let bytes = zip.finish().map_err(Error::PackBundle)?.into_inner();
    Ok((names, bytes))
}

#[cfg(test)]
mod tests;
