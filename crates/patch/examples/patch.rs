//! Makes and applies one patch between two files, to see how small it is and what it costs:
//! `cargo run --release -p toolcrib-patch --features make --example patch -- make OLD NEW PATCH`, then `apply OLD PATCH NEW`.
//!
//! The patch's file begins with a line that says what a patch index would: the encoding and the length it makes.
#![allow(clippy::print_stderr, reason = "it is a program")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use toolcrib_model::PatchEncoding;
use toolcrib_patch::{Patch, ReadAt, make};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["make", old, new, patch] => make_one(old, new, patch),
        ["apply", old, patch, new] => apply_one(old, patch, new),
        _ => Err("make OLD NEW PATCH | apply OLD PATCH NEW".into()),
    }
}

fn make_one(old: &str, new: &str, patch: &str) -> Result<(), Box<dyn Error>> {
    let (old, new) = (fs::read(old)?, fs::read(new)?);
    let made = make(&old, &new)?;
    eprintln!("{:?}, {} bytes", made.encoding, made.bytes.len());
    let mut file = File::create(patch)?;
    writeln!(file, "{:?} {:020}", made.encoding, new.len())?;
    Ok(file.write_all(&made.bytes)?)
}

fn apply_one(old: &str, patch: &str, new: &str) -> Result<(), Box<dyn Error>> {
    let (old, patch) = (File::open(old)?, File::open(patch)?);
    let mut first = [0; 6];
    patch.read_exact_at(0, &mut first)?;
    let encoding = if &first == b"Bsdiff" {
        PatchEncoding::Bsdiff
    } else {
        PatchEncoding::ZstdPrefix
    };
    let begin = format!("{encoding:?} ").len() as u64;
    let mut length = [0; 20];
    patch.read_exact_at(begin, &mut length)?;
    let begin = begin + 21;
    let stored_length = patch.metadata()?.len() - begin;
    let mut out = BufWriter::new(File::create(new)?);
    let apply = Patch {
        encoding,
        stored: &After(&patch, begin),
        stored_length,
        old_length: old.metadata()?.len(),
        old: &old,
        output_length: std::str::from_utf8(&length)?.parse()?,
    };
    apply.apply(&mut out)?;
    Ok(out.flush()?)
}

/// What comes after a line.
struct After<'a>(&'a File, u64);

impl ReadAt for After<'_> {
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        self.0.read_exact_at(self.1.saturating_add(at), buffer)
    }
}
