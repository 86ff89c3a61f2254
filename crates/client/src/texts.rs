//! Which texts the person accepted, in which version and when: `texts.json` (S-118).

use crate::error::Error;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_wire::manifest::{Manifest, TextToAccept};
use toolcrib_wire::schema::Schema;

/// In whose name a text is accepted on a computer where nobody has signed in: it becomes that of whoever activates the
/// product.
pub(crate) const NOBODY: &str = "";

/// Everything that was accepted in this home.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Acceptances {
    #[serde(default)]
    schema: Schema<1>,
    accepted: Vec<Acceptance>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// One text that one person accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Acceptance {
    product: ProductId,
    text: String,
    version: String,
    user_id: String,
    accepted_at: Timestamp,
}

/// Where acceptances are kept.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    path: Utf8PathBuf,
}

impl Texts {
    /// The file at `path`, which need not exist yet.
    pub(crate) fn new(path: Utf8PathBuf) -> Self {
        Self { path }
    }

    /// The texts of a release that `user_id` has not accepted in their present version.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn missing(&self, manifest: &Manifest, user_id: &str) -> Result<Vec<TextToAccept>, Error> {
        Ok(self.read()?.missing(manifest, user_id))
    }

    /// Notes that `user_id` accepts all texts of a release.
    ///
    /// # Errors
    /// When the file cannot be read or replaced.
    pub(crate) fn accept(&self, manifest: &Manifest, user_id: &str, now: Timestamp) -> Result<(), Error> {
        self.change(|known| {
            for text in known.missing(manifest, user_id) {
                known.accepted.push(Acceptance {
                    product: manifest.product.clone(),
                    text: text.id,
                    version: text.version,
                    user_id: user_id.to_owned(),
                    accepted_at: now,
                });
            }
        })
    }

    /// Puts what was accepted of a product in nobody's name into that of `user_id`, who activated it.
    ///
    /// # Errors
    /// When the file cannot be read or replaced.
    pub(crate) fn ascribe(&self, product: &ProductId, user_id: &str) -> Result<(), Error> {
        let is_nobodys = |one: &&mut Acceptance| one.product == *product && one.user_id == NOBODY;
        self.change(|known| {
            for one in known.accepted.iter_mut().filter(is_nobodys) {
                one.user_id = user_id.to_owned();
            }
        })
    }

    fn change(&self, change: impl FnOnce(&mut Acceptances)) -> Result<(), Error> {
        let changed = files::change_json(&self.path, 1, change);
        changed.map(drop).map_err(Error::Machine)
    }

    fn read(&self) -> Result<Acceptances, Error> {
        Ok(files::load_json(&self.path, 1)
            .map_err(Error::Machine)?
            .unwrap_or_default())
    }
}

impl Acceptances {
    /// The texts of a release that `user_id` has not accepted in their present version.
    fn missing(&self, manifest: &Manifest, user_id: &str) -> Vec<TextToAccept> {
        let is_missing = |text: &&TextToAccept| !self.holds(manifest, text, user_id);
        manifest.texts.iter().filter(is_missing).cloned().collect()
    }

    fn holds(&self, manifest: &Manifest, text: &TextToAccept, user_id: &str) -> bool {
        self.accepted.iter().any(|known| {
            known.product == manifest.product
                && known.text == text.id
                && known.version == text.version
                && known.user_id == user_id
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest(version: &str) -> Manifest {
        let sha256 = "0".repeat(64);
        serde_json::from_value(json!({
            "schema": 1, "product": "a", "name": "A", "publisher": "P", "summary": "S", "version": "1.0.0",
            "platform": "any", "language": "en", "installed_bytes": 0, "parts": [], "components": [],
            "index": { "sha256": sha256, "length": 1 },
            "texts": [{ "id": "eula", "title": "Terms", "version": version, "body": "Be kind." }],
        }))
        .expect("a manifest")
    }

    #[test]
    fn a_text_is_asked_for_again_only_of_another_person_or_in_another_version() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let texts =
            Texts::new(Utf8PathBuf::from_path_buf(folder.path().join("texts.json")).expect("a UTF-8 path"));
        let missing = |version: &str, who: &str| texts.missing(&manifest(version), who).expect("read").len();
        assert_eq!(missing("1", "ann@a.example"), 1);
        texts
            .accept(&manifest("1"), "ann@a.example", Timestamp::UNIX_EPOCH)
            .expect("written");
        assert_eq!(missing("1", "ann@a.example"), 0);
        assert_eq!(missing("2", "ann@a.example"), 1);
        assert_eq!(missing("1", "bob@a.example"), 1);
    }

    #[test]
    fn what_nobody_accepted_becomes_the_consent_of_whoever_activates_the_product() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let texts =
            Texts::new(Utf8PathBuf::from_path_buf(folder.path().join("texts.json")).expect("a UTF-8 path"));
        let missing = |who: &str| texts.missing(&manifest("1"), who).expect("read").len();
        texts
            .accept(&manifest("1"), NOBODY, Timestamp::UNIX_EPOCH)
            .expect("written");
        texts
            .ascribe(&"other".parse().expect("an id"), "bob@a.example")
            .expect("nothing to do");
        assert_eq!((missing(NOBODY), missing("ann@a.example")), (0, 1));
        texts
            .ascribe(&"a".parse().expect("an id"), "ann@a.example")
            .expect("written");
        assert_eq!((missing(NOBODY), missing("ann@a.example")), (1, 0));
    }
}
