//! What is kept of catalogues and what goes.

use super::*;
use crate::client::Options;
use camino::Utf8PathBuf;
use serde_json::json;
use std::time::{Duration, SystemTime};

struct Kept {
    _folder: tempfile::TempDir,
    home: Utf8PathBuf,
    client: Client,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Utf8PathBuf::from_path_buf(folder.path().join("home")).expect("a UTF-8 path");
        let options = Options {
            home: Some(home.clone()),
            ..Options::default()
        };
        Self {
            _folder: folder,
            home,
            client: Client::open(options).expect("a client"),
        }
    }

    /// Keeps a file that was fetched so many days ago.
    fn keep(&self, content: &str, days: u64) -> Digest {
        let name = Digest::of(content.as_bytes());
        self.client.0.cache.keep(&name, content.as_bytes()).expect("kept");
        let path = self.home.join("catalogue/content").join(name.to_string());
        let file = std::fs::File::options().write(true).open(path).expect("opened");
        let then = SystemTime::now() - Duration::from_secs(days * 24 * 3_600);
        file.set_modified(then).expect("aged");
        name
    }

    /// Writes a receipt whose release has this manifest and this index.
    fn install(&self, manifest: &Digest, index: &Digest) {
        let receipt = json!({
            "schema": 3, "product": "draft", "name": "Draft", "version": "1.0.0", "platform": "any",
            "language": "en", "manifest": { "sha256": manifest, "length": 1 },
            "index": { "sha256": index, "length": 1 }, "root": self.home.join("apps/draft"),
            "tree": "releases/1.0.0", "components": [], "installed_bytes": 1, "file_count": 1,
            "installed_at": "2026-11-22T12:00:00Z",
        });
        let folder = self.home.join("receipts");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("draft.json"), receipt.to_string()).expect("written");
    }

    fn has(&self, name: &Digest) -> bool {
        self.client.0.cache.find(name).is_some()
    }
}

#[test]
fn what_nothing_refers_to_goes_once_it_is_old() {
    let kept = Kept::new();
    let (manifest, index) = (kept.keep("manifest", 30), kept.keep("index", 30));
    let (old, young) = (
        kept.keep("of a release that went", 30),
        kept.keep("looked at just now", 1),
    );
    kept.install(&manifest, &index);
    assert_eq!(
        kept.client.receipts().expect("read").len(),
        1,
        "the receipt can be read"
    );
    kept.client.prune_content();
    assert!(kept.has(&manifest) && kept.has(&index), "installed");
    assert!(kept.has(&young), "young");
    assert!(!kept.has(&old), "of no use");
}

#[test]
fn nothing_goes_where_a_catalogue_cannot_be_read() {
    let kept = Kept::new();
    let old = kept.keep("of a release that went", 30);
    let server = kept.home.join("catalogue/server");
    std::fs::create_dir_all(&server).expect("a folder");
    for copy in ["metadata.json", "metadata.copy.json"] {
        std::fs::write(server.join(copy), "no metadata").expect("written");
    }
    kept.client.prune_content();
    assert!(kept.has(&old));
}
