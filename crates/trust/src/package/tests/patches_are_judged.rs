use super::super::manifest::{BadManifest, judge as judge_words};
use super::super::patches::{BadPatches, judge as judge_index};
use super::*;
use toolcrib_model::patch::MAX_PREFIX_BYTES;

fn judged(change: impl FnOnce(&mut PatchIndex)) -> Result<(), BadPatches> {
    let mut patches = patch_index();
    change(&mut patches);
    judge_index(&patch_set(), &index(), &patches)
}

fn sets(change: impl FnOnce(&mut Manifest)) -> Result<(), BadManifest> {
    let mut manifest = manifest();
    change(&mut manifest);
    judge_words(&manifest, NAME)
}

#[test]
fn sound_patches_are_taken() {
    assert_eq!(judged(|_| ()), Ok(()));
    assert_eq!(judged(|patches| patches.patches.clear()), Ok(()));
}

#[test]
fn a_patch_lies_in_its_part_after_the_one_before() {
    let first = Err(BadPatches::Place { place: 0 });
    assert_eq!(judged(|all| all.patches[0].part = 2), first);
    assert_eq!(judged(|all| all.patches[0].offset = 6), first);
    assert_eq!(judged(|all| all.patches[0].offset = u64::MAX), first);
    assert_eq!(judged(|all| all.patches[0].stored_length = 0), first);
    let second = Err(BadPatches::Place { place: 1 });
    assert_eq!(judged(|all| all.patches[1].part = 0), second);
}

#[test]
fn a_patch_makes_files_of_this_release_only() {
    let foreign = judged(|all| all.patches[1].outputs[0].sha256 = Digest::of(b"foreign"));
    assert!(matches!(foreign, Err(BadPatches::Output { place: 1, .. })));
    let longer = judged(|all| {
        all.patches[1].outputs[0].length = 1 << 50;
        all.patches[1].length = 1 << 50;
    });
    assert!(matches!(longer, Err(BadPatches::Output { place: 1, .. })));
    let empty = Output {
        sha256: Digest::of(b""),
        length: 0,
    };
    let nothing = judged(|all| all.patches[1].outputs.push(empty));
    assert!(matches!(nothing, Err(BadPatches::Output { place: 1, .. })));
}

#[test]
fn nothing_is_made_twice() {
    let twice = judged(|all| {
        let output = all.patches[0].outputs[0];
        all.patches[1].outputs = vec![output];
        all.patches[1].length = output.length;
    });
    assert!(matches!(twice, Err(BadPatches::Twice { .. })));
}

#[test]
fn lengths_add_up() {
    let sum = Err(BadPatches::Sum { place: 0 });
    assert_eq!(judged(|all| all.patches[0].length = 101), sum);
    let nothing = judged(|all| {
        all.patches[0].outputs.clear();
        all.patches[0].length = 0;
    });
    assert_eq!(nothing, sum);
}

#[test]
fn old_content_that_is_held_in_memory_is_bounded() {
    let large = judged(|all| {
        all.patches[0].encoding = PatchEncoding::ZstdPrefix;
        all.patches[0].input_length = MAX_PREFIX_BYTES + 1;
    });
    assert!(matches!(large, Err(BadPatches::Input { place: 0, .. })));
    let hidden = judged(|all| all.patches[1].input_length = 1);
    assert!(matches!(hidden, Err(BadPatches::Input { place: 1, .. })));
}

#[test]
fn patches_lead_from_earlier_releases_and_from_each_once() {
    let from = |version: &str| {
        Err(BadManifest::PatchFrom {
            version: version.parse().expect("a version"),
        })
    };
    let same = sets(|manifest| manifest.patches[0].from = "1.0.0".parse().expect("a version"));
    assert_eq!(same, from("1.0.0"));
    let twice = sets(|manifest| manifest.patches.push(patch_set()));
    assert_eq!(twice, from("0.9.0"));
}

#[test]
fn patch_sets_and_their_lengths_are_bounded() {
    let many = sets(|manifest| manifest.patches = vec![patch_set(); 51]);
    assert!(matches!(
        many,
        Err(BadManifest::Count {
            what: "patch sets",
            ..
        })
    ));
    let nothing = sets(|manifest| manifest.patches[0].parts[1].length = 0);
    assert!(matches!(
        nothing,
        Err(BadManifest::Length {
            what: "patch part",
            ..
        })
    ));
    let large = sets(|manifest| manifest.patches[0].index.length = 1 << 40);
    assert!(matches!(
        large,
        Err(BadManifest::Length {
            what: "patch index",
            ..
        })
    ));
}
