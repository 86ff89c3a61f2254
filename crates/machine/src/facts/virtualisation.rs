//! Whether this computer is simulated by another.

use super::{Reading, words};

/// What hypervisors call themselves to their guests.
#[cfg(target_arch = "x86_64")]
const SIGNATURES: [(&str, &str); 9] = [
    ("KVMKVMKVM", "kvm"),
    ("Linux KVM Hv", "kvm"),
    ("Microsoft Hv", "hyper-v"),
    ("VMwareVMware", "vmware"),
    ("VBoxVBoxVBox", "virtualbox"),
    ("XenVMMXenVMM", "xen"),
    ("prl hyperv", "parallels"),
    ("TCGTCGTCGTCG", "qemu"),
    ("bhyve bhyve", "bhyve"),
];

/// The processor itself says it, in the leaves that are kept for hypervisors.
#[cfg(target_arch = "x86_64")]
pub(super) fn read() -> Reading {
    use std::arch::x86_64::__cpuid;
    const HYPERVISOR: u32 = 1 << 31;
    if __cpuid(1).ecx & HYPERVISOR == 0 {
        return words("none", "");
    }
    let leaf = __cpuid(0x4000_0000);
    let bytes = [leaf.ebx, leaf.ecx, leaf.edx].map(u32::to_le_bytes).concat();
    // Windows on real hardware runs above its own hypervisor, and may then create partitions.
    let is_host = bytes == *b"Microsoft Hv" && __cpuid(0x4000_0003).ebx & 1 == 1;
    if is_host { words("none", "") } else { named(&bytes) }
}

#[cfg(target_arch = "x86_64")]
fn named(signature: &[u8]) -> Reading {
    let text = String::from_utf8_lossy(signature);
    let text = text.trim_end_matches('\0').trim();
    let known = SIGNATURES.iter().find(|(theirs, _)| *theirs == text);
    words(
        known.map_or(text, |(_, ours)| ours),
        "its hypervisor does not tell its name",
    )
}

#[cfg(all(not(target_arch = "x86_64"), target_os = "linux"))]
pub(super) fn read() -> Reading {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let product = read("/sys/class/dmi/id/sys_vendor") + &read("/proc/device-tree/hypervisor/compatible");
    let known = [
        ("QEMU", "kvm"),
        ("VMware", "vmware"),
        ("Amazon EC2", "kvm"),
        ("linux,kvm", "kvm"),
        ("xen", "xen"),
    ];
    match known.iter().find(|(theirs, _)| product.contains(theirs)) {
        Some((_, ours)) => words(*ours, ""),
        None => Err("this processor does not say whether it is simulated".to_owned()),
    }
}

#[cfg(all(not(target_arch = "x86_64"), not(target_os = "linux")))]
pub(super) fn read() -> Reading {
    Err("this processor does not say whether it is simulated".to_owned())
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    #[test]
    fn hypervisors_are_known_by_what_they_call_themselves() {
        assert_eq!(named(b"KVMKVMKVM\0\0\0"), words("kvm", ""));
        assert_eq!(named(b"SomethingNew"), words("SomethingNew", ""));
        assert!(named(&[0; 12]).is_err());
    }
}
