//! The sample vendor publishes: the sample product in two versions, and real programs where a registry is reached.

use crate::build::{self, Profile};
use crate::corpus::{self, Wheel};
use crate::say;
use crate::shell::{self, Result, command, root};
use camino::{Utf8Path, Utf8PathBuf};

/// The sample program's releases: the edition, the product that it is, the version; the last one of each is promoted.
const SAMPLES: [(&str, &str, &str); 3] = [
    ("standard", "sample-studio", "1.0.0"),
    ("standard", "sample-studio", "1.1.0"),
    // It asks for a serial number.
    ("pro", "sample-studio-pro", "1.0.0"),
];

/// A vendor with a catalogue, keys and a folder to work in.
pub(crate) struct Vendor {
    catalogue: Utf8PathBuf,
    keys: Utf8PathBuf,
    work: Utf8PathBuf,
    profile: Profile,
}

impl Vendor {
    /// The vendor whose things lie below `folder`, and who works with programs of `profile`.
    pub(crate) fn new(folder: &Utf8Path, profile: Profile) -> Self {
        let [catalogue, keys, work] = ["catalogue", "keys", "work"].map(|name| folder.join(name));
        Self {
            catalogue,
            keys,
            work,
            profile,
        }
    }

    /// The catalogue's folder.
    pub(crate) fn catalogue(&self) -> &Utf8Path {
        &self.catalogue
    }

    /// Publishes everything, once: what is already there is only given fresh signatures.
    pub(crate) fn publish_everything(&self) -> Result<()> {
        self.publish_samples()?;
        for (wheel, file) in corpus::fetch_all()? {
            self.wheel(wheel, &file)?;
        }
        Ok(())
    }

    /// Publishes the sample products alone, once.
    pub(crate) fn publish_samples(&self) -> Result<()> {
        self.ready()?;
        SAMPLES
            .iter()
            .try_for_each(|(edition, product, version)| self.sample(edition, product, version))
    }

    /// Makes the catalogue, or signs the one that is there afresh.
    pub(crate) fn ready(&self) -> Result<()> {
        let there = self.catalogue.join("metadata/timestamp.json").is_file();
        self.run(if there { "refresh" } else { "init" }, &[])
    }

    fn run(&self, verb: &str, more: &[&str]) -> Result<()> {
        let tool = build::program("toolcrib-publish", self.profile);
        let mut words = vec![
            verb,
            "--catalogue",
            self.catalogue.as_str(),
            "--keys",
            self.keys.as_str(),
        ];
        words.extend(more);
        shell::run(command(tool.as_str(), &words))
    }

    fn has(&self, product: &str, version: &str) -> bool {
        let manifests = self
            .catalogue
            .join("targets/manifests")
            .join(product)
            .join(version);
        manifests.is_dir()
    }

    fn sample(&self, edition: &str, product: &str, version: &str) -> Result<()> {
        if !self.has(product, version) {
            let package = self.work.join(format!("{product}-{version}"));
            let program = build::program("sample-studio", self.profile);
            let words = ["package", "--edition", edition, "--version", version, "--to"];
            shell::run(command(
                program.as_str(),
                &[&words[..], &[package.as_str()]].concat(),
            ))?;
            let (files, described) = (package.join("files"), package.join("product.toml"));
            self.add(product, version, &files, &described, &[])?;
        }
        self.promote(product, version)
    }

    /// Publishes a program that came as a wheel, if that was not done.
    pub(crate) fn wheel(&self, wheel: &Wheel, file: &Utf8Path) -> Result<()> {
        self.wheel_with(wheel, file, &[])
    }

    /// The same, with a patch from an earlier release.
    pub(crate) fn wheel_after(&self, wheel: &Wheel, file: &Utf8Path, earlier: &Wheel) -> Result<()> {
        self.wheel_with(wheel, file, &["--patch-from", earlier.version])
    }

    fn wheel_with(&self, wheel: &Wheel, file: &Utf8Path, more: &[&str]) -> Result<()> {
        if !self.has(wheel.product, wheel.version) {
            say::note(&format!("packing {} {}", wheel.product, wheel.version));
            let described = root()
                .join("xtask/products")
                .join(format!("{}.toml", wheel.product));
            self.add(
                wheel.product,
                wheel.version,
                file,
                &described,
                &[&["--strip-prefix", wheel.prefix], more].concat(),
            )?;
        }
        self.promote(wheel.product, wheel.version)
    }

    /// Publishes a folder as a product that needs nothing, if that was not done.
    pub(crate) fn folder(&self, product: &str, version: &str, from: &Utf8Path) -> Result<()> {
        if !self.has(product, version) {
            say::note(&format!("packing {product} {version}"));
            fs_err::create_dir_all(&self.work)?;
            let described = self.work.join(format!("{product}.toml"));
            fs_err::write(&described, format!("name = \"{product}\"\n"))?;
            self.add(product, version, from, &described, &[])?;
        }
        self.promote(product, version)
    }

    fn add(
        &self,
        product: &str,
        version: &str,
        from: &Utf8Path,
        described: &Utf8Path,
        more: &[&str],
    ) -> Result<()> {
        let mut words = vec!["--product", product, "--version", version, "--language", "en"];
        words.extend([
            "--platform",
            "linux-x86_64",
            "--from",
            from.as_str(),
            "--product-file",
            described.as_str(),
            // A demonstration is not kept waiting for the last tenth.
            "--level",
            "10",
        ]);
        words.extend(more);
        self.run("add", &words)
    }

    fn promote(&self, product: &str, version: &str) -> Result<()> {
        self.run(
            "promote",
            &["--product", product, "--version", version, "--channel", "stable"],
        )
    }
}
