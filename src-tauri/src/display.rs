//! What the window needs of the system, found out before the toolkit would panic.

/// What to do without a display.
pub(crate) const ADVICE: &str = "Start it from a desktop session, or use `toolcrib`, which needs no window.";

/// Where there is no graphics card, the renderer that shares memory with it only costs memory and shows old pictures.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(RENDERER).is_none() && !std::path::Path::new("/dev/dri").exists() {
        // SAFETY: this is the first thing that `main` does, so no other thread reads the environment.
        unsafe { std::env::set_var(RENDERER, "1") };
    }
}

/// Nothing to prepare here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

/// Whether there is a display to draw on.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) fn check() -> Result<(), &'static str> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        true => Ok(()),
        false => Err("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set"),
    }
}

/// There is always a display here.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) fn check() -> Result<(), &'static str> {
    Ok(())
}
