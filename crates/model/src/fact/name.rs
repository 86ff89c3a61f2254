//! The names of facts: one table.

use serde::{Deserialize, Serialize};
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
    /// `Server`, `Workstation`, `Professional`: what the maker sells the system as.
    OsEdition = "os.edition",
    /// The system's version, padded to three numbers.
    OsVersion = "os.version",
    /// The maker's name for this build: `22631.3447`, `23F79`.
    OsBuild = "os.build",
    /// The distribution's short name on Linux: `debian`, `rhel`.
    OsDistribution = "os.distribution",
    /// The kernel's version.
    KernelVersion = "os.kernel_version",
    /// `x86_64`, `aarch64`.
    Architecture = "os.architecture",
    /// `gnu`, `musl`: what the system's own programs use.
    LibcName = "os.libc",
    /// The C library's version, padded to three numbers.
    LibcVersion = "os.libc_version",
    /// The processor's brand.
    CpuBrand = "cpu.brand",
    /// Logical processors that this process may use.
    CpuThreads = "cpu.threads",
    /// Physical cores.
    CpuCores = "cpu.cores",
    /// The highest frequency that the processor tells, in megahertz.
    CpuFrequency = "cpu.frequency_mhz",
    /// Instruction sets: `sse4_2`, `avx2`, `aes`, `neon`.
    CpuFeatures = "cpu.features",
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
    /// What that volume is: `ssd`, `hdd`, `network`, `memory`.
    DiskKind = "disk.kind",
    /// Whether that volume takes no writes from anybody.
    DiskReadOnly = "disk.read_only",
    /// Whether this person can write at that place.
    DiskWritable = "disk.writable",
    /// Where volumes with files of people are mounted.
    VolumeMounts = "volume.mounts",
    /// Free space of the volume that is mounted there, in bytes.
    VolumeFree = "volume.free_bytes",
    /// Its size in bytes.
    VolumeTotal = "volume.total_bytes",
    /// Its file system.
    VolumeFileSystem = "volume.file_system",
    /// What it is: `ssd`, `hdd`, `network`, `memory`.
    VolumeKind = "volume.kind",
    /// Whether it takes no writes.
    VolumeReadOnly = "volume.read_only",
    /// Names of the graphics adapters.
    GpuNames = "gpu.names",
    /// Makers of the graphics adapters: `NVIDIA`, `AMD`, `Intel`.
    GpuVendors = "gpu.vendors",
    /// Memory of the largest graphics adapter in bytes.
    GpuMemory = "gpu.memory_bytes",
    /// Drivers of the graphics adapters: `nvidia`, `amdgpu`, `i915`.
    GpuDrivers = "gpu.drivers",
    /// Version of the graphics driver; the oldest, where there are several.
    GpuDriverVersion = "gpu.driver_version",
    /// Whether a display is there.
    DisplayPresent = "display.present",
    /// What draws: `x11`, `wayland`, `windows`, `quartz`.
    DisplayServer = "display.server",
    /// How many displays are switched on.
    DisplayCount = "display.count",
    /// Width of the largest display in pixels.
    DisplayWidth = "display.width",
    /// Height of the largest display in pixels.
    DisplayHeight = "display.height",
    /// How much larger than usual things are drawn, in per cent: 100, 150, 200.
    DisplayScale = "display.scale_percent",
    /// Whether this process has administrator rights.
    IsAdmin = "rights.is_admin",
    /// Whether the computer waits for a restart.
    RestartPending = "system.restart_pending",
    /// Whether another installation is at work.
    InstallRunning = "system.install_running",
    /// The computer's name on its network.
    HostName = "system.host_name",
    /// `none`, or what the computer is simulated by: `kvm`, `vmware`, `hyper-v`.
    Virtualisation = "system.virtualisation",
    /// `none`, or the kind of container: `docker`, `podman`, `lxc`.
    Container = "system.container",
    /// The person's language and country: `de-DE`.
    Locale = "system.locale",
    /// The time zone: `Europe/Berlin`.
    TimeZone = "system.time_zone",
    /// Whether a program package with this name is installed.
    SoftwarePresent = "software.present",
    /// Its version, padded to three numbers.
    SoftwareVersion = "software.version",
    /// Whether a shared library with this name is found by programs.
    LibraryPresent = "library.present",
    /// Its version as its file name tells it.
    LibraryVersion = "library.version",
    /// Whether a runtime is there: `java`, `dotnet`, `python`, `node`, `vc`.
    RuntimePresent = "runtime.present",
    /// The version of the newest one.
    RuntimeVersion = "runtime.version",
    /// Whether a program with this name runs now.
    ProcessRunning = "process.running",
    /// Whether nobody listens on this TCP port of this computer.
    PortFree = "port.free",
    /// Whether something is at this path.
    PathPresent = "path.present",
    /// Whether this person can write there.
    PathWritable = "path.writable",
    /// Whether a product is installed by Toolcrib.
    ProductPresent = "product.present",
    /// The installed release.
    ProductVersion = "product.version",
    /// The installed components.
    ProductComponents = "product.components",
    /// `none`, or the proxy that would be asked, without names and passwords.
    NetworkProxy = "network.proxy",
    /// Whether this host's name is known.
    NetworkDns = "network.dns",
    /// Whether a connection to this host can be made.
    NetworkTcp = "network.tcp",
    /// Whether the host shows a certificate that this computer trusts.
    NetworkTls = "network.tls",
    /// Whether the host answers a request, through the proxy if there is one.
    NetworkReachable = "network.reachable",
    /// How far this computer's clock is from the hosts', in seconds, whichever way.
    NetworkClockSkew = "network.clock_skew_seconds",
    /// How fast content comes, in bytes a second; measured only where the person agreed to it.
    NetworkThroughput = "network.throughput",
}

impl fmt::Display for FactName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// No fact has this name.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
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
