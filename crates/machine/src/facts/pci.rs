//! Graphics adapters as the Linux kernel lists them: on the PCI bus with and without a driver, and cards that are elsewhere.

use super::graphics::Adapter;
use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::path::Path;

/// The PCI class of everything that draws.
const DRAWS: &str = "0x03";
/// Where distributions keep the list of names.
const NAMES: [&str; 3] = [
    "usr/share/hwdata/pci.ids",
    "usr/share/misc/pci.ids",
    "var/lib/pciutils/pci.ids",
];

/// The adapters by their address. `root` is `/` but in tests.
pub(super) fn adapters(root: &Path) -> BTreeMap<String, Adapter> {
    let mut found = BTreeMap::new();
    for device in folders(&root.join("sys/bus/pci/devices")) {
        let class = text(&device.join("class")).unwrap_or_default();
        if class.starts_with(DRAWS) {
            found.extend(adapter(root, &device));
        }
    }
    for card in folders(&root.join("sys/class/drm")) {
        let name = card
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with("card") && !name.contains('-') {
            found.extend(adapter(root, &card.join("device")));
        }
    }
    found
}

fn folders(place: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn text(place: &Path) -> Option<String> {
    let text = std::fs::read_to_string(place).ok()?;
    Some(text.trim().to_owned())
}

fn adapter(root: &Path, device: &Path) -> Option<(String, Adapter)> {
    let folder = device.canonicalize().ok()?;
    let address = folder.file_name()?.to_str()?.to_owned();
    let driver = device.join("driver").canonicalize().ok();
    let driver = driver.and_then(|driver| Some(driver.file_name()?.to_str()?.to_owned()));
    let ids = (text(&device.join("vendor")), text(&device.join("device")));
    let vendor = ids.0.as_deref().map(vendor_name);
    let listed = match &ids {
        (Some(vendor), Some(model)) => listed(root, vendor, model),
        _ => None,
    };
    let unnamed = || match &ids {
        (Some(_), Some(model)) => format!("{} {model}", vendor.clone().unwrap_or_default()),
        _ => format!(
            "adapter of the driver {}",
            driver.as_deref().unwrap_or("that is not there")
        ),
    };
    let version = driver
        .as_ref()
        .and_then(|driver| text(&root.join("sys/module").join(driver).join("version")));
    let adapter = Adapter {
        name: nvidia_model(root, &address).or(listed).unwrap_or_else(unnamed),
        vendor,
        memory: text(&device.join("mem_info_vram_total")).and_then(|bytes| bytes.parse().ok()),
        driver,
        driver_version: version,
    };
    Some((address, adapter))
}

/// NVIDIA's driver tells the model where its library is missing.
fn nvidia_model(root: &Path, address: &str) -> Option<String> {
    let place = root
        .join("proc/driver/nvidia/gpus")
        .join(address)
        .join("information");
    let text = std::fs::read_to_string(place).ok()?;
    let model = text.lines().find_map(|line| line.strip_prefix("Model:"))?;
    Some(model.trim().to_owned())
}

/// The names of a vendor and of one of its devices: `10de  NVIDIA Corporation`, and below it, after a tab,
/// `2504  GA106 [GeForce RTX 3060]`.
fn listed(root: &Path, vendor: &str, model: &str) -> Option<String> {
    let (vendor, model) = (vendor.strip_prefix("0x")?, model.strip_prefix("0x")?);
    let file = NAMES
        .iter()
        .find_map(|place| std::fs::File::open(root.join(place)).ok())?;
    let mut lines = std::io::BufReader::new(file).lines().map_while(Result::ok);
    let maker = lines.find_map(|line| Some(line.strip_prefix(vendor)?.strip_prefix("  ")?.to_owned()))?;
    let below = lines.take_while(|line| line.starts_with(['\t', '#']));
    let named = below.filter_map(|line| {
        Some(
            line.strip_prefix('\t')?
                .strip_prefix(model)?
                .strip_prefix("  ")?
                .to_owned(),
        )
    });
    named.map(|name| format!("{maker} {name}")).next()
}

fn vendor_name(id: &str) -> String {
    match id {
        "0x10de" => "NVIDIA".to_owned(),
        "0x1002" => "AMD".to_owned(),
        "0x8086" => "Intel".to_owned(),
        "0x1af4" => "virtio".to_owned(),
        "0x15ad" => "VMware".to_owned(),
        "0x1013" => "Cirrus".to_owned(),
        "0x1234" => "QEMU".to_owned(),
        "0x1414" => "Microsoft".to_owned(),
        other => format!("vendor {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        let make = |path: &str, text: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            std::fs::write(path, text).expect("written");
        };
        for (address, vendor, device, class) in [
            ("0000:01:00.0", "0x10de", "0x2504", "0x030000"),
            ("0000:02:00.0", "0x8086", "0x9a49", "0x030000"),
            ("0000:03:00.0", "0xabcd", "0x0001", "0x038000"),
            ("0000:04:00.0", "0x8086", "0x1234", "0x020000"),
        ] {
            let folder = format!("sys/bus/pci/devices/{address}");
            make(&format!("{folder}/vendor"), &format!("{vendor}\n"));
            make(&format!("{folder}/device"), &format!("{device}\n"));
            make(&format!("{folder}/class"), &format!("{class}\n"));
        }
        make("sys/module/nvidia/version", "550.54.14\n");
        make("sys/bus/pci/drivers/nvidia/x", "");
        let driver = root.path().join("sys/bus/pci/devices/0000:01:00.0/driver");
        std::os::unix::fs::symlink(root.path().join("sys/bus/pci/drivers/nvidia"), driver).expect("linked");
        make(
            "proc/driver/nvidia/gpus/0000:01:00.0/information",
            "Model: \t NVIDIA RTX A2000\nIRQ: 1\n",
        );
        let names = "# a list\n10de  NVIDIA Corporation\n\t2504  GA106\n8086  Intel Corporation\n\t9a49  TigerLake GT2\n\t\t1028 0a20  Board\nffff  Illegal\n";
        make("usr/share/misc/pci.ids", names);
        root
    }

    #[test]
    fn adapters_are_listed_with_and_without_driver_library_and_name() {
        let root = root();
        let found: Vec<_> = adapters(root.path()).into_values().collect();
        let names: Vec<_> = found.iter().map(|adapter| adapter.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "NVIDIA RTX A2000",
                "Intel Corporation TigerLake GT2",
                "vendor 0xabcd 0x0001"
            ]
        );
        assert_eq!(found[0].driver.as_deref(), Some("nvidia"));
        assert_eq!(found[0].driver_version.as_deref(), Some("550.54.14"));
        assert_eq!(found[1].driver, None);
    }

    #[test]
    fn a_computer_without_a_bus_has_none() {
        assert!(adapters(Path::new("/no/such/root")).is_empty());
    }
}
