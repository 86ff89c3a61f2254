//! Facts about processors and memory, as far as this process may use them.

use super::cgroup::{self, Limit};
use super::{Group, Reading, words};
use camino::Utf8Path;
use std::path::Path;
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};
use toolcrib_model::{FactName, FactValue};

pub(super) const GROUP: Group = Group {
    names: &[
        FactName::CpuBrand,
        FactName::CpuThreads,
        FactName::CpuCores,
        FactName::MemoryTotal,
        FactName::MemoryAvailable,
        FactName::SwapTotal,
    ],
    read,
};

fn read(_: &Utf8Path) -> Vec<(FactName, Reading)> {
    let wanted = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing())
        .with_memory(MemoryRefreshKind::everything());
    let system = System::new_with_specifics(wanted).map_err(|error| error.to_string());
    let limits = cgroup::limits(Path::new("/"));
    let of = |read: &dyn Fn(&System) -> Reading| system.as_ref().map_err(Clone::clone).and_then(read);
    vec![
        (FactName::CpuBrand, of(&brand)),
        (FactName::CpuThreads, threads()),
        (FactName::CpuCores, cores()),
        (
            FactName::MemoryTotal,
            of(&|system| total(system.total_memory(), &limits)),
        ),
        (
            FactName::MemoryAvailable,
            of(&|system| available(system.available_memory(), &limits)),
        ),
        (
            FactName::SwapTotal,
            of(&|system| Ok(FactValue::Bytes(system.total_swap()))),
        ),
    ]
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
