use super::*;
use crate::progress::Unwatched;
use crate::testing::{Scratch, lines, noise};
use std::collections::BTreeMap;
use toolcrib_wire::index::File;

mod parts_stay;
mod vector;
mod zip_is_standard;

fn identity() -> Identity {
    Identity {
        product: "draft".parse().expect("an id"),
        version: "1.0.0".parse().expect("a version"),
        platform: Platform::LinuxX86_64,
        language: "en".parse().expect("a language"),
    }
}

/// Small files of several kinds, an empty one, equal ones, and large ones that compress and that do not.
fn files() -> BTreeMap<&'static str, Vec<u8>> {
    BTreeMap::from([
        ("bin/draft", noise(1, 9 << 20)),
        ("lib/large.txt", lines(2, 100_000)),
        ("lib/copy.txt", lines(2, 100_000)),
        ("include/a.h", lines(3, 50)),
        ("include/b.h", lines(4, 70)),
        ("include/again.h", lines(3, 50)),
        ("share/icon.png", noise(5, 3_000)),
        ("share/empty", vec![]),
        ("LICENCE", lines(6, 20)),
    ])
}

fn folder_of(files: &BTreeMap<&'static str, Vec<u8>>) -> Scratch {
    let folder = Scratch::new();
    for (path, bytes) in files {
        folder.write(path, bytes);
    }
    folder
}

struct Built {
    package: Package,
    index: Index,
    parts: Vec<Vec<u8>>,
    _into: Scratch,
}

fn built(from: &Scratch, product: &Product, making: Making) -> Built {
    let into = Scratch::new();
    let input = Input::open(&from.path, None).expect("a good input");
    let package = build(&identity(), product, &input, &making, &into.path, &Unwatched).expect("built");
    let index = Index::from_stored(&package.index_bytes).expect("own index");
    let parts = package
        .parts
        .iter()
        .map(|path| fs_err::read(path).expect("own part"))
        .collect();
    Built {
        package,
        index,
        parts,
        _into: into,
    }
}

fn making(part_bytes: u64, threads: usize) -> Making {
    Making {
        part_bytes,
        level: 3,
        threads: NonZeroUsize::new(threads),
    }
}

/// As usual, but for the time it takes.
fn usual() -> Making {
    making(USUAL_PART_BYTES, 2)
}

/// The stream as a client would put it together.
fn stream(built: &Built) -> Vec<u8> {
    let mut stream = Vec::new();
    for chunk in &built.index.chunks {
        let from = chunk.offset as usize;
        let stored = &built.parts[chunk.part as usize][from..from + chunk.stored_length as usize];
        assert_eq!(Digest::of(stored), chunk.stored_sha256);
        let content = zstd::bulk::decompress(stored, chunk.length as usize).expect("one frame");
        assert_eq!(
            (content.len(), Digest::of(&content)),
            (chunk.length as usize, chunk.sha256)
        );
        stream.extend(content);
    }
    stream
}

fn all_files(built: &Built) -> impl Iterator<Item = &File> {
    built.index.components.iter().flat_map(|tree| &tree.files)
}

#[test]
fn every_file_comes_back_out_of_the_chunks() {
    let files = files();
    let built = built(&folder_of(&files), &Product::default(), usual());
    let stream = stream(&built);
    let back: BTreeMap<&str, Vec<u8>> = all_files(&built)
        .map(|file| {
            (
                file.path.as_str(),
                stream[file.at as usize..(file.at + file.size) as usize].to_vec(),
            )
        })
        .collect();
    assert_eq!(back, files);
    let executable: Vec<&str> = all_files(&built)
        .filter(|file| file.executable)
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(executable, ["bin/draft"]);
}

#[test]
fn the_same_files_give_the_same_bytes_whatever_their_order_their_times_and_the_threads() {
    let files = files();
    let (first, second) = (folder_of(&files), Scratch::new());
    for (path, bytes) in files.iter().rev() {
        let place = second.write(path, bytes);
        let file = std::fs::File::options().append(true).open(place).expect("there");
        file.set_modified(std::time::UNIX_EPOCH).expect("set");
    }
    let one = built(&first, &Product::default(), making(1 << 20, 1));
    let other = built(&second, &Product::default(), making(1 << 20, 5));
    assert_eq!(one.package.manifest_bytes, other.package.manifest_bytes);
    assert_eq!(one.package.index_bytes, other.package.index_bytes);
    assert!(one.parts == other.parts && one.parts.len() > 2);
}

#[test]
fn equal_files_are_stored_once() {
    let built = built(&folder_of(&files()), &Product::default(), usual());
    let at = |path: &str| {
        all_files(&built)
            .find(|file| file.path.as_str() == path)
            .expect("there")
            .at
    };
    assert_eq!(at("lib/copy.txt"), at("lib/large.txt"));
    assert_eq!(at("include/again.h"), at("include/a.h"));
    let content: u64 = built
        .index
        .chunks
        .iter()
        .map(|chunk| u64::from(chunk.length))
        .sum();
    let twins = (lines(2, 100_000).len() + lines(3, 50).len()) as u64;
    assert_eq!(content, built.package.manifest.installed_bytes - twins);
}

#[test]
fn no_part_is_larger_than_asked_for() {
    let built = built(&folder_of(&files()), &Product::default(), making(6 << 20, 2));
    assert!(built.parts.len() > 1);
    assert!(built.parts.iter().all(|part| part.len() <= 6 << 20));
    let blobs = built.package.manifest.parts.iter();
    assert!(
        blobs
            .zip(&built.parts)
            .all(|(blob, part)| blob.sha256 == Digest::of(part) && blob.length == part.len() as u64)
    );
}

#[test]
fn large_files_are_cut_where_they_always_were() {
    let folder = Scratch::new();
    folder.write("noise", &noise(7, 16 << 20));
    let built = built(&folder, &Product::default(), usual());
    let lengths: Vec<u32> = built.index.chunks.iter().map(|chunk| chunk.length).collect();
    assert_eq!(built.index.cutter, "fastcdc-2020/512K/2M/4M");
    assert_eq!(
        lengths, CUTS,
        "a release that is cut otherwise shares no chunks with those before"
    );
}

/// Where `fastcdc-2020/512K/2M/4M` cuts the noise.
const CUTS: [u32; 7] = [
    2_582_194, 992_010, 3_882_235, 4_194_304, 4_194_304, 707_511, 224_658,
];

#[test]
fn one_changed_small_file_leaves_most_chunks_as_they_were() {
    let write = |folder: &Scratch, changed: &[u8]| {
        for n in 0..1_500_u64 {
            folder.write(&format!("share/{n}"), &noise(n + 10, 10_000));
        }
        folder.write("share/1000", changed);
    };
    let (before, after) = (Scratch::new(), Scratch::new());
    write(&before, b"short");
    write(&after, &noise(1, 60_000));
    let digests = |folder: &Scratch| -> Vec<Digest> {
        built(folder, &Product::default(), making(32 << 20, 2))
            .index
            .chunks
            .iter()
            .map(|chunk| chunk.sha256)
            .collect()
    };
    let (before, after) = (digests(&before), digests(&after));
    let kept = after.iter().filter(|digest| before.contains(digest)).count();
    assert!(
        after.len() >= 4 && kept * 2 >= after.len(),
        "{kept} of {}",
        after.len()
    );
}

#[test]
fn components_share_no_chunk() {
    let rule = |id: &str, glob: &str| crate::product::ComponentRule {
        id: id.parse().expect("an id"),
        name: id.to_owned(),
        summary: String::new(),
        kind: toolcrib_model::ComponentKind::Default,
        shared: false,
        languages: vec![],
        tool: false,
        files: glob.split(' ').map(str::to_owned).collect(),
    };
    let components = vec![
        rule("core", "bin/** LICENCE share/**"),
        rule("sdk", "include/**"),
        rule("data", "lib/**"),
    ];
    let product = Product {
        components,
        ..Product::default()
    };
    let built = built(&folder_of(&files()), &product, usual());
    let stored: Vec<u64> = built
        .package
        .manifest
        .components
        .iter()
        .map(|component| component.stored_bytes)
        .collect();
    let all: u64 = built
        .index
        .chunks
        .iter()
        .map(|chunk| u64::from(chunk.stored_length))
        .sum();
    assert_eq!(stored.iter().sum::<u64>(), all);
    let ends: Vec<u64> = built
        .index
        .components
        .iter()
        .map(|tree| tree.files.iter().map(|f| f.at + f.size).max().unwrap_or(0))
        .collect();
    let boundaries: Vec<u64> = built
        .index
        .chunks
        .iter()
        .scan(0, |at, chunk| {
            *at += u64::from(chunk.length);
            Some(*at)
        })
        .collect();
    assert!(
        ends.iter().all(|end| boundaries.contains(end)),
        "{ends:?} in {boundaries:?}"
    );
}

#[cfg(unix)]
#[test]
fn folders_and_links_are_kept() {
    let folder = folder_of(&files());
    fs_err::create_dir_all(folder.path.join("plugins/none")).expect("made");
    std::os::unix::fs::symlink("../bin/draft", folder.path.join("lib/draft")).expect("linked");
    let built = built(&folder, &Product::default(), usual());
    let tree = &built.index.components[0];
    assert_eq!(
        tree.folders.iter().map(|path| path.as_str()).collect::<Vec<_>>(),
        ["plugins/none"]
    );
    let links: Vec<_> = tree
        .links
        .iter()
        .map(|link| (link.path.as_str(), link.target.as_str()))
        .collect();
    assert_eq!(links, [("lib/draft", "bin/draft")]);
}

#[test]
fn a_file_that_changes_meanwhile_is_noticed() {
    for changed in [noise(9, 3 << 20), noise(9, (2 << 20) + 1), noise(9, 10)] {
        let folder = Scratch::new();
        folder.write("large", &noise(8, 2 << 20));
        let input = Input::open(&folder.path, None).expect("good");
        let digests = digest::all(
            &input,
            &input.tree().files.iter().collect::<Vec<_>>(),
            1,
            &Unwatched,
        )
        .expect("read");
        let product = Product::default();
        let shares = assign(&product, input.tree()).expect("one component");
        let plans = order::plan(&shares, &digests);
        folder.write("large", &changed);
        let halted = pieces::read(&input, &plans, &Unwatched, &mut |_| Ok(()));
        assert!(matches!(halted, Err(pieces::Halt::Failed(Error::Changed { .. }))));
    }
}

#[test]
fn a_disk_that_takes_nothing_more_ends_the_work_with_its_name() {
    let folder = folder_of(&files());
    let input = Input::open(&folder.path, None).expect("good");
    let nowhere = folder.path.join("no/such/folder");
    let failed = build(
        &identity(),
        &Product::default(),
        &input,
        &making(1 << 20, 3),
        &nowhere,
        &Unwatched,
    );
    assert!(matches!(failed, Err(Error::Write { path, .. }) if path.starts_with(&nowhere)));
}

fn read_all(mut from: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).expect("readable");
    bytes
}
