//! Archives put together field by field, so that a test can spoil any of them.

mod tars;
mod zips;

pub(super) use tars::{Block, bare, block, raw, records, tar};
pub(super) use zips::{
    DESCRIPTOR, End, Entry, Local, UNICODE, compressed, deflated, described, entry, extra, folder, link,
    unicode_name, wide, zip, zip_ending,
};

use std::io::Write as _;

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

pub(super) fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(6);
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).expect("begun");
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

/// With a checksum, as the program `zstd` writes it.
pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ::zstd::Encoder::new(Vec::new(), 3).expect("begun");
    encoder.include_checksum(true).expect("set");
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}
