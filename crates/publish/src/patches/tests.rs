use super::content::Content;
use super::making::make_all;
use super::pairing::pairs;
use crate::add::{Addition, add};
use crate::catalogue::Folder;
use crate::package::{Identity, Making};
use crate::progress::Unwatched;
use crate::testing::{Scratch, clock, lines, noise, now};
use crate::{Added, Error, Lifetimes, init, inspect};
use camino::Utf8PathBuf;
use toolcrib_model::{Digest, Platform, Version};
use toolcrib_patch::Patch;
use toolcrib_trust::package::{TrustedIndex, TrustedPatches, judge_index, judge_manifest, judge_patches};
use toolcrib_wire::index::{ComponentTree, File, Index};
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::schema::Schema;

struct Vendor(Scratch);

impl Vendor {
    fn new() -> Self {
        let vendor = Self(Scratch::new());
        let (catalogue, keys) = (vendor.path("catalogue"), vendor.path("keys"));
        init(&catalogue, &keys, Lifetimes::default(), &clock()).expect("a catalogue");
        vendor
    }

    fn path(&self, name: &str) -> Utf8PathBuf {
        self.0.path.join(name)
    }

    fn add(&self, version: &str, patch_from: &[&str]) -> Result<Added, Error> {
        let parse = |raw: &str| raw.parse::<Version>().expect("a version");
        let addition = Addition {
            identity: Identity {
                product: "draft".parse().expect("an id"),
                version: parse(version),
                platform: Platform::LinuxX86_64,
                language: "en".parse().expect("a language"),
            },
            from: self.path("input"),
            strip_prefix: None,
            product_file: None,
            sbom: None,
            making: Making {
                level: 1,
                ..Making::default()
            },
            patch_from: patch_from.iter().map(|raw| parse(raw)).collect(),
            lifetimes: Lifetimes::default(),
        };
        let (catalogue, keys) = (self.path("catalogue"), self.path("keys"));
        add(&catalogue, &keys, &addition, &clock(), &Unwatched)
    }

    /// Two releases: a program of 3 MiB whose addresses moved, changed texts, a new text, one that stays.
    fn with_two_releases() -> (Self, Added) {
        let vendor = Self::new();
        let program = noise(1, 3 << 20);
        vendor.0.write("input/bin/draft", &program);
        vendor.0.write("input/doc/a.txt", &lines(1, 900));
        vendor.0.write("input/doc/stays.txt", &lines(2, 900));
        vendor.add("1.0.0", &[]).expect("added");
        let mut moved = [&program[..1 << 20], &noise(7, 5000), &program[1 << 20..]].concat();
        moved.iter_mut().step_by(300).for_each(|byte| *byte ^= 3);
        vendor.0.write("input/bin/draft", &moved);
        vendor
            .0
            .write("input/doc/a.txt", &[lines(1, 900), lines(3, 9)].concat());
        vendor.0.write("input/doc/new.txt", &lines(4, 50));
        let added = vendor.add("1.1.0", &["1.0.0"]).expect("added");
        (vendor, added)
    }

    fn release(&self, version: &str) -> (Manifest, TrustedIndex, Vec<TrustedPatches>) {
        let folder = Folder::open(&self.path("catalogue")).expect("a catalogue");
        let state = folder.state(now()).expect("its state");
        let name = format!("manifests/draft/{version}/linux-x86_64/en.json");
        let bytes = folder.target_bytes(&state.catalogue, &name).expect("listed");
        let manifest = judge_manifest(&state.catalogue, &name, &bytes).expect("sound");
        let index = judge_index(&manifest, &self.content(&manifest.manifest().index.sha256)).expect("sound");
        let sets = manifest.manifest().patches.iter();
        let judged = |set: &toolcrib_wire::manifest::PatchSet| {
            let stored = self.content(&set.index.sha256);
            judge_patches(&manifest, &index, &set.from_index, &stored).expect("sound")
        };
        let patches = sets.map(judged).collect();
        (manifest.manifest().clone(), index, patches)
    }

    fn content(&self, sha256: &Digest) -> Vec<u8> {
        fs_err::read(self.path("catalogue/content").join(sha256.to_string())).expect("there")
    }

    fn parts(&self, manifest: &Manifest) -> Vec<Utf8PathBuf> {
        let folder = self.path("catalogue/content");
        let parts = manifest.parts.iter();
        parts.map(|part| folder.join(part.sha256.to_string())).collect()
    }
}

#[test]
fn patches_make_every_changed_file_from_what_is_installed() {
    let (vendor, added) = Vendor::with_two_releases();
    let (old, old_index, _) = vendor.release("1.0.0");
    let (new, _, sets) = vendor.release("1.1.0");
    let parts = vendor.parts(&old);
    let mut before = Content::new(old_index.index(), &parts);
    let mut made = 0;
    for patch in sets[0].patches() {
        let input = before.joined(&patch.inputs).expect("installed");
        let part = vendor.content(&new.patches[0].parts[patch.part as usize].sha256);
        let stored = part[patch.offset as usize..][..patch.stored_length as usize].to_vec();
        assert_eq!(Digest::of(&stored), patch.stored_sha256);
        let mut output = Vec::new();
        let apply = Patch {
            encoding: patch.encoding,
            stored: &stored,
            stored_length: patch.stored_length,
            old: &input,
            old_length: patch.input_length,
            output_length: patch.length,
        };
        apply.apply(&mut output).expect("applies");
        let mut rest = &output[..];
        for file in &patch.outputs {
            let (content, later) = rest.split_at(file.length as usize);
            assert_eq!(Digest::of(content), file.sha256);
            (rest, made) = (later, made + 1);
        }
    }
    assert_eq!((made, added.patches[0].file_count), (3, 3));
    assert!(added.patches[0].bytes < 60_000, "{:?}", added.patches);
}

#[test]
fn everything_that_the_manifest_names_is_among_the_content_and_patches_are_shown() {
    let (vendor, added) = Vendor::with_two_releases();
    let (manifest, ..) = vendor.release("1.1.0");
    assert!(manifest.content().count() >= 4);
    for blob in manifest.content() {
        assert_eq!(vendor.content(&blob.sha256).len() as u64, blob.length);
    }
    let found = inspect(&vendor.path("catalogue"), &clock()).expect("inspected");
    let shown: Vec<_> = found
        .patches
        .iter()
        .map(|held| (&held.from, held.bytes))
        .collect();
    assert_eq!(shown, [(&added.patches[0].from, added.patches[0].bytes)]);
}

#[test]
fn two_runs_make_the_same_patches() {
    let [one, other] = [Vendor::with_two_releases().1, Vendor::with_two_releases().1];
    assert_eq!(one, other);
}

#[test]
fn patches_lead_from_earlier_releases_that_are_there() {
    let (vendor, _) = Vendor::with_two_releases();
    let unknown = vendor.add("1.2.0", &["0.9.0"]);
    assert!(matches!(unknown, Err(Error::NoRelease { .. })), "{unknown:?}");
    let later = vendor.add("1.0.5", &["1.1.0"]);
    assert!(matches!(later, Err(Error::PatchFrom { .. })), "{later:?}");
}

#[test]
fn a_damaged_part_of_the_earlier_release_is_noticed() {
    let (vendor, _) = Vendor::with_two_releases();
    let (manifest, ..) = vendor.release("1.0.0");
    let path = &vendor.parts(&manifest)[0];
    let mut part = fs_err::read(path).expect("read");
    let middle = part.len() / 2;
    part[middle..middle + 9000].fill(0);
    fs_err::write(path, part).expect("written");
    vendor.0.write("input/bin/draft", &noise(9, 3 << 20));
    let refused = vendor.add("1.2.0", &["1.0.0"]);
    let noticed = matches!(refused, Err(Error::DamagedContent { .. } | Error::Read { .. }));
    assert!(noticed, "{refused:?}");
}

/// A file's path, its size, and what stands for its content.
type Told<'a> = (&'a str, u64, &'a str);

fn index(components: &[(&str, &[Told<'_>])]) -> Index {
    let file = |(path, size, content): &Told<'_>| File {
        path: path.parse().expect("a path"),
        size: *size,
        sha256: Digest::of(content.as_bytes()),
        at: 0,
        executable: false,
    };
    let tree = |(id, files): &(&str, &[Told<'_>])| ComponentTree {
        id: id.parse().expect("an id"),
        folders: vec![],
        links: vec![],
        files: files.iter().map(file).collect(),
    };
    Index {
        schema: Schema,
        cutter: String::new(),
        components: components.iter().map(tree).collect(),
        chunks: vec![],
    }
}

/// The contents that each pair builds on and makes, as `old > new`.
fn paired(old: &Index, new: &Index) -> Vec<String> {
    let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    let name = |sha256: &Digest| {
        let known = names.iter().flat_map(|name| [name.clone(), format!("{name}2")]);
        known
            .into_iter()
            .find(|name| Digest::of(name.as_bytes()) == *sha256)
            .expect("known")
    };
    let join = |digests: &[Digest]| digests.iter().map(name).collect::<Vec<_>>().join("+");
    let pairs = pairs(old, new);
    pairs
        .iter()
        .map(|pair| format!("{}>{}", join(&pair.inputs), join(&pair.outputs)))
        .collect()
}

const LARGE: u64 = 2 << 20;

#[test]
fn small_files_are_gathered_and_large_ones_patched_alone() {
    let old = index(&[(
        "core",
        &[
            ("a.c", 9, "a"),
            ("b.c", 9, "b"),
            ("c", LARGE, "c"),
            ("d", LARGE, "d"),
        ],
    )]);
    let new = index(&[(
        "core",
        &[
            ("a.c", 9, "a2"),
            ("b.c", 9, "b2"),
            ("c", LARGE, "c2"),
            ("d", LARGE, "d"),
        ],
    )]);
    assert_eq!(paired(&old, &new), ["c>c2", "a+b>a2+b2"]);
}

#[test]
fn a_version_in_a_files_name_does_not_hide_what_it_was() {
    let old = index(&[("core", &[("lib/draft.so.1.4", LARGE, "a")])]);
    let new = index(&[("core", &[("lib/draft.so.1.5", LARGE, "a2")])]);
    assert_eq!(paired(&old, &new), ["a>a2"]);
}

#[test]
fn a_digest_in_a_files_name_does_not_hide_what_it_was() {
    let old = index(&[("core", &[("lib/libmath-a34b0ee5.so", 2 << 20, "a")])]);
    let new = index(&[("core", &[("lib/libmath-9ce79921.so", 2 << 20, "a2")])]);
    assert_eq!(paired(&old, &new), ["a>a2"]);
}

#[test]
fn a_large_file_that_has_nothing_in_common_with_the_old_one_is_left_to_chunks() {
    let (vendor, _) = Vendor::with_two_releases();
    vendor.0.write("input/bin/draft", &noise(9, 3 << 20));
    let added = vendor.add("1.2.0", &["1.1.0"]).expect("added");
    let patches = &added.patches[0];
    assert_eq!((patches.file_count, patches.left_out), (0, 1));
}

#[test]
fn the_number_of_threads_changes_no_patch() {
    let (vendor, _) = Vendor::with_two_releases();
    let (_, old, _) = vendor.release("1.0.0");
    let (manifest, new, _) = vendor.release("1.1.0");
    let (before, after) = (vendor.parts(&vendor.release("1.0.0").0), vendor.parts(&manifest));
    let contents = || {
        [
            Content::new(old.index(), &before),
            Content::new(new.index(), &after),
        ]
    };
    let pairs = pairs(old.index(), new.index());
    let made = |threads| make_all(&pairs, contents, threads, &Unwatched).expect("made");
    assert!(pairs.len() >= 2, "{pairs:?}");
    assert_eq!(made(1), made(3));
}

#[test]
fn what_has_nothing_old_is_compressed_if_small_and_left_to_chunks_if_large() {
    let old = index(&[("core", &[("x", 9, "a")])]);
    let new = index(&[("core", &[("y", 9, "b"), ("z", LARGE, "c")])]);
    assert_eq!(paired(&old, &new), [">b"]);
}

#[test]
fn files_of_different_components_are_never_in_one_patch() {
    let old = index(&[("core", &[("x", 9, "a")]), ("help", &[("y", 9, "b")])]);
    let new = index(&[
        ("core", &[("x", 9, "a2"), ("y", 9, "c")]),
        ("help", &[("z", 9, "d")]),
    ]);
    assert_eq!(paired(&old, &new), ["a>a2+c", ">d"]);
}
