//! Displays on Linux: the X server is asked; under Wayland alone, the kernel's list of what is plugged in.

use super::Displays;
use crate::facts::x11;
use std::path::Path;

pub(super) fn displays() -> Result<Option<Displays>, String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let wayland = set("WAYLAND_DISPLAY");
    match (set("DISPLAY"), wayland) {
        (Some(name), wayland) => {
            let screen = x11::ask(&name)?;
            Ok(Some(Displays {
                server: if wayland.is_some() { "wayland" } else { "x11" },
                sizes: Ok(screen.sizes),
                scale: screen
                    .scale
                    .ok_or_else(|| "the X server was told no scale".to_owned()),
            }))
        }
        (None, Some(_)) => Ok(Some(Displays {
            server: "wayland",
            sizes: connected(Path::new("/")),
            scale: Err("the compositor alone knows the scale".to_owned()),
        })),
        (None, None) => Ok(None),
    }
}

/// The preferred mode of every plug with a display: the first line of `modes`. `root` is `/` but in tests.
fn connected(root: &Path) -> Result<Vec<(u64, u64)>, String> {
    let plugs = std::fs::read_dir(root.join("sys/class/drm")).map_err(|error| error.to_string())?;
    let sizes = plugs.flatten().filter_map(|entry| {
        let status = std::fs::read_to_string(entry.path().join("status")).ok()?;
        (status.trim() == "connected").then_some(())?;
        let modes = std::fs::read_to_string(entry.path().join("modes")).ok()?;
        let (width, height) = modes.lines().next()?.split_once('x')?;
        Some((width.parse().ok()?, height.trim_end_matches('i').parse().ok()?))
    });
    Ok(sizes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_lists_what_is_plugged_in() {
        let root = tempfile::tempdir().expect("a folder");
        for (plug, status, modes) in [
            ("card0-DP-1", "connected\n", "2560x1440\n1920x1080\n"),
            ("card0-HDMI-A-1", "disconnected\n", ""),
        ] {
            let folder = root.path().join("sys/class/drm").join(plug);
            std::fs::create_dir_all(&folder).expect("created");
            std::fs::write(folder.join("status"), status).expect("written");
            std::fs::write(folder.join("modes"), modes).expect("written");
        }
        assert_eq!(connected(root.path()), Ok(vec![(2560, 1440)]));
        assert!(connected(Path::new("/no/such/root")).is_err());
    }
}
