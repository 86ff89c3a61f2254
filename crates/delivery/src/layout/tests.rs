use super::*;
use crate::sample::{self, SampleFile};
use proptest::prelude::*;

fn pieces(layout: &Layout, chunk: u32) -> Vec<(String, u64, Range<usize>)> {
    layout
        .pieces(chunk)
        .map(|piece| (piece.target.path.to_string(), piece.offset, piece.range))
        .collect()
}

fn laid_out(index: &Index) -> Result<Layout, Error> {
    Layout::new(&Arc::new(index.clone()), &sample::all(index))
}

#[test]
fn a_chunk_fills_every_file_whose_run_it_touches() {
    let index = sample::index(
        &[100, 50],
        &[("core", &[("a", 0, 30), ("b", 30, 90), ("c", 120, 30)])],
    );
    let layout = laid_out(&index).expect("laid out");
    assert_eq!(
        pieces(&layout, 0),
        [("a".into(), 0, 0..30), ("b".into(), 0, 30..100)]
    );
    assert_eq!(
        pieces(&layout, 1),
        [("b".into(), 70, 0..20), ("c".into(), 0, 20..50)]
    );
    assert_eq!(layout.chunks_of_file(1).len(), 2);
}

#[test]
fn files_with_the_same_content_are_filled_by_one_range() {
    let index = sample::index(&[10], &[("core", &[("a", 2, 5), ("b", 2, 5)])]);
    let layout = laid_out(&index).expect("laid out");
    assert_eq!(pieces(&layout, 0), [("a".into(), 0, 2..7), ("b".into(), 0, 2..7)]);
    assert_eq!((layout.written_bytes(0), layout.installed_bytes()), (10, 10));
}

#[test]
fn only_chunks_of_chosen_files_are_needed() {
    let index = sample::index(
        &[10, 10, 10],
        &[
            ("core", &[("a", 0, 10)]),
            ("extra", &[("b", 10, 10), ("twin", 0, 10)]),
        ],
    );
    let chosen = |ids: &[&str]| ids.iter().map(|id| id.parse().expect("an id")).collect();
    let needed = |ids: &[&str]| {
        Layout::new(&Arc::new(index.clone()), &chosen(ids))
            .expect("laid out")
            .needed()
            .collect::<Vec<_>>()
    };
    assert_eq!(needed(&["core"]), [0]);
    assert_eq!(
        needed(&["extra"]),
        [0, 1],
        "a file of `extra` shares the run of one of `core`"
    );
    assert_eq!(needed(&[]), [0_u32; 0]);
}

#[test]
fn empty_files_need_no_chunk_and_empty_packages_are_no_trouble() {
    let index = sample::index(&[], &[("core", &[("empty", 0, 0)])]);
    let layout = laid_out(&index).expect("laid out");
    assert_eq!(
        (
            layout.chunk_count(),
            layout.needed().count(),
            layout.files().len()
        ),
        (0, 0, 1)
    );
}

#[test]
fn a_folder_comes_after_the_one_that_holds_it() {
    let mut index = sample::index(&[3], &[("core", &[("x/y/z/file", 0, 3)])]);
    index.components[0].folders = vec!["x/empty/one".parse().expect("a path")];
    let layout = laid_out(&index).expect("laid out");
    let folders: Vec<_> = layout.folders().iter().map(RelPath::as_str).collect();
    assert_eq!(folders, ["x", "x/empty", "x/empty/one", "x/y", "x/y/z"]);
}

#[test]
fn a_file_beyond_the_stream_is_refused() {
    for (at, size) in [(0, 11), (11, 0), (u64::MAX, 2)] {
        let index = sample::index(&[10], &[("core", &[("a", at, size)])]);
        let refused = laid_out(&index);
        assert!(matches!(refused, Err(Error::Unreasonable { .. })), "{at} {size}");
    }
}

#[test]
fn an_index_that_would_fill_the_memory_is_refused() {
    let chunks = vec![1_u32; 20_000];
    let names: Vec<String> = (0..2_000).map(|n| format!("f{n}")).collect();
    let files: Vec<SampleFile<'_>> = names.iter().map(|name| (name.as_str(), 0, 20_000)).collect();
    let index = sample::index(&chunks, &[("core", &files)]);
    assert!(matches!(laid_out(&index), Err(Error::Unreasonable { .. })));
}

proptest! {
    #[test]
    fn the_pieces_of_a_file_are_exactly_its_run(chunks in prop::collection::vec(1_u32..40, 0..12), cuts in prop::collection::vec((0_u64..200, 0_u64..200), 0..8)) {
        let total: u64 = chunks.iter().map(|length| u64::from(*length)).sum();
        let names: Vec<String> = (0..cuts.len()).map(|n| format!("f{n}")).collect();
        let files: Vec<SampleFile<'_>> = cuts.iter().zip(&names)
            .map(|((at, size), name)| (name.as_str(), (*at).min(total), (*size).min(total - (*at).min(total))))
            .collect();
        let index = sample::index(&chunks, &[("core", &files)]);
        let layout = laid_out(&index).expect("laid out");
        let mut filled = vec![0_u64; files.len()];
        for chunk in layout.needed() {
            for piece in layout.pieces(chunk) {
                prop_assert_eq!(piece.offset, filled[piece.file as usize], "pieces come in order, without gaps");
                prop_assert!(!piece.range.is_empty());
                filled[piece.file as usize] += piece.range.len() as u64;
            }
        }
        for (file, filled) in layout.files().zip(filled) {
            prop_assert_eq!(file.size, filled);
        }
    }
}
