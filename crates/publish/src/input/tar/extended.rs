//! What stands before an entry and overrides its header: POSIX records (`x`, `g`) and GNU's long names (`L`, `K`).

use super::header::Header;
use crate::input::refusal::BadArchive;
use std::collections::BTreeMap;

/// The most bytes of such a piece.
pub(super) const MAX_BYTES: u64 = 1 << 20;
/// From here on a size does not fit a plain header, which then holds none.
const WIDE_BYTES: u64 = 1 << 33;

/// What overrides the next header.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    name: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Overrides {
    pub(super) const fn is_empty(&self) -> bool {
        self.name.is_none() && self.link.is_none() && self.size.is_none()
    }

    /// Takes a GNU long name or long link target.
    pub(super) fn long(&mut self, kind: u8, content: &[u8], at: u64) -> Result<(), BadArchive> {
        let Some((text, [0])) = content
            .split_last_chunk::<1>()
            .filter(|(text, _)| !text.contains(&0))
        else {
            return Err(BadArchive::Block {
                at,
                reason: "a long name does not end at its end",
            });
        };
        let slot = if kind == b'L' {
            &mut self.name
        } else {
            &mut self.link
        };
        once(slot, text.to_vec(), at)
    }

    /// Takes the records of one entry. Those that say nothing of what is packed — times, owners — are passed over.
    pub(super) fn records(&mut self, content: &[u8], at: u64) -> Result<(), BadArchive> {
        for (key, value) in parse(content, at)? {
            match key.as_slice() {
                b"path" => once(&mut self.name, value, at)?,
                b"linkpath" => once(&mut self.link, value, at)?,
                b"size" => once(&mut self.size, size(&value, at)?, at)?,
                key if key.starts_with(b"GNU.sparse.") => {
                    return Err(BadArchive::Block {
                        at,
                        reason: "files with holes are not read",
                    });
                }
                _ => (),
            }
        }
        Ok(())
    }

    /// Overrides a header. A size said twice must be said alike.
    pub(super) fn apply(self, header: &mut Header, at: u64) -> Result<(), BadArchive> {
        match self.size {
            Some(size) if size == header.size => (),
            Some(size) if size >= WIDE_BYTES && header.size == 0 => header.size = size,
            Some(_) => {
                return Err(BadArchive::Block {
                    at,
                    reason: "it gives two sizes",
                });
            }
            None => (),
        }
        header.name = self.name.unwrap_or_else(|| std::mem::take(&mut header.name));
        header.link = self.link.unwrap_or_else(|| std::mem::take(&mut header.link));
        Ok(())
    }
}

/// Judges records that are meant for all entries: they may say nothing of what is packed.
pub(super) fn judge_global(content: &[u8], at: u64) -> Result<(), BadArchive> {
    let mut overrides = Overrides::default();
    overrides.records(content, at)?;
    if overrides.is_empty() {
        Ok(())
    } else {
        Err(BadArchive::Block {
            at,
            reason: "it gives all entries one name or size",
        })
    }
}

fn once<T>(slot: &mut Option<T>, value: T, at: u64) -> Result<(), BadArchive> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(BadArchive::Block {
            at,
            reason: "it says twice what comes next",
        }),
    }
}

fn size(value: &[u8], at: u64) -> Result<u64, BadArchive> {
    let digits = std::str::from_utf8(value).ok();
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let size = digits.and_then(|digits| digits.parse().ok());
    size.ok_or(BadArchive::Block {
        at,
        reason: "a size is not a number",
    })
}

type Records = BTreeMap<Vec<u8>, Vec<u8>>;

/// Records are `LENGTH KEY=VALUE\n`, where the length counts all of it.
fn parse(mut content: &[u8], at: u64) -> Result<Records, BadArchive> {
    let mut records = Records::new();
    while !content.is_empty() {
        let record = next(content).filter(|(key, value, _)| !key.contains(&0) && !value.contains(&0));
        let (key, value, rest) = record.ok_or(BadArchive::Block {
            at,
            reason: "its records are not well formed",
        })?;
        if records.insert(key.to_vec(), value.to_vec()).is_some() {
            return Err(BadArchive::Block {
                at,
                reason: "it has one record twice",
            });
        }
        content = rest;
    }
    Ok(records)
}

fn next(content: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = content.iter().take(20).position(|byte| *byte == b' ')?;
    let digits = std::str::from_utf8(&content[..space]).ok()?;
    let length: usize = digits.parse().ok().filter(|_| !digits.starts_with(['0', '+']))?;
    let (record, rest) = content.split_at_checked(length)?;
    let record = record.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|byte| *byte == b'=')?;
    Some((&record[..equals], &record[equals + 1..], rest))
}
