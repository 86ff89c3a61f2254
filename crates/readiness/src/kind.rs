//! What kind of value each fact has: the one table that decides which operands a rule may use.

use std::fmt;
use toolcrib_model::{FactName, FactValue};

/// The kind of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or a name.
    Word,
    /// A count.
    Number,
    /// A size in bytes.
    Size,
    /// A version.
    Version,
    /// Yes or no.
    Flag,
    /// Several words.
    Words,
}

impl Kind {
    /// The kind of value that `fact` has on every computer.
    pub const fn of(fact: FactName) -> Self {
        use FactName as F;
        match fact {
            F::OsFamily | F::OsName | F::OsEdition | F::OsBuild | F::OsDistribution => Self::Word,
            F::Architecture | F::LibcName | F::CpuBrand | F::HostName => Self::Word,
            F::DiskFileSystem | F::DiskKind | F::VolumeFileSystem | F::VolumeKind => Self::Word,
            F::DisplayServer | F::Virtualisation | F::Container => Self::Word,
            F::Locale | F::TimeZone | F::NetworkProxy => Self::Word,
            F::OsVersion | F::KernelVersion | F::LibcVersion | F::GpuDriverVersion => Self::Version,
            F::SoftwareVersion | F::LibraryVersion | F::RuntimeVersion | F::ProductVersion => Self::Version,
            F::CpuThreads | F::CpuCores | F::CpuFrequency | F::NetworkClockSkew => Self::Number,
            F::DisplayCount | F::DisplayWidth | F::DisplayHeight | F::DisplayScale => Self::Number,
            F::MemoryTotal | F::MemoryAvailable | F::SwapTotal | F::GpuMemory => Self::Size,
            F::DiskFree | F::DiskTotal | F::VolumeFree | F::VolumeTotal => Self::Size,
            F::NetworkThroughput => Self::Size,
            F::DiskWritable | F::DiskReadOnly | F::VolumeReadOnly | F::DisplayPresent => Self::Flag,
            F::IsAdmin | F::RestartPending | F::InstallRunning | F::ProcessRunning => Self::Flag,
            F::SoftwarePresent | F::LibraryPresent | F::RuntimePresent | F::ProductPresent => Self::Flag,
            F::PortFree | F::PathPresent | F::PathWritable => Self::Flag,
            F::NetworkDns | F::NetworkTcp | F::NetworkTls | F::NetworkReachable => Self::Flag,
            F::GpuNames | F::GpuVendors | F::GpuDrivers | F::CpuFeatures => Self::Words,
            F::VolumeMounts | F::ProductComponents => Self::Words,
        }
    }

    /// The kind of a measured value.
    pub const fn of_value(value: &FactValue) -> Self {
        match value {
            FactValue::Text(_) => Self::Word,
            FactValue::Number(_) => Self::Number,
            FactValue::Bytes(_) => Self::Size,
            FactValue::Version(_) => Self::Version,
            FactValue::Flag(_) => Self::Flag,
            FactValue::Words(_) => Self::Words,
        }
    }

    /// Whether values of this kind can be more or less.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Number | Self::Size | Self::Version)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Word => "a word",
            Self::Number => "a whole number",
            Self::Size => "a size such as \"4 GiB\"",
            Self::Version => "a version such as \"2.31\"",
            Self::Flag => "true or false",
            Self::Words => "a list of words",
        })
    }
}
