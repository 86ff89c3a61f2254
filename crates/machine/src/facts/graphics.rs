//! Facts about graphics adapters and displays.

use super::{Group, Reading};
use camino::Utf8Path;
use std::collections::BTreeMap;
use sysinfo::Gpus;
use toolcrib_model::{FactName, FactValue};

pub(super) const GROUP: Group = Group {
    names: &[FactName::GpuNames, FactName::GpuMemory, FactName::DisplayPresent],
    read,
};

/// An adapter: its name and, if it tells it, its memory.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Adapter {
    name: String,
    memory: Option<u64>,
}

fn read(_: &Utf8Path) -> Vec<(FactName, Reading)> {
    let adapters = adapters();
    vec![
        (FactName::GpuNames, adapters.clone().map(|all| names(&all))),
        (FactName::GpuMemory, adapters.and_then(|all| memory(&all))),
        (FactName::DisplayPresent, display()),
    ]
}

/// What the library finds, and what it leaves out: it drops an NVIDIA adapter whose own library is missing.
fn adapters() -> Result<Vec<Adapter>, String> {
    let found = Gpus::new_with_refreshed_list().map_err(|error| error.to_string())?;
    let mut all: BTreeMap<String, Adapter> = listed();
    for gpu in &found {
        let name = [gpu.vendor(), gpu.model()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let known = all.remove(&gpu.pci().to_string());
        let name = if gpu.model().is_none() {
            known.map_or(name, |known| known.name)
        } else {
            name
        };
        all.insert(
            gpu.pci().to_string(),
            Adapter {
                name,
                memory: gpu.total_memory(),
            },
        );
    }
    Ok(all.into_values().collect())
}

fn names(all: &[Adapter]) -> FactValue {
    FactValue::Words(all.iter().map(|adapter| adapter.name.clone()).collect())
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

#[cfg(target_os = "linux")]
fn listed() -> BTreeMap<String, Adapter> {
    drm::adapters(std::path::Path::new("/"))
}

#[cfg(not(target_os = "linux"))]
fn listed() -> BTreeMap<String, Adapter> {
    BTreeMap::new()
}

#[cfg(target_os = "linux")]
mod drm {
    //! What the kernel lists by itself.

    use super::{Adapter, BTreeMap};
    use std::path::Path;

    /// The adapters by their address on the bus. `root` is `/` but in tests.
    pub(super) fn adapters(root: &Path) -> BTreeMap<String, Adapter> {
        let Ok(cards) = std::fs::read_dir(root.join("sys/class/drm")) else {
            return BTreeMap::new();
        };
        let names = cards.flatten().map(|entry| entry.path()).filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.starts_with("card") && !name.contains('-')
        });
        names
            .filter_map(|card| adapter(root, &card.join("device")))
            .collect()
    }

    fn adapter(root: &Path, device: &Path) -> Option<(String, Adapter)> {
        let address = device.read_link().ok()?.file_name()?.to_str()?.to_owned();
        let vendor = std::fs::read_to_string(device.join("vendor")).ok()?;
        let name = model(root, &address).unwrap_or_else(|| vendor_name(vendor.trim()));
        Some((address, Adapter { name, memory: None }))
    }

    /// NVIDIA's driver tells the model where its library is missing.
    fn model(root: &Path, address: &str) -> Option<String> {
        let place = root
            .join("proc/driver/nvidia/gpus")
            .join(address)
            .join("information");
        let text = std::fs::read_to_string(place).ok()?;
        let model = text.lines().find_map(|line| line.strip_prefix("Model:"))?;
        Some(model.trim().to_owned())
    }

    fn vendor_name(id: &str) -> String {
        match id {
            "0x10de" => "NVIDIA".to_owned(),
            "0x1002" => "AMD".to_owned(),
            "0x8086" => "Intel".to_owned(),
            "0x1af4" => "virtio".to_owned(),
            "0x15ad" => "VMware".to_owned(),
            other => format!("adapter of vendor {other}"),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn an_adapter_without_its_library_is_still_listed() {
            let root = tempfile::tempdir().expect("a folder");
            let make = |path: &str, text: &str| {
                let path = root.path().join(path);
                std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
                std::fs::write(path, text).expect("written");
            };
            make("sys/devices/0000:01:00.0/vendor", "0x10de\n");
            make("sys/devices/0000:02:00.0/vendor", "0x8086\n");
            make(
                "proc/driver/nvidia/gpus/0000:01:00.0/information",
                "Model: \t NVIDIA RTX A2000\nIRQ: 1\n",
            );
            for (card, address) in [
                ("card0", "0000:01:00.0"),
                ("card1", "0000:02:00.0"),
                ("card1-DP-1", "x"),
            ] {
                let card = root.path().join("sys/class/drm").join(card);
                std::fs::create_dir_all(&card).expect("created");
                let target = root.path().join("sys/devices").join(address);
                std::os::unix::fs::symlink(target, card.join("device")).expect("linked");
            }
            let names: Vec<_> = adapters(root.path())
                .into_values()
                .map(|adapter| adapter.name)
                .collect();
            assert_eq!(names, ["NVIDIA RTX A2000", "Intel"]);
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn display() -> Reading {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    Ok(FactValue::Flag(set("DISPLAY") || set("WAYLAND_DISPLAY")))
}

/// A session that a person sits at has the window server, `Aqua`.
#[cfg(target_os = "macos")]
fn display() -> Reading {
    let limit = std::time::Duration::from_millis(1500);
    let output = crate::process::run("/bin/launchctl".into(), &["managername".to_owned()], &[], limit);
    let output = output.map_err(|error| error.to_string())?;
    Ok(FactValue::Flag(
        String::from_utf8_lossy(&output.stdout).trim() == "Aqua",
    ))
}

/// A session that a person sits at, or reaches from afar, has a name.
#[cfg(windows)]
fn display() -> Reading {
    match std::env::var("SESSIONNAME") {
        Ok(name) => Ok(FactValue::Flag(!name.eq_ignore_ascii_case("services"))),
        Err(_) => Err("this session does not tell whether it has a display".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapter(memory: Option<u64>) -> Adapter {
        Adapter {
            name: "x".to_owned(),
            memory,
        }
    }

    #[test]
    fn memory_is_that_of_the_largest_adapter() {
        assert_eq!(
            memory(&[adapter(Some(1)), adapter(None), adapter(Some(7))]),
            Ok(FactValue::Bytes(7))
        );
        assert_eq!(memory(&[]), Ok(FactValue::Bytes(0)));
        assert!(memory(&[adapter(None)]).is_err());
    }
}
