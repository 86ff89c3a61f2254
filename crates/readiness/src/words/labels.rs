//! The names of facts for people.

use toolcrib_model::{FactKey, FactName};

/// The fact's name for people, with what it is about.
pub(crate) fn label_of(key: &FactKey) -> String {
    let label = label(key.name());
    match key.subject() {
        Some(subject) => format!("{label} {subject}"),
        None => label.to_owned(),
    }
}

const fn label(fact: FactName) -> &'static str {
    use FactName as F;
    match fact {
        F::OsFamily => "operating system",
        F::OsName => "system name",
        F::OsVersion => "system version",
        F::KernelVersion => "kernel version",
        F::Architecture => "processor architecture",
        F::LibcName => "C library",
        F::LibcVersion => "C library version",
        F::CpuBrand => "processor",
        F::CpuThreads => "logical processors",
        F::CpuCores => "processor cores",
        F::MemoryTotal => "memory",
        F::MemoryAvailable => "available memory",
        F::SwapTotal => "swap space",
        F::DiskFree => "free disk space",
        F::DiskTotal => "disk size",
        F::DiskFileSystem => "file system",
        F::DiskWritable => "folder can be written",
        F::GpuNames => "graphics adapters",
        F::GpuMemory => "graphics memory",
        F::DisplayPresent => "display present",
        F::IsAdmin => "administrator rights",
        F::RestartPending => "restart pending",
        F::HostName => "computer name",
        F::OsEdition => "system edition",
        F::OsBuild => "system build",
        F::OsDistribution => "distribution",
        F::CpuFrequency => "processor frequency in MHz",
        F::CpuFeatures => "instruction sets",
        F::DiskKind => "kind of disk",
        F::DiskReadOnly => "disk is read-only",
        F::VolumeMounts => "volumes",
        F::VolumeFree => "free space of",
        F::VolumeTotal => "size of",
        F::VolumeFileSystem => "file system of",
        F::VolumeKind => "kind of volume",
        F::VolumeReadOnly => "read-only volume",
        F::GpuVendors => "makers of graphics adapters",
        F::GpuDrivers => "graphics drivers",
        F::GpuDriverVersion => "graphics driver version",
        F::DisplayServer => "display server",
        F::DisplayCount => "displays",
        F::DisplayWidth => "display width",
        F::DisplayHeight => "display height",
        F::DisplayScale => "display scale in %",
        F::InstallRunning => "another installation running",
        F::Virtualisation => "virtual machine",
        F::Container => "container",
        F::Locale => "language and country",
        F::TimeZone => "time zone",
        F::SoftwarePresent => "package installed:",
        F::SoftwareVersion => "version of",
        F::LibraryPresent => "library found:",
        F::LibraryVersion => "version of library",
        F::RuntimePresent => "runtime found:",
        F::RuntimeVersion => "version of runtime",
        F::ProcessRunning => "program running:",
        F::PortFree => "free port",
        F::PathPresent => "path exists:",
        F::PathWritable => "can be written:",
        F::ProductPresent => "product installed:",
        F::ProductVersion => "version of product",
        F::ProductComponents => "components of product",
        F::NetworkProxy => "proxy",
        F::NetworkDns => "name known:",
        F::NetworkTcp => "connection to",
        F::NetworkTls => "trusted certificate of",
        F::NetworkReachable => "answer from",
        F::NetworkClockSkew => "clock difference in seconds",
        F::NetworkThroughput => "pace of downloads",
    }
}

/// What has to be said after a value of the fact, where its kind does not say it.
pub(crate) const fn unit_of(fact: FactName) -> &'static str {
    match fact {
        FactName::NetworkThroughput => " a second",
        _ => "",
    }
}
