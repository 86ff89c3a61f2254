//! Releases that were believed before, by the digest that was written down then: what is installed is read and mended, and
//! what was begun and is all here is finished, however old the catalogue is by now (`docs/decisions/0049`).
//!
//! Nothing is begun by it: whoever holds the network back can keep a computer from hearing of anything newer, but not
//! make it take up anything that it had not taken up while the catalogue was current.

use super::Opened;
use crate::client::Client;
use crate::error::Error;
use toolcrib_trust::package::{TrustedManifest, judge_pinned_manifest};
use toolcrib_wire::catalogue::{ListedRelease, Listing};
use toolcrib_wire::manifest::Blob;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// The manifest of what is installed, believed by the digest in its receipt; `None` where it is not here any more.
    pub(crate) fn pinned_manifest(&self, receipt: &Receipt) -> Option<TrustedManifest> {
        let Receipt {
            product,
            version,
            platform,
            language,
            manifest: pin,
            ..
        } = receipt;
        let bytes = self.0.cache.find(&pin.sha256)?;
        let name = Listing::manifest_target(product, version, *platform, language);
        let judged = judge_pinned_manifest(&name, *pin, &bytes);
        judged
            .inspect_err(
                |error| tracing::warn!(%error, "what is remembered of an installed release is no use"),
            )
            .ok()
    }
}

impl Opened {
    /// Whether this release is the one that was pinned.
    pub(crate) fn is_pinned(&self, release: &ListedRelease, pin: &Blob) -> bool {
        self.catalogue.target(&release.manifest).as_ref() == Some(pin)
    }
}

/// Whether nothing is wrong with a catalogue but its age.
pub(crate) const fn is_only_old(error: &Error) -> bool {
    matches!(error, Error::Trust(toolcrib_trust::Error::Expired { .. }))
}
