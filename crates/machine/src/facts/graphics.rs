//! Facts about graphics adapters.

use super::{Reading, Readings, padded_version};
use std::collections::BTreeMap;
use sysinfo::Gpus;
use toolcrib_model::{FactName as F, FactName, FactValue};

pub(super) const NAMES: &[FactName] = &[
    F::GpuNames,
    F::GpuVendors,
    F::GpuMemory,
    F::GpuDrivers,
    F::GpuDriverVersion,
];

/// An adapter, and what it tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adapter {
    pub(super) name: String,
    pub(super) vendor: Option<String>,
    pub(super) memory: Option<u64>,
    pub(super) driver: Option<String>,
    pub(super) driver_version: Option<String>,
}

pub(super) fn read() -> Readings {
    let adapters = adapters();
    let of = |read: &dyn Fn(&[Adapter]) -> Reading| {
        adapters.as_ref().map_err(Clone::clone).and_then(|all| read(all))
    };
    vec![
        (
            F::GpuNames.into(),
            of(&|all| words(all.iter().map(|adapter| Some(&adapter.name)))),
        ),
        (
            F::GpuVendors.into(),
            of(&|all| words(all.iter().map(|adapter| adapter.vendor.as_ref()))),
        ),
        (F::GpuMemory.into(), of(&memory)),
        (
            F::GpuDrivers.into(),
            of(&|all| words(all.iter().map(|adapter| adapter.driver.as_ref()))),
        ),
        (F::GpuDriverVersion.into(), of(&driver_version)),
    ]
}

/// What the library finds, and what it leaves out: it drops an NVIDIA adapter whose own library is missing.
fn adapters() -> Result<Vec<Adapter>, String> {
    let found = Gpus::new_with_refreshed_list().map_err(|error| error.to_string())?;
    let mut all: BTreeMap<String, Adapter> = listed();
    for gpu in &found {
        let entry = all.entry(gpu.pci().to_string()).or_default();
        let said = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        if let Some(model) = said(gpu.model()) {
            entry.name = [said(gpu.vendor()), Some(model)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
        } else if entry.name.is_empty() {
            entry.name = said(gpu.vendor()).unwrap_or_else(|| "an adapter without a name".to_owned());
        }
        entry.vendor = entry.vendor.take().or_else(|| said(gpu.vendor()));
        entry.memory = entry.memory.or_else(|| gpu.total_memory());
    }
    Ok(all.into_values().collect())
}

fn words<'a>(all: impl Iterator<Item = Option<&'a String>>) -> Reading {
    let known = all.flatten().cloned();
    let distinct: std::collections::BTreeSet<_> = known.collect();
    Ok(FactValue::Words(distinct.into_iter().collect()))
}

/// No adapter has no memory; one that does not tell its memory may have any.
fn memory(all: &[Adapter]) -> Reading {
    let most = all.iter().filter_map(|adapter| adapter.memory).max();
    match most {
        Some(bytes) => Ok(FactValue::Bytes(bytes)),
        None if all.is_empty() => Ok(FactValue::Bytes(0)),
        None => Err("the graphics adapter does not tell its memory".to_owned()),
    }
}

/// The oldest, so that a rule about it holds for every adapter.
fn driver_version(all: &[Adapter]) -> Reading {
    let versions = all.iter().filter_map(|adapter| adapter.driver_version.as_deref());
    match versions.filter_map(padded_version).min() {
        Some(version) => Ok(FactValue::Version(version)),
        None if all.is_empty() => Err("there is no graphics adapter".to_owned()),
        None => Err("the graphics driver has no version of its own".to_owned()),
    }
}

#[cfg(target_os = "linux")]
fn listed() -> BTreeMap<String, Adapter> {
    super::pci::adapters(std::path::Path::new("/"))
}

#[cfg(not(target_os = "linux"))]
fn listed() -> BTreeMap<String, Adapter> {
    BTreeMap::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapter(memory: Option<u64>, version: Option<&str>) -> Adapter {
        Adapter {
            name: "x".to_owned(),
            memory,
            driver_version: version.map(str::to_owned),
            ..Adapter::default()
        }
    }

    #[test]
    fn memory_is_that_of_the_largest_adapter() {
        let all = [
            adapter(Some(1), None),
            adapter(None, None),
            adapter(Some(7), None),
        ];
        assert_eq!(memory(&all), Ok(FactValue::Bytes(7)));
        assert_eq!(memory(&[]), Ok(FactValue::Bytes(0)));
        assert!(memory(&[adapter(None, None)]).is_err());
    }

    #[test]
    fn the_oldest_driver_counts_and_one_without_a_version_is_unknown() {
        let all = [adapter(None, Some("550.54.14")), adapter(None, Some("535.1"))];
        assert_eq!(
            driver_version(&all),
            Ok(FactValue::Version(toolcrib_model::Version::new(535, 1, 0)))
        );
        assert!(driver_version(&[adapter(None, None)]).is_err() && driver_version(&[]).is_err());
    }
}
