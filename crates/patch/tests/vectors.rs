//! Test vectors for second implementations, in `tests/vectors/package/patches.json`.

use serde::{Deserialize, Serialize};
use toolcrib_model::PatchEncoding;
use toolcrib_patch::{Patch, make};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/package/patches.json"
);

#[derive(Serialize, Deserialize)]
struct Vectors {
    about: String,
    tests: Vec<Vector>,
}

#[derive(Serialize, Deserialize)]
struct Vector {
    name: String,
    encoding: PatchEncoding,
    /// The inputs, in hexadecimal digits.
    old: String,
    /// The patch, in hexadecimal digits.
    patch: String,
    /// How many bytes it must make.
    length: u64,
    /// What it makes, in hexadecimal digits; `null` where it must be refused.
    expect: Option<String>,
}

fn outcome(vector: &Vector) -> Option<String> {
    let [old, stored] = [&vector.old, &vector.patch].map(|text| hex::decode(text).expect("digits"));
    let patch = Patch {
        encoding: vector.encoding,
        stored: &stored,
        stored_length: stored.len() as u64,
        old: &old,
        old_length: old.len() as u64,
        output_length: vector.length,
    };
    let mut new = Vec::new();
    patch.apply(&mut new).ok().map(|()| hex::encode(new))
}

#[test]
fn the_published_patches_apply_or_are_refused_as_they_say() {
    let raw = std::fs::read(FILE).expect("the vectors");
    let file: Vectors = serde_json::from_slice(&raw).expect("vectors");
    for vector in &file.tests {
        assert_eq!(outcome(vector), vector.expect, "{}", vector.name);
    }
}

fn bsdiff(frames: [&[u8]; 4]) -> Vec<u8> {
    let frames = frames.map(|bytes| zstd::bulk::compress(bytes, 19).expect("compressed"));
    let lengths = frames[..3]
        .iter()
        .flat_map(|frame| (frame.len() as u64).to_le_bytes());
    lengths.chain(frames.concat()).collect()
}

/// Writes the vectors anew: `cargo test -p toolcrib-patch write_the_patch_vectors -- --ignored`.
#[test]
#[ignore = "writes tests/vectors/package/patches.json"]
fn write_the_patch_vectors() {
    let old = b"the quick brown fox jumps over the lazy dog. ".repeat(8);
    let fresh = b"something else entirely";
    let new = [&old[45..200], fresh, &old[10..150]].concat();
    let made = make(&old, &new).expect("made");
    // Back 0 and on 4, copy 5 with the third byte + 1, add 2 new ones; back to 0, copy 3.
    let steps = [8, 5, 2, 17, 3, 0];
    let sound = [&steps[..], &[2], &[1], b"!?"];
    let with = |place: usize, bytes: &'static [u8]| {
        let mut frames = sound;
        frames[place] = bytes;
        bsdiff(frames)
    };
    let refused = [
        ("a step before the old content", with(0, &[1, 5, 2, 0, 3, 0])),
        (
            "a step beyond the old content",
            with(0, &[0xd6, 5, 5, 2, 17, 3, 0]),
        ),
        ("a step of nothing", with(0, &[8, 5, 2, 0, 0, 0, 17, 3, 0])),
        ("a step that makes too much", with(0, &[8, 5, 2, 17, 4, 0])),
        ("too few steps", with(0, &[8, 5, 2])),
        ("a step left over", with(0, &[8, 5, 2, 17, 3, 0, 0, 1, 0])),
        ("a number of ten bytes", with(0, &[0xff; 10])),
        ("a gap that ends behind everything", with(1, &[8])),
        ("a gap cut short", with(1, &[0x82])),
        ("too few changes", with(2, &[])),
        ("a change left over", with(2, &[1, 1])),
        ("too few new bytes", with(3, b"!")),
        ("a new byte left over", with(3, b"!?!")),
        (
            "lengths beyond the patch",
            [vec![0xff; 24], bsdiff(sound)[24..].to_vec()].concat(),
        ),
        ("a patch cut short", bsdiff(sound)[..60].to_vec()),
        ("nothing", vec![]),
    ];
    let vector = |name: &str, encoding, old: &[u8], patch: &[u8], length| {
        let mut vector = Vector {
            name: name.to_owned(),
            encoding,
            old: hex::encode(old),
            patch: hex::encode(patch),
            length,
            expect: None,
        };
        vector.expect = outcome(&vector);
        vector
    };
    let prefix =
        |name, old, patch: &[u8], length| vector(name, PatchEncoding::ZstdPrefix, old, patch, length);
    let alone = make(b"", fresh).expect("made").bytes;
    let mut tests = vec![
        vector(
            "steps",
            PatchEncoding::Bsdiff,
            b"the quick brown fox",
            &bsdiff(sound),
            10,
        ),
        vector(
            "as it is made",
            made.encoding,
            &old,
            &made.bytes,
            new.len() as u64,
        ),
        prefix("without inputs", b"", &alone, fresh.len() as u64),
    ];
    assert!(tests.iter().all(|vector| vector.expect.is_some()));
    let hostile = refused
        .iter()
        .map(|(name, patch)| vector(name, PatchEncoding::Bsdiff, b"the quick brown fox", patch, 10));
    tests.extend(hostile);
    tests.push(prefix(
        "a prefix frame that makes more",
        b"",
        &alone,
        fresh.len() as u64 - 1,
    ));
    tests.push(prefix(
        "a prefix frame that makes less",
        b"",
        &alone,
        fresh.len() as u64 + 1,
    ));
    for vector in &tests[3..] {
        assert_eq!(vector.expect, None, "{}", vector.name);
    }
    let file = Vectors {
        about: "Patches with what they apply to, sound and hostile; see docs/protocol/package.md.".to_owned(),
        tests,
    };
    let json = serde_json::to_string(&file)
        .expect("JSON")
        .replace("},{\"name\"", "},\n{\"name\"");
    std::fs::write(FILE, json + "\n").expect("written");
}
