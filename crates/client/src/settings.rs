//! The settings of one home: `settings.json`. Keys that this program does not know are kept.

use crate::error::Error;
use crate::limit::Limit;
use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_wire::schema::Schema;

/// What the person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The shape of this document.
    #[serde(default)]
    pub schema: Schema<1>,
    /// The account service that the person last signed in to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Whether the desktop tells when a job ends.
    #[serde(default = "yes")]
    pub notifications: bool,
    /// How many jobs fetch and write at once.
    #[serde(default = "one")]
    pub jobs_at_once: u32,
    /// How fast may be fetched.
    #[serde(default, skip_serializing_if = "Limit::is_off")]
    pub limit: Limit,
    /// Whether chunks go between this computer and others of its network (S-123).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub peers: bool,
    /// The domain below which the DNS of a network may name content servers (B-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_domain: Option<String>,
    /// The products of which no shortcut on the desktop is wanted (S-129).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub no_desktop_shortcut: BTreeSet<ProductId>,
    /// Keys of newer programs.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

const fn yes() -> bool {
    true
}

const fn one() -> u32 {
    1
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: Schema,
            server: None,
            notifications: true,
            jobs_at_once: one(),
            limit: Limit::default(),
            peers: false,
            content_domain: None,
            no_desktop_shortcut: BTreeSet::new(),
            unknown: Map::new(),
        }
    }
}

/// Where settings are kept.
#[derive(Clone, Debug)]
pub(crate) struct SettingsFile {
    path: Utf8PathBuf,
}

impl SettingsFile {
    /// The file at `path`, which need not exist yet.
    pub(crate) fn new(path: Utf8PathBuf) -> Self {
        Self { path }
    }

    /// What the person set, or the defaults.
    ///
    /// # Errors
    /// When the file cannot be read, or was damaged and is now kept aside.
    pub(crate) fn read(&self) -> Result<Settings, Error> {
        Ok(files::load_json(&self.path, 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }

    /// Changes the settings.
    ///
    /// # Errors
    /// When the file cannot be read or replaced.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Error> {
        let changed = files::change_json(&self.path, 1, change);
        changed.map(drop).map_err(Error::Machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &tempfile::TempDir) -> SettingsFile {
        SettingsFile::new(
            Utf8PathBuf::from_path_buf(folder.path().join("settings.json")).expect("a UTF-8 path"),
        )
    }

    #[test]
    fn of_changes_at_the_same_time_none_is_lost() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = file(&folder);
        let names: Vec<ProductId> = (0..8)
            .map(|number| format!("product-{number}").parse().expect("an id"))
            .collect();
        std::thread::scope(|scope| {
            for name in &names {
                scope.spawn(|| {
                    let note = |settings: &mut Settings| {
                        settings.no_desktop_shortcut.insert(name.clone());
                    };
                    file.change(note).expect("changed");
                });
            }
        });
        let kept = file.read().expect("read").no_desktop_shortcut;
        assert_eq!(kept.len(), names.len(), "{kept:?}");
    }

    #[test]
    fn keys_of_newer_programs_survive_a_change() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs_err::write(
            folder.path().join("settings.json"),
            r#"{"schema":1,"theme":"dark"}"#,
        )
        .expect("written");
        file(&folder)
            .change(|settings| settings.notifications = false)
            .expect("changed");
        let settings = file(&folder).read().expect("read");
        assert!(!settings.notifications);
        assert_eq!(settings.unknown["theme"], "dark");
    }

    #[test]
    fn damaged_settings_are_reported_and_kept_aside() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs_err::write(folder.path().join("settings.json"), "{").expect("written");
        assert!(file(&folder).read().is_err());
        assert_eq!(
            file(&folder).read().expect("a new beginning"),
            Settings::default()
        );
        assert_eq!(fs_err::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
