//! Facts: what a computer has, by name, measured or unknown with a reason. Never a guess.

use semver::Version;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

macro_rules! fact_names {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The name of a fact. A closed list: a rule that asks for another name is refused, not ignored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FactName {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl FactName {
            /// All names.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in rules and reports.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

fact_names! {
    /// `linux`, `windows`, `macos`.
    OsFamily = "os.family",
    /// `Debian GNU/Linux`, `Windows`, `macOS`.
    OsName = "os.name",
    /// The system's version, padded to three numbers.
    OsVersion = "os.version",
    /// The kernel's version.
    KernelVersion = "os.kernel_version",
    /// `x86_64`, `aarch64`.
    Architecture = "os.architecture",
    /// `gnu`, `musl`.
    LibcName = "os.libc",
    /// The C library's version, padded to three numbers.
    LibcVersion = "os.libc_version",
    /// The processor's brand.
    CpuBrand = "cpu.brand",
    /// Logical processors that this process may use.
    CpuThreads = "cpu.threads",
    /// Physical cores.
    CpuCores = "cpu.cores",
    /// All memory that this process may use (the smaller of machine and container), in bytes.
    MemoryTotal = "memory.total_bytes",
    /// Memory that is free or can be freed, in bytes.
    MemoryAvailable = "memory.available_bytes",
    /// Swap space in bytes.
    SwapTotal = "memory.swap_bytes",
    /// Free space at the place where the product would go, in bytes.
    DiskFree = "disk.free_bytes",
    /// Size of that volume in bytes.
    DiskTotal = "disk.total_bytes",
    /// File system of that volume: `ext4`, `NTFS`.
    DiskFileSystem = "disk.file_system",
    /// Whether this person can write at that place.
    DiskWritable = "disk.writable",
    /// Names of the graphics adapters.
    GpuNames = "gpu.names",
    /// Memory of the largest graphics adapter in bytes.
    GpuMemory = "gpu.memory_bytes",
    /// Whether a display is there.
    DisplayPresent = "display.present",
    /// Whether this process has administrator rights.
    IsAdmin = "rights.is_admin",
    /// Whether the computer waits for a restart.
    RestartPending = "system.restart_pending",
    /// The computer's name on its network.
    HostName = "system.host_name",
}

impl fmt::Display for FactName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// No fact has this name.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("there is no fact named `{0}`")]
pub struct UnknownFact(String);

impl FromStr for FactName {
    type Err = UnknownFact;
    fn from_str(raw: &str) -> Result<Self, UnknownFact> {
        Self::ALL
            .iter()
            .copied()
            .find(|name| name.as_str() == raw)
            .ok_or_else(|| UnknownFact(raw.to_owned()))
    }
}

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    /// A word or a name.
    Text(String),
    /// A count.
    Number(u64),
    /// A size in bytes.
    Bytes(u64),
    /// A version.
    Version(Version),
    /// Yes or no.
    Flag(bool),
    /// Several words, in no order.
    Words(Vec<String>),
}

/// One fact: known, or unknown with the reason why it could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Measured.
    Known(FactValue),
    /// Not readable here, and why.
    Unknown(String),
}

/// All facts of one computer at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<FactName, Fact>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a measured value.
    pub fn know(&mut self, name: FactName, value: FactValue) {
        self.0.insert(name, Fact::Known(value));
    }

    /// Records that a fact could not be read, and why.
    pub fn miss(&mut self, name: FactName, reason: impl Into<String>) {
        self.0.insert(name, Fact::Unknown(reason.into()));
    }

    /// The fact, or that nobody asked for it.
    pub fn fact(&self, name: FactName) -> Fact {
        self.0
            .get(&name)
            .cloned()
            .unwrap_or_else(|| Fact::Unknown("it was not read".to_owned()))
    }

    /// All facts by name.
    pub fn iter(&self) -> impl Iterator<Item = (FactName, &Fact)> {
        self.0.iter().map(|(name, fact)| (*name, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_name_is_read_back_from_its_text() {
        for name in FactName::ALL {
            assert_eq!(name.as_str().parse(), Ok(*name));
        }
    }

    #[test]
    fn a_fact_nobody_read_is_unknown_with_a_reason() {
        assert!(matches!(Facts::new().fact(FactName::OsName), Fact::Unknown(reason) if !reason.is_empty()));
    }
}
