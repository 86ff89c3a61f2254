//! How a long piece of work tells how far it is. The library never prints.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Listing and judging what is to be packed.
    Reading,
    /// Taking the digest of every file.
    Digesting,
    /// Cutting, compressing and writing parts.
    Packing,
    /// Making patches from earlier releases.
    Patching,
    /// Signing and judging what was made.
    Signing,
    /// Sending to a server.
    Pushing,
}

impl Stage {
    /// The stage as a person reads it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Digesting => "digesting",
            Self::Packing => "packing",
            Self::Patching => "patching",
            Self::Signing => "signing",
            Self::Pushing => "pushing",
        }
    }
}

/// Is told how far the work is; from several threads.
pub trait Watch: Sync {
    /// A stage begins; it will advance by `total` bytes, 0 where that is not known.
    fn begin(&self, stage: Stage, total: u64);
    /// Another `bytes` are done.
    fn advance(&self, bytes: u64);
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn begin(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}
