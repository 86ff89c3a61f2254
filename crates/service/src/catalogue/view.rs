//! What the catalogue says, in memory: the listing, and for each product its licence policy and its files.

use super::current::{Current, Signed, current};
use super::metadata::{self, CatalogueFile, Target, Targets};
use super::packages::{Package, PackageName};
use crate::error::Error;
use camino::Utf8Path;
use std::collections::BTreeMap;
use toolcrib_model::{Digest, LicencePolicy, Platform, ProductId, Requirement, Version};
use toolcrib_wire::catalogue::{LISTING_TARGET, ListedProduct, ListedRelease, Listing};
use toolcrib_wire::manifest::{Blob, Manifest};

/// What the catalogue says at one moment.
#[derive(Debug, Default)]
pub struct View {
    listing: Listing,
    products: BTreeMap<ProductId, Known>,
    signed: Signed,
}

/// What the manifests of a product say together.
#[derive(Debug, Default)]
struct Known {
    policy: LicencePolicy,
    files: BTreeMap<Digest, File>,
    needs: BTreeMap<Version, Vec<Need>>,
    packages: Vec<Package>,
}

/// One file of a product.
#[derive(Debug, Default)]
struct File {
    length: u64,
    /// The releases that have it, each once.
    versions: Vec<Version>,
}

/// What one package of a release needs of a computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What it runs on.
    pub platform: Platform,
    /// What it asks for.
    pub requirements: Vec<Requirement>,
    /// What it takes on the disk.
    pub installed_bytes: u64,
}

impl View {
    /// Reads the catalogue below `folder`; an empty folder is an empty catalogue.
    ///
    /// # Errors
    /// Where a file that the metadata names is missing or is not what it says.
    pub fn read(folder: &Utf8Path) -> Result<Self, Error> {
        let Some(Current { targets, signed }) = current(folder)? else {
            return Ok(Self::default());
        };
        let view = Self::from_targets(folder, &targets)?;
        Ok(Self { signed, ..view })
    }

    /// Reads what some targets say, whether or not they are the current ones.
    ///
    /// # Errors
    /// As [`View::read`].
    pub fn from_targets(folder: &Utf8Path, targets: &Targets) -> Result<Self, Error> {
        let listing: Listing = read_json(folder, targets, LISTING_TARGET)?;
        let mut products = BTreeMap::new();
        for (id, listed) in &listing.products {
            products.insert(id.clone(), know(folder, targets, listed)?);
        }
        let signed = Signed::default();
        Ok(Self {
            listing,
            products,
            signed,
        })
    }

    /// What is listed of a product.
    pub fn product(&self, product: &ProductId) -> Option<&ListedProduct> {
        self.listing.products.get(product)
    }

    /// All products by id.
    pub fn products(&self) -> impl Iterator<Item = (&ProductId, &ListedProduct)> {
        self.listing.products.iter()
    }

    /// What the product's licence asks, as its newest release says; the default for an unknown product.
    pub fn policy(&self, product: &ProductId) -> LicencePolicy {
        self.products
            .get(product)
            .map(|known| known.policy)
            .unwrap_or_default()
    }

    /// What a release needs, package by package; nothing for one that is not offered.
    pub fn needs(&self, product: &ProductId, version: &Version) -> &[Need] {
        let known = self.products.get(product);
        known
            .and_then(|known| known.needs.get(version))
            .map_or(&[], Vec::as_slice)
    }

    /// The package of that name, withdrawn or not.
    pub fn package(&self, name: &PackageName) -> Option<&Package> {
        let known = self.products.get(&name.product)?;
        known.packages.iter().find(|package| package.is(name))
    }

    /// The signed files that this view was read from; none where it is not the catalogue in place.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// The releases of the product that have a file, withdrawn ones among them.
    pub fn releases_with(&self, product: &ProductId, file: &Digest) -> &[Version] {
        let known = self.products.get(product);
        known
            .and_then(|known| known.files.get(file))
            .map_or(&[], |file| &file.versions)
    }

    /// Every file of every release with its length.
    pub fn files(&self) -> BTreeMap<Digest, u64> {
        self.products
            .values()
            .flat_map(|known| known.files.iter().map(|(digest, file)| (*digest, file.length)))
            .collect()
    }
}

fn know(folder: &Utf8Path, targets: &Targets, listed: &ListedProduct) -> Result<Known, Error> {
    let mut known = Known::default();
    let mut newest: Option<&ListedRelease> = None;
    for release in &listed.releases {
        let manifest: Manifest = read_json(folder, targets, &release.manifest)?;
        let target = target_of(targets, &release.manifest)?;
        known.packages.push(package(release, &manifest, target));
        if newest.is_none_or(|newest| newest.version < release.version) {
            newest = Some(release);
            known.policy = manifest.licence;
        }
        if !release.withdrawn {
            let needs = known.needs.entry(release.version.clone()).or_default();
            needs.push(Need {
                platform: release.platform,
                requirements: manifest.requirements.clone(),
                installed_bytes: manifest.installed_bytes,
            });
        }
        for Blob { sha256, length } in manifest.content() {
            let file = known.files.entry(sha256).or_default();
            file.length = length;
            if !file.versions.contains(&release.version) {
                file.versions.push(release.version.clone());
            }
        }
    }
    Ok(known)
}

fn package(release: &ListedRelease, manifest: &Manifest, target: &Target) -> Package {
    let reason = || release.withdrawn_reason.clone().unwrap_or_default();
    Package {
        version: release.version.clone(),
        platform: release.platform,
        language: release.language.clone(),
        manifest: CatalogueFile {
            path: target.path(&release.manifest),
            blob: target.blob(),
        },
        index: manifest.index,
        parts: manifest.parts.clone(),
        withdrawn: release.withdrawn.then(reason),
    }
}

fn target_of<'a>(targets: &'a Targets, name: &str) -> Result<&'a Target, Error> {
    let missing = || Error::CatalogueIncomplete {
        name: name.to_owned(),
        reason: "it is no target",
    };
    targets.targets.get(name).ok_or_else(missing)
}

fn read_json<T: serde::de::DeserializeOwned>(
    folder: &Utf8Path,
    targets: &Targets,
    name: &str,
) -> Result<T, Error> {
    let target = target_of(targets, name)?;
    let bytes = metadata::read_target(folder, name, target)?;
    serde_json::from_slice(&bytes).map_err(|source| Error::CatalogueShape {
        path: folder.join(target.path(name)),
        source,
    })
}
