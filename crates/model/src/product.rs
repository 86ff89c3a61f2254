//! What is said of a product and its components, wherever it is said.

use crate::constants;
use serde::{Deserialize, Serialize};

/// How a component comes to be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// Always installed.
    Required,
    /// Installed unless the person says otherwise.
    Default,
    /// Installed only if the person says so.
    Optional,
}

/// What the product's main button does (S-116).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultAction {
    /// Checks, fetches and installs in one go.
    InstallNow,
    /// Fetches the package into a folder, to be installed on several computers.
    DownloadNow,
    /// Offers the files on a page.
    BrowserDownload,
}

impl DefaultAction {
    /// The default for a person: admins of a contract with several seats download, all others install; without
    /// a package that can be streamed, the files are offered on a page.
    ///
    /// Source: S-116.
    pub const fn of(admin: bool, seat_count: u32, streamable: bool) -> Self {
        match (streamable, admin && seat_count > 1) {
            (false, _) => Self::BrowserDownload,
            (true, true) => Self::DownloadNow,
            (true, false) => Self::InstallNow,
        }
    }
}

/// How the 30-day verification is done (X5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationPolicy {
    /// The person signs in again.
    #[default]
    SignIn,
    /// Any online check renews.
    Silent,
}

/// What the vendor asks of a product's licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LicencePolicy {
    /// How the 30-day verification is done.
    pub verification: VerificationPolicy,
    /// Days of offline use after `verify_by`: 0 to 99.
    pub grace_days: u8,
    /// Whether the product asks for a serial number.
    pub needs_serial: bool,
    /// The most days for which a person may take the product offline: 0 (not at all) to 365 (B-24).
    #[serde(skip_serializing_if = "is_usual_offline")]
    pub offline_days: u16,
    /// Whether a lapsed product may still open what it made, to be read only (S-143).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only_after_lapse: bool,
}

/// What is as usual is not written, so that a manifest without these members stays the same to the byte.
fn is_usual_offline(days: &u16) -> bool {
    *days == constants::DEFAULT_OFFLINE_DAYS
}

impl Default for LicencePolicy {
    fn default() -> Self {
        Self {
            verification: VerificationPolicy::SignIn,
            grace_days: constants::DEFAULT_GRACE_DAYS,
            needs_serial: false,
            offline_days: constants::DEFAULT_OFFLINE_DAYS,
            read_only_after_lapse: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_button_follows_the_truth_table() {
        use DefaultAction::{BrowserDownload, DownloadNow, InstallNow};
        let table = [
            (false, 1, true, InstallNow),
            (false, 10, true, InstallNow),
            (true, 1, true, InstallNow),
            (true, 10, true, DownloadNow),
            (false, 1, false, BrowserDownload),
            (true, 10, false, BrowserDownload),
        ];
        for (admin, seats, streamable, expected) in table {
            assert_eq!(
                DefaultAction::of(admin, seats, streamable),
                expected,
                "{admin} {seats} {streamable}"
            );
        }
    }
}
