use super::*;
use crate::sample;
use toolcrib_wire::index::Chunk;

/// Three chunks of 100 bytes; `b` begins in the first one and ends in the third one.
fn sample_index() -> Index {
    sample::index(
        &[100, 100, 100],
        &[(
            "core",
            &[("a", 0, 40), ("b", 40, 200), ("c", 240, 60), ("none", 300, 0)],
        )],
    )
}

fn file<'a>(index: &'a Index, path: &str) -> &'a File {
    packed_file(index, &path.parse().expect("a path")).expect("it is there")
}

#[test]
fn only_the_chunks_that_hold_a_file_are_wanted_and_of_them_its_own_run() {
    let index = sample_index();
    let wanted = |path: &str| pieces(&index, file(&index, path)).into_iter().collect::<Vec<_>>();
    assert_eq!(wanted("a"), [(0, 0..40)]);
    assert_eq!(wanted("b"), [(0, 40..100), (1, 0..100), (2, 0..40)]);
    assert_eq!(wanted("c"), [(2, 40..100)]);
    assert!(wanted("none").is_empty());
}

#[test]
fn a_path_that_is_not_in_the_package_is_no_file_of_it() {
    let index = sample_index();
    assert_eq!(packed_file(&index, &"d".parse().expect("a path")), None);
}

#[test]
fn what_is_too_large_is_refused_before_anything_is_asked_for() {
    let index = sample_index();
    let huge = File {
        size: MAX_PACKED_FILE_BYTES + 1,
        ..file(&index, "a").clone()
    };
    let refused = spans(&index, &huge, &pieces(&index, &huge));
    assert!(matches!(refused, Err(Error::Unreasonable { .. })), "{refused:?}");
}

#[test]
fn a_file_that_is_scattered_over_a_package_is_refused() {
    let chunk = |number: u64| sample::chunk(0, number << 20, 1);
    let index = Index {
        chunks: (0..100).map(chunk).collect(),
        ..sample::index(&[], &[("core", &[("a", 0, 100)])])
    };
    let scattered = file(&index, "a");
    let refused = spans(&index, scattered, &pieces(&index, scattered));
    assert!(matches!(refused, Err(Error::Unreasonable { .. })), "{refused:?}");
}

#[test]
fn chunks_that_are_stored_in_far_more_bytes_than_they_hold_are_refused() {
    let chunk = |number: u64| Chunk {
        stored_length: MAX_STORED_CHUNK_BYTES,
        ..sample::chunk(0, number * u64::from(MAX_STORED_CHUNK_BYTES), 1)
    };
    let index = Index {
        chunks: (0..3).map(chunk).collect(),
        ..sample::index(&[], &[("core", &[("a", 0, 3)])])
    };
    let padded = file(&index, "a");
    let refused = spans(&index, padded, &pieces(&index, padded));
    assert!(matches!(refused, Err(Error::Unreasonable { .. })), "{refused:?}");
}
