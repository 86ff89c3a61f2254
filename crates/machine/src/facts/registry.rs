//! What Windows and its programs write down in the registry, asked of the system itself: `reg.exe` would take longer, lose
//! letters and flash a console.

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE, Result};

/// Where a key lies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hive {
    /// What holds for the computer.
    Machine,
    /// What holds for this person.
    Person,
}

impl Hive {
    /// Opens a key for reading.
    pub(super) fn open(self, key: &str) -> Result<Key> {
        match self {
            Self::Machine => LOCAL_MACHINE.open(key),
            Self::Person => CURRENT_USER.open(key),
        }
    }

    /// The text of a value.
    ///
    /// # Errors
    /// A sentence for the person where there is none.
    pub(super) fn text(self, key: &str, name: &str) -> std::result::Result<String, String> {
        let value = self.open(key).and_then(|key| key.get_string(name));
        value.map_err(|_| format!("the registry has no value `{name}`"))
    }

    /// The number of a value.
    ///
    /// # Errors
    /// As [`Hive::text`].
    pub(super) fn number(self, key: &str, name: &str) -> std::result::Result<u32, String> {
        let value = self.open(key).and_then(|key| key.get_u32(name));
        value.map_err(|_| format!("the registry has no value `{name}`"))
    }

    /// Whether there is such a key.
    pub(super) fn has(self, key: &str) -> bool {
        self.open(key).is_ok()
    }
}
