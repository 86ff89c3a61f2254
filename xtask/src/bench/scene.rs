//! Our side of a comparison: an account service behind the same origin as the peers, and our own command line.

use super::link::Link;
use super::origin::Origin;
use crate::build::{self, Profile};
use crate::shell::{self, Result, command};
use crate::stage::{Service, Vendor};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Command, Stdio};

/// A service and an origin at one end of a link, clients at the other.
pub(super) struct Scene {
    pub(super) origin: Origin,
    service: Service,
    /// The last one: everything above works over it to its end.
    pub(super) link: Link,
}

impl Scene {
    /// Starts everything for a link.
    pub(super) fn start(work: &Utf8Path, vendor: &Vendor, link: Link) -> Result<Self> {
        let program = build::program("toolcrib-service", Profile::Release);
        let service = Service::start_as(work, vendor.catalogue(), "127.0.0.1:0", &program, |command| {
            link.at_server(command)
        })?;
        let origin = Origin::serve(&link, work, vendor.catalogue(), service.url())?;
        Ok(Self {
            link,
            origin,
            service,
        })
    }

    /// `toolcrib install` of a product's version into a folder; somebody is signed in there.
    pub(super) fn install(&self, folder: &Utf8Path, product: &str, version: &str, more: &[&str]) -> Command {
        let place = folder.join("place");
        let mut words = vec![
            "install",
            product,
            "--version",
            version,
            "--accept-terms",
            "--dir",
            place.as_str(),
        ];
        words.extend(more);
        let mut install = self.toolcrib(folder, &words);
        install.stdout(Stdio::null()).stderr(Stdio::null());
        install
    }

    /// `toolcrib`, at the client's end.
    pub(super) fn toolcrib(&self, folder: &Utf8Path, words: &[&str]) -> Command {
        let mut toolcrib = command(build::program("toolcrib", Profile::Release).as_str(), words);
        toolcrib
            .env("TOOLCRIB_HOME", home(folder))
            .env("TOOLCRIB_SERVER", self.origin.url());
        self.link.at_client(toolcrib)
    }

    /// Signs somebody in for this folder.
    pub(super) fn sign_in(&self, folder: &Utf8Path) -> Result<()> {
        let mut quiet = self.toolcrib(folder, &["--quiet"]);
        quiet.stdout(Stdio::null());
        self.service.person()?.sign_in(quiet)
    }

    /// Bytes of a product's parts, as the catalogue lists them.
    pub(super) fn package_bytes(&self, folder: &Utf8Path, product: &str, version: &str) -> Result<u64> {
        let listed = shell::output(self.toolcrib(folder, &["products", "--json"]))?;
        let products: serde_json::Value = serde_json::from_str(&listed)?;
        let mut products = products.as_array().into_iter().flatten();
        let product = products
            .find(|one| one["product"] == product)
            .ok_or("the product is not listed")?;
        let mut releases = product["releases"].as_array().into_iter().flatten();
        let release = releases.find(|one| one["version"] == version);
        release
            .and_then(|release| release["stored_bytes"].as_u64())
            .ok_or_else(|| "the release does not tell its size".into())
    }
}

fn home(folder: &Utf8Path) -> Utf8PathBuf {
    folder.join("home")
}
