//! Small indexes for tests of the pure parts.

use std::collections::BTreeSet;
use toolcrib_model::{ComponentId, Digest};
use toolcrib_wire::index::{Chunk, ComponentTree, File, Index};
use toolcrib_wire::schema::Schema;

/// Path, place in the stream, size.
pub(crate) type SampleFile<'a> = (&'a str, u64, u64);

/// An index of chunks of these lengths, each stored in as many bytes, all in part 0 with 100 bytes between them.
pub(crate) fn index(lengths: &[u32], components: &[(&str, &[SampleFile<'_>])]) -> Index {
    let mut offset = 0;
    let chunks = lengths.iter().map(|&length| {
        let chunk = chunk(0, offset, length);
        offset += u64::from(length) + 100;
        chunk
    });
    Index {
        schema: Schema,
        cutter: "test".into(),
        chunks: chunks.collect(),
        components: components
            .iter()
            .map(|(id, files)| component(id, files))
            .collect(),
    }
}

/// A chunk whose stored length is its length.
pub(crate) fn chunk(part: u32, offset: u64, length: u32) -> Chunk {
    let digest = Digest::of(&length.to_le_bytes());
    Chunk {
        part,
        offset,
        stored_length: length,
        stored_sha256: digest,
        length,
        sha256: digest,
    }
}

/// Every component of the index.
pub(crate) fn all(index: &Index) -> BTreeSet<ComponentId> {
    index.components.iter().map(|tree| tree.id.clone()).collect()
}

fn component(id: &str, files: &[SampleFile<'_>]) -> ComponentTree {
    let file = |(path, at, size): &SampleFile<'_>| File {
        path: path.parse().expect("a path"),
        size: *size,
        sha256: Digest::of(path.as_bytes()),
        at: *at,
        executable: false,
    };
    ComponentTree {
        id: id.parse().expect("an id"),
        folders: Vec::new(),
        links: Vec::new(),
        files: files.iter().map(file).collect(),
    }
}
