//! Bytes that can be read at any place.

use std::fs::File;
use std::io::{self, Read};

/// Bytes that can be read at any place: a file, a run of memory, several of them joined.
pub trait ReadAt {
    /// Fills all of `buffer` with the bytes from `at` on.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] where the bytes end before, or what the system says.
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()>;
}

impl ReadAt for [u8] {
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(at).map_err(|_| ended())?;
        let to = from.checked_add(buffer.len()).ok_or_else(ended)?;
        buffer.copy_from_slice(self.get(from..to).ok_or_else(ended)?);
        Ok(())
    }
}

impl ReadAt for Vec<u8> {
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.as_slice().read_exact_at(at, buffer)
    }
}

impl ReadAt for File {
    #[cfg(unix)]
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, buffer, at)
    }

    #[cfg(windows)]
    fn read_exact_at(&self, mut at: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            match std::os::windows::fs::FileExt::seek_read(self, buffer, at) {
                Ok(0) => return Err(ended()),
                Ok(count) => {
                    buffer = &mut buffer[count..];
                    at += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl<T: ReadAt + ?Sized> ReadAt for &T {
    fn read_exact_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        (**self).read_exact_at(at, buffer)
    }
}

/// Several contents, one after the other, as one: the inputs of a patch.
#[derive(Debug, Default)]
pub struct Joined<T> {
    /// Where each ends, in ascending order.
    ends: Vec<(u64, T)>,
}

impl<T> Joined<T> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { ends: Vec::new() }
    }

    /// Appends a content of exactly `length` bytes.
    pub fn push(&mut self, content: T, length: u64) {
        let end = self.length().saturating_add(length);
        self.ends.push((end, content));
    }

    /// The length of all of them.
    pub fn length(&self) -> u64 {
        self.ends.last().map_or(0, |(end, _)| *end)
    }
}

impl<T: ReadAt> ReadAt for Joined<T> {
    fn read_exact_at(&self, mut at: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        let mut place = self.ends.partition_point(|(end, _)| *end <= at);
        while !buffer.is_empty() {
            let (end, content) = self.ends.get(place).ok_or_else(ended)?;
            let begin = if place == 0 { 0 } else { self.ends[place - 1].0 };
            let count = buffer.len().min(usize::try_from(end - at).unwrap_or(usize::MAX));
            let (now, later) = buffer.split_at_mut(count);
            content.read_exact_at(at - begin, now)?;
            (buffer, at, place) = (later, *end, place + 1);
        }
        Ok(())
    }
}

/// A run of something that can be read at any place, read from its beginning to its end.
pub(crate) struct Run<'a> {
    content: &'a dyn ReadAt,
    at: u64,
    end: u64,
}

impl<'a> Run<'a> {
    pub(crate) fn new(content: &'a dyn ReadAt, at: u64, end: u64) -> Self {
        Self { content, at, end }
    }
}

impl Read for Run<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let count = left.min(buffer.len());
        self.content.read_exact_at(self.at, &mut buffer[..count])?;
        self.at += count as u64;
        Ok(count)
    }
}

fn ended() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_contents_read_as_one() {
        let mut joined = Joined::new();
        for content in [&b"old "[..], b"", b"con", b"tent"] {
            joined.push(content, content.len() as u64);
        }
        let mut buffer = [0; 7];
        joined.read_exact_at(2, &mut buffer).expect("inside");
        assert_eq!((&buffer, joined.length()), (b"d conte", 11));
    }

    #[test]
    fn reading_beyond_the_end_is_an_error() {
        let mut joined = Joined::new();
        joined.push(&b"abc"[..], 3);
        assert!(joined.read_exact_at(2, &mut [0; 2]).is_err());
        assert!(joined.read_exact_at(u64::MAX, &mut [0; 1]).is_err());
        assert!(b"abc"[..].read_exact_at(u64::MAX, &mut [0; 2]).is_err());
    }
}
