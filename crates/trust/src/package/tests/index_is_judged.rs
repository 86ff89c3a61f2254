use super::super::MAX_CHUNK_BYTES;
use super::super::index::{BadIndexTree, judge as judge_tree};
use super::super::tree::BadTree;
use super::*;

fn judged(change: impl FnOnce(&mut Index)) -> Result<(), BadIndexTree> {
    let mut index = index();
    change(&mut index);
    judge_tree(&manifest(), &index).map(|_| ())
}

fn refused_as_chunk(change: impl FnOnce(&mut Vec<Chunk>)) -> bool {
    matches!(
        judged(|index| change(&mut index.chunks)),
        Err(BadIndexTree::Chunk { .. })
    )
}

#[test]
fn a_sound_index_gives_each_component_its_chunks() {
    assert_eq!(judge_tree(&manifest(), &index()), Ok(vec![0..2, 2..3]));
}

#[test]
fn chunks_outside_their_part_are_refused() {
    assert!(refused_as_chunk(|chunks| chunks[2].part = 2));
    assert!(refused_as_chunk(|chunks| chunks[2].offset = 1));
    assert!(refused_as_chunk(|chunks| chunks[2].offset = u64::MAX));
}

#[test]
fn chunks_that_overlap_or_go_back_are_refused() {
    assert!(refused_as_chunk(|chunks| chunks[1].offset = 69));
    assert!(refused_as_chunk(|chunks| chunks.swap(0, 1)));
    assert!(refused_as_chunk(|chunks| chunks.swap(1, 2)));
}

#[test]
fn chunks_of_nothing_or_of_too_much_are_refused() {
    assert!(refused_as_chunk(|chunks| chunks[0].length = 0));
    assert!(refused_as_chunk(|chunks| chunks[0].stored_length = 0));
    assert!(refused_as_chunk(|chunks| chunks[0].length = MAX_CHUNK_BYTES + 1));
}

#[test]
fn files_must_cover_the_stream_without_gaps_or_overlaps() {
    let moved = |at: u64| judged(move |index| index.components[0].files[2].at = at);
    for at in [59, 61, 1, 1_000, u64::MAX] {
        assert!(matches!(moved(at), Err(BadIndexTree::Run { .. })), "{at}");
    }
}

#[test]
fn a_shared_run_must_have_the_same_size_and_content() {
    let other = judged(|index| index.components[0].files[1].sha256 = Digest::of(b"other"));
    assert!(matches!(other, Err(BadIndexTree::Run { .. })));
    let shorter = judged(|index| index.components[0].files[1].size = 59);
    assert!(matches!(shorter, Err(BadIndexTree::Run { .. })));
}

#[test]
fn a_component_may_not_reach_into_anothers_stream() {
    let shared = judged(|index| index.components[1].files[0].at = 0);
    assert!(matches!(shared, Err(BadIndexTree::Run { .. })));
    let cut = judged(|index| index.chunks[1].length = 60);
    assert!(matches!(cut, Err(BadIndexTree::Boundary { .. })));
}

#[test]
fn chunks_left_over_and_chunks_missing_are_refused() {
    let over = judged(|index| index.chunks[2].length = 31);
    assert!(matches!(over, Err(BadIndexTree::Boundary { .. })));
    let missing = judged(|index| index.chunks.truncate(2));
    assert!(matches!(missing, Err(BadIndexTree::Boundary { .. })));
}

#[test]
fn an_empty_file_has_the_digest_of_nothing() {
    let odd = judged(|index| index.components[0].files[3].sha256 = Digest::of(b"x"));
    assert!(matches!(odd, Err(BadIndexTree::Run { .. })));
}

#[test]
fn sums_must_be_those_of_the_manifest() {
    let fewer = judged(|index| drop(index.components[0].files.remove(1)));
    assert!(matches!(
        fewer,
        Err(BadIndexTree::Sum {
            what: "installed bytes",
            ..
        })
    ));
    let stored = judged(|index| index.chunks[0].stored_length = 29);
    assert!(matches!(
        stored,
        Err(BadIndexTree::Sum {
            what: "stored bytes",
            ..
        })
    ));
}

#[test]
fn components_must_be_those_of_the_manifest() {
    assert_eq!(
        judged(|index| index.components.swap(0, 1)),
        Err(BadIndexTree::Components)
    );
    assert_eq!(
        judged(|index| drop(index.components.pop())),
        Err(BadIndexTree::Components)
    );
}

#[test]
fn names_that_some_file_system_takes_for_one_are_refused() {
    for other in ["BIN/copy", "bin/Draft", "LIB/a", "Empty", "bin/LATEST"] {
        let clash = judged(|index| index.components[0].files[1].path = path(other));
        assert!(
            matches!(clash, Err(BadIndexTree::Tree(BadTree::Clash { .. }))),
            "{other}: {clash:?}"
        );
    }
}

#[test]
fn names_listed_twice_are_refused() {
    for other in ["bin/draft", "empty", "bin/latest", "doc/help.txt"] {
        let twice = judged(|index| index.components[0].files[1].path = path(other));
        assert!(
            matches!(twice, Err(BadIndexTree::Tree(BadTree::Twice { .. }))),
            "{other}: {twice:?}"
        );
    }
}

#[test]
fn nothing_lies_below_a_file_or_a_link() {
    for other in ["bin/draft/x", "bin/latest/x", "LIB/A/x", "lib"] {
        let below = judged(|index| index.components[1].files[0].path = path(other));
        assert!(matches!(below, Err(BadIndexTree::Tree(_))), "{other}: {below:?}");
    }
}

#[test]
fn links_end_at_something_inside() {
    let link = |name: &str, target: &str| Link {
        path: path(name),
        target: path(target),
    };
    let judged = |links: Vec<Link>| judged(move |index| index.components[0].links = links);
    assert_eq!(
        judged(vec![link("l", "bin"), link("m", "l"), link("n", "empty")]),
        Ok(())
    );
    for links in [
        vec![link("l", "nowhere")],
        vec![link("l", "l")],
        vec![link("l", "m"), link("m", "l")],
        vec![link("bin/up", "bin")],
        vec![link("l", "bin"), link("bin/up", "l")],
        vec![link("l", "BIN/draft")],
    ] {
        assert!(
            matches!(
                judged(links.clone()),
                Err(BadIndexTree::Tree(BadTree::Link { .. }))
            ),
            "{links:?}"
        );
    }
}

#[test]
fn files_that_the_manifest_names_must_be_there() {
    let mut manifest = manifest();
    manifest.read_me = Some(path("bin"));
    let judged = judge_tree(&manifest, &index());
    assert!(matches!(
        judged,
        Err(BadIndexTree::NoFile { what: "read-me", .. })
    ));
}

#[test]
fn a_hundred_thousand_files_of_one_chunk_are_judged() {
    let count = 100_000;
    let name = |n: u64| format!("share/Docs/{}/{}/page-{n}.html", n / 1_000, n / 50);
    let files = (0..count).map(|n| file(&name(n), n * 10, 10)).collect();
    let id = "core".parse().expect("an id");
    let mut manifest = manifest();
    (manifest.launch, manifest.shortcuts, manifest.read_me) = (None, vec![], None);
    manifest.components = vec![component("core", count * 10, 1_000, count)];
    manifest.parts = vec![blob(1_000)];
    let chunks = vec![chunk(0, 0, 1_000, count as u32 * 10)];
    let components = vec![ComponentTree {
        id,
        folders: vec![],
        links: vec![],
        files,
    }];
    let index = Index {
        schema: Schema,
        cutter: String::new(),
        components,
        chunks,
    };
    let judged = judge_tree(&manifest, &index).expect("sound");
    assert_eq!(judged[0], 0..1);
}
