//! Facts about displays.

use super::Readings;
use toolcrib_model::{FactName as F, FactName, FactValue};

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(all(unix, not(target_os = "macos")))]
use linux as own;
#[cfg(target_os = "macos")]
use macos as own;
#[cfg(windows)]
use windows as own;

pub(super) const NAMES: &[FactName] = &[
    F::DisplayPresent,
    F::DisplayServer,
    F::DisplayCount,
    F::DisplayWidth,
    F::DisplayHeight,
    F::DisplayScale,
];

const NONE: &str = "there is no display";

/// What this session draws on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Displays {
    server: &'static str,
    /// Width and height of each in pixels.
    sizes: Result<Vec<(u64, u64)>, String>,
    /// In per cent.
    scale: Result<u64, String>,
}

pub(super) fn read() -> Readings {
    match own::displays() {
        Ok(Some(displays)) => of(&displays),
        Ok(None) => absent(),
        Err(reason) => NAMES
            .iter()
            .map(|name| ((*name).into(), Err(reason.clone())))
            .collect(),
    }
}

fn of(displays: &Displays) -> Readings {
    let largest = displays.sizes.clone().and_then(|sizes| {
        let largest = sizes.into_iter().max_by_key(|(width, height)| width * height);
        largest.ok_or_else(|| "no display is switched on".to_owned())
    });
    let count = displays
        .sizes
        .clone()
        .map(|sizes| FactValue::Number(sizes.len() as u64));
    vec![
        (F::DisplayPresent.into(), Ok(FactValue::Flag(true))),
        (
            F::DisplayServer.into(),
            Ok(FactValue::Text(displays.server.to_owned())),
        ),
        (F::DisplayCount.into(), count),
        (
            F::DisplayWidth.into(),
            largest.clone().map(|(width, _)| FactValue::Number(width)),
        ),
        (
            F::DisplayHeight.into(),
            largest.map(|(_, height)| FactValue::Number(height)),
        ),
        (
            F::DisplayScale.into(),
            displays.scale.clone().map(FactValue::Number),
        ),
    ]
}

fn absent() -> Readings {
    let others = [
        F::DisplayServer,
        F::DisplayWidth,
        F::DisplayHeight,
        F::DisplayScale,
    ];
    let others = others.map(|name| (name.into(), Err(NONE.to_owned())));
    let known = [
        (F::DisplayPresent.into(), Ok(FactValue::Flag(false))),
        (F::DisplayCount.into(), Ok(FactValue::Number(0))),
    ];
    known.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(readings: &Readings, name: FactName) -> Option<FactValue> {
        let found = readings.iter().find(|(key, _)| *key == name.into())?;
        found.1.clone().ok()
    }

    #[test]
    fn the_largest_of_several_displays_counts() {
        let displays = Displays {
            server: "x11",
            sizes: Ok(vec![(1280, 1024), (3840, 2160), (1080, 1920)]),
            scale: Ok(200),
        };
        let readings = of(&displays);
        assert_eq!(value(&readings, F::DisplayWidth), Some(FactValue::Number(3840)));
        assert_eq!(value(&readings, F::DisplayHeight), Some(FactValue::Number(2160)));
        assert_eq!(value(&readings, F::DisplayCount), Some(FactValue::Number(3)));
    }

    #[test]
    fn without_a_display_there_are_none_and_they_have_no_size() {
        let readings = absent();
        assert_eq!(value(&readings, F::DisplayPresent), Some(FactValue::Flag(false)));
        assert_eq!(value(&readings, F::DisplayCount), Some(FactValue::Number(0)));
        assert_eq!(value(&readings, F::DisplayWidth), None);
        assert_eq!(readings.len(), NAMES.len());
    }
}
