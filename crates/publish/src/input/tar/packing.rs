//! How an archive is packed, told by its first bytes; and unpacking it, bounded.

use super::content::{Content, Fault};
use super::header;
use crate::Error;
use crate::input::failed;
use crate::input::refusal::{BadArchive, judge_growth};
use camino::Utf8Path;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use std::fs::File;
use std::io::{self, BufReader, Read, Write as _};

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
const XZ: &[u8] = b"\xfd7zXZ\0";
/// The most memory that unpacking xz may ask for: what `xz -9` needs, and half as much again.
const XZ_MEMORY_KIB: u32 = 100 << 10;
const BUFFER_BYTES: usize = 256 << 10;

/// How an archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Packing {
    Plain,
    Gzip,
    Zstd,
    Xz,
}

impl Packing {
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "tar",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
        }
    }

    fn reader(self, file: BufReader<File>) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::Plain => Box::new(file),
            Self::Gzip => Box::new(MultiGzDecoder::new(file)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(file)?),
            Self::Xz => Box::new(XzReader::new_mem_limit(file, true, XZ_MEMORY_KIB)),
        })
    }
}

/// How the archive at `path` is packed; `None` where it is no tar archive, compressed or not.
pub(in crate::input) fn packing(path: &Utf8Path) -> Result<Option<Packing>, Error> {
    let mut start = Vec::new();
    let file = File::open(path).map_err(|source| failed(path, source))?;
    let read = file.take(header::BLOCK_BYTES).read_to_end(&mut start);
    read.map_err(|source| failed(path, source))?;
    let compressed = [(GZIP, Packing::Gzip), (ZSTD, Packing::Zstd), (XZ, Packing::Xz)];
    let found = compressed.into_iter().find(|(mark, _)| start.starts_with(mark));
    Ok(match found {
        Some((_, packing)) => Some(packing),
        None => header::is_header(&start).then_some(Packing::Plain),
    })
}

/// The bytes of the archive itself. Those of a compressed one go to a file that has no name and vanishes with us.
pub(super) fn unpack(path: &Utf8Path, packing: Packing) -> Result<Content, Fault> {
    let file = File::open(path)?;
    if packing == Packing::Plain {
        return Ok(Content::new(file)?);
    }
    let stored = file.metadata()?.len();
    let mut content = packing.reader(BufReader::with_capacity(BUFFER_BYTES, file))?;
    let mut out = tempfile::tempfile()?;
    let (mut buffer, mut size) = (vec![0; BUFFER_BYTES], 0);
    loop {
        match content
            .read(&mut buffer)
            .map_err(|error| damaged(error, packing))?
        {
            0 => return Ok(Content::new(out)?),
            count => {
                size += count as u64;
                judge_growth("the archive", stored, size)?;
                out.write_all(&buffer[..count])?;
            }
        }
    }
}

/// What the system says is its own fault; all else is the archive's.
fn damaged(error: io::Error, packing: Packing) -> Fault {
    match error.raw_os_error() {
        Some(_) => Fault::Read(error),
        None => Fault::Refused(BadArchive::Compression {
            method: packing.name(),
        }),
    }
}
