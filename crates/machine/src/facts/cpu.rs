//! What a processor can do, and how fast.

use super::Reading;
use sysinfo::System;
use toolcrib_model::FactValue;

/// The instruction sets that programs ask for, as Linux names them; other systems are asked for the same ones.
#[cfg(target_os = "linux")]
const ASKED_FOR: [&str; 36] = [
    "sse",
    "sse2",
    "pni",
    "ssse3",
    "sse4_1",
    "sse4_2",
    "sse4a",
    "popcnt",
    "cx16",
    "movbe",
    "avx",
    "avx2",
    "f16c",
    "fma",
    "bmi1",
    "bmi2",
    "abm",
    "aes",
    "vaes",
    "pclmulqdq",
    "sha_ni",
    "rdrand",
    "rdseed",
    "adx",
    "avx512f",
    "avx512bw",
    "avx512vl",
    "avx512_vnni",
    "amx_tile",
    "avx_vnni",
    "asimd",
    "asimddp",
    "sve",
    "sve2",
    "crc32",
    "atomics",
];

const NONE: &str = "the processor does not tell its frequency";

/// The highest frequency that the kernel knows, else the one that the processor has now.
pub(super) fn frequency(system: &System) -> Reading {
    let now = system
        .cpus()
        .iter()
        .map(sysinfo::Cpu::frequency)
        .max()
        .unwrap_or(0);
    match highest().or(Some(now)).filter(|megahertz| *megahertz > 0) {
        Some(megahertz) => Ok(FactValue::Number(megahertz)),
        None => Err(NONE.to_owned()),
    }
}

#[cfg(target_os = "linux")]
fn highest() -> Option<u64> {
    let processors = std::fs::read_dir("/sys/devices/system/cpu").ok()?;
    let kilohertz = processors.flatten().filter_map(|entry| {
        let text = std::fs::read_to_string(entry.path().join("cpufreq/cpuinfo_max_freq")).ok()?;
        text.trim().parse::<u64>().ok()
    });
    kilohertz.max().map(|kilohertz| kilohertz / 1000)
}

#[cfg(not(target_os = "linux"))]
fn highest() -> Option<u64> {
    None
}

#[cfg(target_os = "linux")]
pub(super) fn features() -> Reading {
    let table = std::fs::read_to_string("/proc/cpuinfo").map_err(|error| error.to_string())?;
    listed(&table)
}

/// Those of the first processor; on ARM the line is called otherwise. `pni` is what others call SSE3.
#[cfg(target_os = "linux")]
fn listed(table: &str) -> Reading {
    let line = table.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        matches!(name.trim(), "flags" | "Features").then_some(value)
    });
    let line = line.ok_or("the processor does not tell its instruction sets")?;
    let known = line.split_whitespace().filter(|word| ASKED_FOR.contains(word));
    let named = known.map(|word| if word == "pni" { "sse3" } else { word });
    Ok(FactValue::Words(named.map(str::to_owned).collect()))
}

#[cfg(all(not(target_os = "linux"), target_arch = "x86_64"))]
pub(super) fn features() -> Reading {
    macro_rules! those_here {
        ($($ours:literal = $theirs:tt,)*) => {
            [$(($ours, std::arch::is_x86_feature_detected!($theirs)),)*]
        };
    }
    let all = those_here! {
        "sse" = "sse", "sse2" = "sse2", "sse3" = "sse3", "ssse3" = "ssse3", "sse4_1" = "sse4.1", "sse4_2" = "sse4.2",
        "popcnt" = "popcnt", "avx" = "avx", "avx2" = "avx2", "f16c" = "f16c", "fma" = "fma", "bmi1" = "bmi1", "bmi2" = "bmi2",
        "aes" = "aes", "pclmulqdq" = "pclmulqdq", "rdrand" = "rdrand", "rdseed" = "rdseed", "avx512f" = "avx512f",
        "avx512bw" = "avx512bw", "avx512vl" = "avx512vl",
    };
    let here = all.into_iter().filter(|(_, there)| *there);
    Ok(FactValue::Words(here.map(|(name, _)| name.to_owned()).collect()))
}

#[cfg(all(not(target_os = "linux"), not(target_arch = "x86_64")))]
pub(super) fn features() -> Reading {
    Err("this system does not tell the processor's instruction sets".to_owned())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn instruction_sets_are_read_on_intel_and_on_arm() {
        let words = |names: &[&str]| Ok(FactValue::Words(names.iter().map(ToString::to_string).collect()));
        assert_eq!(
            listed("processor\t: 0\nflags\t\t: fpu vme sse2 pni avx2 aes nopl\n\nprocessor\t: 1\n"),
            words(&["sse2", "sse3", "avx2", "aes"])
        );
        assert_eq!(
            listed("processor : 0\nFeatures : fp asimd aes crc32\n"),
            words(&["asimd", "aes", "crc32"])
        );
        assert!(listed("processor : 0\n").is_err());
    }
}
