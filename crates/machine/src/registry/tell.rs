//! Who has to know of a change: programs that are open learn of variables, of what opens files, and of fonts.

use super::{Content, PERSON};
use windows::Win32::Foundation::{LPARAM, WPARAM};
use windows::Win32::Graphics::Gdi::{AddFontResourceW, RemoveFontResourceW};
use windows::Win32::UI::Shell::{SHCNE_ASSOCCHANGED, SHCNF_FLUSHNOWAIT, SHChangeNotify};
use windows::Win32::UI::WindowsAndMessaging::{
    HWND_BROADCAST, SMTO_ABORTIFHUNG, SendMessageTimeoutW, SendNotifyMessageW, WM_FONTCHANGE,
    WM_SETTINGCHANGE,
};
use windows::core::{HSTRING, w};

const ENVIRONMENT: &str = "Environment";
const CLASSES: &str = r"Software\Classes\";
const FONTS: &str = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts";
/// How long one window may take to hear of a change, in milliseconds.
const PATIENCE: u32 = 100;
/// A font that several programs loaded has to be let go as often; one that is never let go is left.
const MOST_LOADS: usize = 20;

/// Lets a font go that the session has: its file could be neither replaced nor removed.
pub(super) fn before_change(key: &str, content: Option<&Content>) {
    if let Some(font) = font(key, content) {
        // SAFETY: the name is ended by a zero and outlives the calls.
        let is_let_go = || unsafe { RemoveFontResourceW(&font) }.as_bool();
        for _ in 0..MOST_LOADS {
            if !is_let_go() {
                break;
            }
        }
    }
}

/// Tells of a change that was made. Nobody's answer is needed.
pub(super) fn after_change(key: &str, content: Option<&Content>) {
    let Some(below) = key
        .strip_prefix(PERSON)
        .and_then(|below| below.strip_prefix('\\'))
    else {
        return;
    };
    if below.eq_ignore_ascii_case(ENVIRONMENT) {
        tell_of_variables();
    } else if begins_with(below, CLASSES) {
        // SAFETY: this event has nothing of ours with it.
        unsafe { SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_FLUSHNOWAIT, None, None) };
    } else if below.eq_ignore_ascii_case(FONTS) {
        tell_of_fonts(font(key, content));
    }
}

fn tell_of_variables() {
    // SAFETY: the text is constant, and the call waits for whoever reads it.
    unsafe {
        SendMessageTimeoutW(
            HWND_BROADCAST,
            WM_SETTINGCHANGE,
            WPARAM(0),
            LPARAM(w!("Environment").as_ptr() as isize),
            SMTO_ABORTIFHUNG,
            PATIENCE,
            None,
        );
    }
}

/// A new font is there at once, not from the next sign-in on.
fn tell_of_fonts(new: Option<HSTRING>) {
    if let Some(font) = new {
        // SAFETY: the name is ended by a zero and outlives the call.
        unsafe { AddFontResourceW(&font) };
    }
    // SAFETY: the message has nothing with it.
    let told = unsafe { SendNotifyMessageW(HWND_BROADCAST, WM_FONTCHANGE, WPARAM(0), LPARAM(0)) };
    if let Err(error) = told {
        tracing::debug!(%error, "Programs that are open were not told of a font.");
    }
}

/// The file of a font, if that is what a value names.
fn font(key: &str, content: Option<&Content>) -> Option<HSTRING> {
    let below = key.strip_prefix(PERSON)?.strip_prefix('\\')?;
    match content {
        Some(Content::Text(file)) if below.eq_ignore_ascii_case(FONTS) => Some(HSTRING::from(file)),
        _ => None,
    }
}

fn begins_with(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(beginning))
}
