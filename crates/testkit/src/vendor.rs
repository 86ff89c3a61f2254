//! A vendor who publishes with the real tool: the sample products, and small ones that a test describes.

use crate::files::{copy_tree, write};
use crate::programs::{Run, program, run};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The sample product.
pub const SAMPLE: &str = "sample-studio";
/// The sample product that asks for a serial number.
pub const PRO: &str = "sample-studio-pro";

/// The sample vendor's catalogue, published once for each test program.
pub(crate) fn published() -> &'static Utf8Path {
    static PUBLISHED: OnceLock<Utf8PathBuf> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let vendor = Vendor::new(kept_folder());
        vendor.publish("init", &[]).ends_with(0);
        vendor.sample("1.0.0");
        vendor.sample("1.1.0");
        vendor.catalogue()
    })
}

/// The same with the product that asks for a serial number, for the tests that need it.
pub(crate) fn published_with_pro() -> &'static Utf8Path {
    static PUBLISHED: OnceLock<Utf8PathBuf> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let folder = kept_folder();
        copy_tree(published().parent().expect("the vendor's folder"), &folder);
        let vendor = Vendor::new(folder);
        vendor.edition("pro", PRO, "1.0.0");
        vendor.catalogue()
    })
}

/// A folder for the whole test program, so it is not tied to one test.
fn kept_folder() -> Utf8PathBuf {
    let folder = tempfile::Builder::new()
        .prefix("toolcrib-vendor-")
        .tempdir()
        .expect("a folder")
        .keep();
    Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path")
}

/// Runs one command of `toolcrib-publish` on a catalogue.
pub(crate) fn publish(catalogue: &Utf8Path, keys: &Utf8Path, verb: &str, more: &[&str]) -> Run {
    let mut command = Command::new(program("toolcrib-publish"));
    command.args([verb, "--catalogue", catalogue.as_str(), "--keys", keys.as_str()]);
    command.args(more);
    run(command, "")
}

/// The vendor's side: keys, a catalogue, and the publisher's program.
pub struct Vendor(Utf8PathBuf);

impl Vendor {
    /// A vendor who works in `folder`.
    pub fn new(folder: Utf8PathBuf) -> Self {
        Self(folder)
    }

    /// The catalogue.
    pub fn catalogue(&self) -> Utf8PathBuf {
        self.0.join("catalogue")
    }

    /// Runs one command of `toolcrib-publish` on this catalogue.
    pub fn publish(&self, verb: &str, more: &[&str]) -> Run {
        publish(&self.catalogue(), &self.0.join("keys"), verb, more)
    }

    /// Publishes a version of a small product that is only files, and promotes it. The text describes it, apart from
    /// its files.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn small(&self, product: &str, version: &str, described: &str) {
        self.small_with(product, version, described, &[]);
    }

    /// As [`Vendor::small`], with further files: their paths, and what is in them. What begins as a script can be executed.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn small_with(&self, product: &str, version: &str, described: &str, more: &[(&str, &str)]) {
        let work = self.0.join("work").join(format!("{product}-{version}"));
        let files = work.join("files");
        fs_err::create_dir_all(&files).expect("a folder");
        let lines = (0..40_000).map(|number| format!("{product} {version} {number}\n"));
        fs_err::write(files.join("lines.txt"), lines.collect::<String>()).expect("written");
        for (path, content) in more {
            write(&files.join(path), content);
        }
        fs_err::write(work.join("product.toml"), described).expect("written");
        let named = ["--product", product, "--version", version];
        let made = ["--platform", "any", "--language", "en"];
        let (from, file) = (files.as_str(), work.join("product.toml"));
        let from = ["--from", from, "--product-file", file.as_str()];
        self.publish("add", &[&named[..], &made[..], &from[..]].concat())
            .ends_with(0);
        self.publish("promote", &[&named[..], &["--channel", "stable"]].concat())
            .ends_with(0);
    }

    /// Publishes a version of the sample product and promotes it, in parts small enough that there are several.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn sample(&self, version: &str) {
        self.edition("standard", SAMPLE, version);
    }

    fn edition(&self, edition: &str, product: &str, version: &str) {
        let package = self.0.join("work").join(format!("{product}-{version}"));
        let mut studio = Command::new(program("sample-studio"));
        studio.args(["package", "--edition", edition, "--version", version]);
        studio.args(["--to", package.as_str()]);
        run(studio, "").ends_with(0);
        let (files, described) = (package.join("files"), package.join("product.toml"));
        let words = [
            "--product",
            product,
            "--version",
            version,
            "--platform",
            "linux-x86_64",
            "--language",
            "en",
        ];
        let more = [
            "--from",
            files.as_str(),
            "--product-file",
            described.as_str(),
            "--part-size",
            "4 MiB",
            "--level",
            "3",
        ];
        self.publish("add", &[&words[..], &more[..]].concat())
            .ends_with(0);
        let news = package.join("whats-new.txt");
        fs_err::write(&news, format!("Version {version} brings more templates.\n")).expect("written");
        let promoted = ["--product", product, "--version", version, "--channel", "stable"];
        self.publish(
            "promote",
            &[&promoted[..], &["--whats-new", news.as_str()]].concat(),
        )
        .ends_with(0);
    }
}
