//! `add`: packs a release and puts it into the catalogue.

use crate::Error;
use crate::catalogue::{Folder, Keys, Lifetimes, Prepared, Signer, State};
use crate::input::Input;
use crate::package::{Identity, Making, Package, build};
use crate::patches::{self, Made, PatchesAdded};
use crate::product::{Product, lint};
use crate::progress::{Stage, Watch};
use crate::sbom::Given;
use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_machine::clock::Clock;
use toolcrib_machine::files;
use toolcrib_model::{Digest, Language, Platform, ProductId, RelPath, Version};
use toolcrib_trust::package::{judge_index, judge_manifest, judge_patches};
use toolcrib_wire::catalogue::{ListedProduct, ListedRelease, Listing};
use toolcrib_wire::manifest::{Blob, Manifest};

/// A release that is to be added.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Which release it is.
    pub identity: Identity,
    /// The folder or zip archive that holds its files.
    pub from: Utf8PathBuf,
    /// Take only what lies below this path, and leave the path out.
    pub strip_prefix: Option<RelPath>,
    /// The description of the product.
    pub product_file: Option<Utf8PathBuf>,
    /// The vendor's own list of what the release consists of, CycloneDX in JSON; else one is made.
    pub sbom: Option<Utf8PathBuf>,
    /// How the package is made.
    pub making: Making,
    /// The earlier releases from which there are to be patches.
    pub patch_from: Vec<Version>,
    /// For how long new metadata is vouched for.
    pub lifetimes: Lifetimes,
}

/// What was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The product.
    pub product: ProductId,
    /// The release.
    pub version: Version,
    /// What it runs on.
    pub platform: Platform,
    /// Its language.
    pub language: Language,
    /// The name of its manifest among the catalogue's targets.
    pub manifest: String,
    /// The digest of the manifest: the same for the same input.
    pub manifest_sha256: Digest,
    /// How many parts it has.
    pub part_count: usize,
    /// How many chunks it has.
    pub chunk_count: usize,
    /// How many files it has.
    pub file_count: u64,
    /// Bytes of its index.
    pub index_bytes: u64,
    /// Bytes of its parts.
    pub part_bytes: u64,
    /// Bytes of its files when installed.
    pub installed_bytes: u64,
    /// The patches that lead to it.
    pub patches: Vec<PatchesAdded>,
}

/// Packs a release and puts it into the catalogue. Nothing of the catalogue changes unless all of it succeeds.
///
/// # Errors
/// [`Error`] with what is wrong and what to do.
pub fn add(
    catalogue: &Utf8Path,
    keys: &Utf8Path,
    addition: &Addition,
    clock: &dyn Clock,
    watch: &dyn Watch,
) -> Result<Added, Error> {
    let folder = Folder::open(catalogue)?;
    let state = folder.state(clock.now())?;
    refuse_twice(&state.listing, &addition.identity)?;
    let earlier = patches::find(&folder, &state, &addition.identity, &addition.patch_from)?;
    let (product, input) = read(addition, watch)?;
    let work = folder.work_folder()?;
    let into = Utf8Path::from_path(work.path()).ok_or_else(|| Error::NotUnicode {
        path: folder.root().to_string(),
    })?;
    let mut package = build(
        &addition.identity,
        &product,
        &input,
        &addition.making,
        into,
        watch,
    )?;
    let made = patches::enter(&mut package, &earlier, &addition.making, into, watch)?;
    watch.begin(Stage::Signing, 0);
    let keys = Keys::in_folder(keys);
    let signer = Signer {
        root: &state.root,
        keys: &keys,
        now: clock.now(),
        lifetimes: addition.lifetimes,
    };
    let added = describe(&package, &made, &addition.identity);
    let prepared = prepare(&signer, &state, &package, &made, &added.manifest)?;
    adopt(&folder, into, &package, &made)?;
    prepared.commit(&folder)?;
    Ok(added)
}

/// Reads what is to be packed and its description, and finds what is wrong with them.
fn read(addition: &Addition, watch: &dyn Watch) -> Result<(Product, Input), Error> {
    watch.begin(Stage::Reading, 0);
    let mut product = addition
        .product_file
        .as_deref()
        .map(Product::read)
        .transpose()?
        .unwrap_or_default();
    if let Some(sbom) = &addition.sbom {
        product.sbom = Some(Given::read(sbom, &addition.identity.version)?);
    }
    let input = Input::open(&addition.from, addition.strip_prefix.as_ref())?;
    let faults = lint::lint(&product, input.tree(), addition.identity.platform)?;
    if faults.is_empty() {
        Ok((product, input))
    } else {
        Err(Error::Faults { faults })
    }
}

fn refuse_twice(listing: &Listing, identity: &Identity) -> Result<(), Error> {
    let product = listing.products.get(&identity.product);
    let is_same = |release: &ListedRelease| {
        release.version == identity.version
            && release.platform == identity.platform
            && release.language == identity.language
    };
    match product.is_some_and(|product| product.releases.iter().any(is_same)) {
        true => Err(Error::ReleaseExists {
            product: identity.product.clone(),
            version: identity.version.clone(),
        }),
        false => Ok(()),
    }
}

/// Signs the new state, and judges the package by it as a client will.
fn prepare(
    signer: &Signer<'_>,
    state: &State,
    package: &Package,
    made: &[Made],
    name: &str,
) -> Result<Prepared, Error> {
    let mut listing = state.listing.clone();
    enter(&mut listing, package, name);
    let manifest = Bytes::from(package.manifest_bytes.clone());
    let targets = BTreeMap::from([(name.to_owned(), manifest)]);
    let prepared = Prepared::new(signer, state, &listing, targets)?;
    let manifest = judge_manifest(&prepared.catalogue, name, &package.manifest_bytes)?;
    let index = judge_index(&manifest, &package.index_bytes)?;
    for made in made {
        judge_patches(&manifest, &index, &made.set.from_index, &made.index_bytes)?;
    }
    Ok(prepared)
}

/// Enters the release; the words about the product are those of its newest release.
fn enter(listing: &mut Listing, package: &Package, name: &str) {
    let manifest = &package.manifest;
    let product = listing
        .products
        .entry(manifest.product.clone())
        .or_insert_with(|| ListedProduct {
            name: String::new(),
            publisher: String::new(),
            summary: String::new(),
            channels: BTreeMap::new(),
            rollouts: BTreeMap::new(),
            minimum: None,
            releases: vec![],
        });
    if product
        .releases
        .iter()
        .all(|release| release.version <= manifest.version)
    {
        product.name.clone_from(&manifest.name);
        product.publisher.clone_from(&manifest.publisher);
        product.summary.clone_from(&manifest.summary);
    }
    product.releases.push(ListedRelease {
        version: manifest.version.clone(),
        platform: manifest.platform,
        language: manifest.language.clone(),
        packs: packs(manifest),
        manifest: name.to_owned(),
        stored_bytes: manifest
            .components
            .iter()
            .map(|component| component.stored_bytes)
            .sum(),
        installed_bytes: manifest.installed_bytes,
        withdrawn: false,
        withdrawn_reason: None,
        critical: false,
        whats_new: None,
    });
    product.releases.sort_by(|a, b| {
        let same = (a.platform, &a.language).cmp(&(b.platform, &b.language));
        b.version.cmp(&a.version).then(same)
    });
}

/// The languages that a package has components for, each once.
fn packs(manifest: &Manifest) -> Vec<Language> {
    let languages = manifest.components.iter().flat_map(|one| &one.languages);
    let others: BTreeSet<&Language> = languages
        .filter(|language| **language != manifest.language)
        .collect();
    others.into_iter().cloned().collect()
}

fn adopt(folder: &Folder, work: &Utf8Path, package: &Package, made: &[Made]) -> Result<(), Error> {
    let manifest = &package.manifest;
    adopt_document(folder, work, &package.index_bytes, &manifest.index)?;
    if let Some(sbom) = &manifest.sbom {
        adopt_document(folder, work, &package.sbom_bytes, sbom)?;
    }
    for (file, blob) in package.parts.iter().zip(&manifest.parts) {
        folder.adopt(file, blob)?;
    }
    for made in made {
        adopt_document(folder, work, &made.index_bytes, &made.set.index)?;
        for (file, blob) in made.parts.iter().zip(&made.set.parts) {
            folder.adopt(file, blob)?;
        }
    }
    Ok(())
}

fn adopt_document(folder: &Folder, work: &Utf8Path, bytes: &[u8], blob: &Blob) -> Result<(), Error> {
    let file = work.join("document");
    files::replace(&file, bytes)?;
    folder.adopt(&file, blob)
}

fn describe(package: &Package, made: &[Made], identity: &Identity) -> Added {
    let Identity {
        product,
        version,
        platform,
        language,
    } = identity.clone();
    let manifest = &package.manifest;
    Added {
        manifest: Listing::manifest_target(&product, &version, platform, &language),
        manifest_sha256: Digest::of(&package.manifest_bytes),
        part_count: package.parts.len(),
        chunk_count: package.chunk_count,
        file_count: manifest
            .components
            .iter()
            .map(|component| component.file_count)
            .sum(),
        index_bytes: manifest.index.length,
        part_bytes: manifest.parts.iter().map(|part| part.length).sum(),
        installed_bytes: manifest.installed_bytes,
        patches: made.iter().map(Made::report).collect(),
        product,
        version,
        platform,
        language,
    }
}
