//! Reads little-endian fields out of a piece of the archive; running out is an answer, not a panic.

/// A piece of the archive that is read from front to back.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// Splits extra fields into their ids and contents; `None` where they do not fit, or one that counts is there twice.
    pub(super) fn extras(mut self) -> Option<Vec<(u16, Fields<'a>)>> {
        let mut extras = Vec::new();
        while !self.0.is_empty() {
            let (id, length) = (self.u16()?, self.u16()?);
            extras.push((id, Fields(self.take(length.into())?)));
        }
        let once = |one| extras.iter().filter(|(id, _)| *id == one).count() <= 1;
        (once(ZIP64) && once(UNICODE_NAME)).then_some(extras)
    }
}

/// The extra field that holds what does not fit into 32 bits.
const ZIP64: u16 = 0x0001;
/// The extra field that holds the name in Unicode.
const UNICODE_NAME: u16 = 0x7075;

/// The name that an extra field gives, without its version and checksum.
pub(super) fn unicode_name<'a>(extras: &[(u16, Fields<'a>)]) -> Option<&'a [u8]> {
    let (_, content) = extras.iter().find(|(id, _)| *id == UNICODE_NAME)?;
    content.0.get(5..)
}

/// The values that did not fit into 32 bits, in their order.
pub(super) struct Wide<'a>(Fields<'a>);

impl<'a> Wide<'a> {
    pub(super) fn of(extras: &[(u16, Fields<'a>)]) -> Self {
        let found = extras.iter().find(|(id, _)| *id == ZIP64);
        Self(found.map_or(Fields(&[]), |(_, content)| *content))
    }

    /// Whether every value was asked for: one that was not would count for some programs only.
    pub(super) const fn is_used_up(&self) -> bool {
        self.0.0.is_empty()
    }

    /// The value of a 32-bit field: its own, or the next wide one where it is full.
    pub(super) fn widen(&mut self, narrow: u32) -> Option<u64> {
        if narrow == u32::MAX {
            self.0.u64()
        } else {
            Some(narrow.into())
        }
    }
}
