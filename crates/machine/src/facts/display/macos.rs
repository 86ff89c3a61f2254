//! Displays on macOS.

use super::Displays;
use crate::process::run;
use std::time::Duration;

#[link(name = "CoreGraphics", kind = "framework")]
unsafe extern "C" {
    fn CGGetActiveDisplayList(most: u32, displays: *mut u32, count: *mut u32) -> i32;
    fn CGDisplayPixelsWide(display: u32) -> usize;
    fn CGDisplayPixelsHigh(display: u32) -> usize;
}

const MOST: usize = 16;

/// A session that a person sits at has the window server, `Aqua`.
pub(super) fn displays() -> Result<Option<Displays>, String> {
    let limit = Duration::from_millis(1500);
    let output = run("/bin/launchctl".into(), &["managername".to_owned()], &[], limit);
    let output = output.map_err(|error| error.to_string())?;
    if String::from_utf8_lossy(&output.stdout).trim() != "Aqua" {
        return Ok(None);
    }
    Ok(Some(Displays {
        server: "quartz",
        sizes: sizes(),
        scale: Err("each display has a scale of its own".to_owned()),
    }))
}

fn sizes() -> Result<Vec<(u64, u64)>, String> {
    let (mut displays, mut count) = ([0_u32; MOST], 0_u32);
    // SAFETY: the list has room for as many numbers as it is said to have, and `count` is ours.
    let failed = unsafe { CGGetActiveDisplayList(MOST as u32, displays.as_mut_ptr(), &mut count) };
    if failed != 0 {
        return Err("macOS does not list its displays".to_owned());
    }
    let active = displays.iter().take(count as usize);
    // SAFETY: both functions take a number and answer a number; one that is no display has the size 0.
    let size = |id: u32| unsafe { (CGDisplayPixelsWide(id) as u64, CGDisplayPixelsHigh(id) as u64) };
    Ok(active.map(|id| size(*id)).collect())
}
