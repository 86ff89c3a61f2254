//! Facts about memory, and the processors as far as this process may use them.

#[cfg(target_os = "linux")]
use super::cgroup;
use super::{Reading, Readings, cpu, words};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};
use toolcrib_model::{FactName as F, FactName, FactValue};

pub(super) const NAMES: &[FactName] = &[
    F::CpuBrand,
    F::CpuThreads,
    F::CpuCores,
    F::CpuFrequency,
    F::CpuFeatures,
    F::MemoryTotal,
    F::MemoryAvailable,
    F::SwapTotal,
];

/// A limit on memory that is narrower than the computer, and how much of it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) most: u64,
    pub(super) used: u64,
}

pub(super) fn read() -> Readings {
    let wanted = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing().with_frequency())
        .with_memory(MemoryRefreshKind::everything());
    let system = System::new_with_specifics(wanted).map_err(|error| error.to_string());
    let limits = limits();
    let of = |read: &dyn Fn(&System) -> Reading| system.as_ref().map_err(Clone::clone).and_then(read);
    vec![
        (F::CpuBrand.into(), of(&brand)),
        (F::CpuThreads.into(), threads()),
        (F::CpuCores.into(), cores()),
        (F::CpuFrequency.into(), of(&|system| cpu::frequency(system))),
        (F::CpuFeatures.into(), cpu::features()),
        (
            F::MemoryTotal.into(),
            of(&|system| total(system.total_memory(), &limits)),
        ),
        (
            F::MemoryAvailable.into(),
            of(&|system| available(system.available_memory(), &limits)),
        ),
        (
            F::SwapTotal.into(),
            of(&|system| Ok(FactValue::Bytes(system.total_swap()))),
        ),
    ]
}

#[cfg(target_os = "linux")]
fn limits() -> Vec<Limit> {
    cgroup::limits(std::path::Path::new("/"))
}

#[cfg(not(target_os = "linux"))]
fn limits() -> Vec<Limit> {
    Vec::new()
}

fn brand(system: &System) -> Reading {
    words(
        system.cpus().first().map(|cpu| cpu.brand()).unwrap_or_default(),
        "the processor does not tell its brand",
    )
}

fn threads() -> Reading {
    let threads = std::thread::available_parallelism().map_err(|error| error.to_string())?;
    Ok(FactValue::Number(threads.get() as u64))
}

fn cores() -> Reading {
    System::physical_core_count()
        .map(|cores| FactValue::Number(cores as u64))
        .map_err(|error| error.to_string())
}

fn total(machine: u64, limits: &[Limit]) -> Reading {
    let least = limits.iter().map(|limit| limit.most).fold(machine, u64::min);
    if least == 0 {
        Err("the system does not tell its memory".to_owned())
    } else {
        Ok(FactValue::Bytes(least))
    }
}

fn available(machine: u64, limits: &[Limit]) -> Reading {
    let left = limits.iter().map(|limit| limit.most.saturating_sub(limit.used));
    Ok(FactValue::Bytes(left.fold(machine, u64::min)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_the_smallest_of_machine_and_containers() {
        let limits = [Limit { most: 500, used: 450 }, Limit { most: 900, used: 100 }];
        assert_eq!(total(1000, &limits), Ok(FactValue::Bytes(500)));
        assert_eq!(available(800, &limits), Ok(FactValue::Bytes(50)));
        assert_eq!(total(1000, &[]), Ok(FactValue::Bytes(1000)));
        assert!(total(0, &[]).is_err());
    }
}
