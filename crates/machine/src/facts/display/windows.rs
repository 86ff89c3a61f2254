//! Displays on Windows.

use super::Displays;
use windows::Win32::UI::HiDpi::GetDpiForSystem;
use windows::Win32::UI::WindowsAndMessaging::{GetSystemMetrics, SM_CMONITORS, SM_CXSCREEN, SM_CYSCREEN};

const USUAL_DPI: u64 = 96;

/// A session that a person sits at, or reaches from afar, has a name. The main display stands for all: of the others
/// Windows tells the number.
pub(super) fn displays() -> Result<Option<Displays>, String> {
    let session = std::env::var("SESSIONNAME")
        .map_err(|_| "this session does not tell whether it has a display".to_owned())?;
    if session.eq_ignore_ascii_case("services") {
        return Ok(None);
    }
    // SAFETY: both functions take plain numbers, answer plain numbers and touch nothing of ours.
    let (metric, dpi) = (|index| unsafe { GetSystemMetrics(index) }, unsafe {
        GetDpiForSystem()
    });
    let size = (
        u64::try_from(metric(SM_CXSCREEN)),
        u64::try_from(metric(SM_CYSCREEN)),
    );
    let count = usize::try_from(metric(SM_CMONITORS)).unwrap_or(1).max(1);
    let sizes = match size {
        (Ok(width), Ok(height)) if width > 0 && height > 0 => Ok(vec![(width, height); count]),
        _ => Err("Windows does not tell the size of the display".to_owned()),
    };
    Ok(Some(Displays {
        server: "windows",
        sizes,
        scale: Ok(u64::from(dpi) * 100 / USUAL_DPI),
    }))
}
