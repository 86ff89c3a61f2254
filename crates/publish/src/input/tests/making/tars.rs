//! Tar archives, block by block.

/// One header of a tar archive and what follows it.
#[derive(Clone)]
pub(in crate::input::tests) struct Block {
    pub(in crate::input::tests) name: Vec<u8>,
    pub(in crate::input::tests) kind: u8,
    pub(in crate::input::tests) mode: Vec<u8>,
    pub(in crate::input::tests) size: Option<Vec<u8>>,
    pub(in crate::input::tests) link: Vec<u8>,
    pub(in crate::input::tests) magic: &'static [u8],
    pub(in crate::input::tests) prefix: Vec<u8>,
    pub(in crate::input::tests) content: Vec<u8>,
    /// What the last block is filled up with.
    pub(in crate::input::tests) padding: u8,
}

/// A file with some content.
pub(in crate::input::tests) fn block(name: impl AsRef<[u8]>) -> Block {
    Block {
        name: name.as_ref().to_vec(),
        kind: b'0',
        mode: b"0000644\0".to_vec(),
        size: None,
        link: vec![],
        magic: b"ustar\x0000",
        prefix: vec![],
        content: b"content".to_vec(),
        padding: 0,
    }
}

/// An entry that is only a header.
pub(in crate::input::tests) fn bare(name: &str, kind: u8, link: &str) -> Block {
    Block {
        kind,
        link: link.as_bytes().to_vec(),
        content: vec![],
        ..block(name)
    }
}

/// Records for the next entry, or with `g` for all.
pub(in crate::input::tests) fn records(kind: u8, records: &[(&str, &str)]) -> Block {
    let line = |(key, value): &(&str, &str)| {
        let rest = format!(" {key}={value}\n");
        let digits = (1..).find(|digits| (rest.len() + digits).to_string().len() == *digits);
        format!("{}{rest}", rest.len() + digits.expect("some length fits"))
    };
    let content: String = records.iter().map(line).collect();
    Block {
        kind,
        content: content.into_bytes(),
        ..block("records")
    }
}

pub(in crate::input::tests) fn tar(blocks: &[Block]) -> Vec<u8> {
    let mut bytes: Vec<u8> = blocks.iter().flat_map(raw).collect();
    bytes.extend([0; 1024]);
    bytes
}

pub(in crate::input::tests) fn raw(block: &Block) -> Vec<u8> {
    let mut header = [0; 512];
    let mut put = |at: usize, field: &[u8]| header[at..at + field.len()].copy_from_slice(field);
    let size = format!("{:011o}\0", block.content.len()).into_bytes();
    put(0, &block.name);
    put(100, &block.mode);
    put(124, block.size.as_ref().unwrap_or(&size));
    put(148, b"        ");
    put(156, &[block.kind]);
    put(157, &block.link);
    put(257, block.magic);
    put(345, &block.prefix);
    let sum: u32 = header.iter().copied().map(u32::from).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let padding = vec![block.padding; block.content.len().wrapping_neg() % 512];
    [&header[..], &block.content, &padding].concat()
}
