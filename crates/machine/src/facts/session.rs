//! Facts about the person's session: language, time zone, and what the system itself runs in.

use super::{Reading, Readings, container, virtualisation, words};
use toolcrib_model::{FactName as F, FactName};

pub(super) const NAMES: &[FactName] = &[F::Locale, F::TimeZone, F::Virtualisation, F::Container];

pub(super) fn read() -> Readings {
    vec![
        (F::Locale.into(), locale()),
        (F::TimeZone.into(), time_zone()),
        (F::Virtualisation.into(), virtualisation::read()),
        (F::Container.into(), container::read()),
    ]
}

fn time_zone() -> Reading {
    let zone = jiff::tz::TimeZone::try_system().map_err(|error| error.to_string())?;
    words(
        zone.iana_name().unwrap_or_default(),
        "the system does not name its time zone",
    )
}

#[cfg(all(unix, not(target_os = "macos")))]
fn locale() -> Reading {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    tag(&value.unwrap_or_default())
}

/// `de_DE.UTF-8` as `de-DE`.
#[cfg(all(unix, not(target_os = "macos")))]
fn tag(value: &str) -> Reading {
    let name = value.split(['.', '@']).next().unwrap_or_default();
    match name {
        "" | "C" | "POSIX" => Err("this session has no language set".to_owned()),
        name => words(name.replace('_', "-"), ""),
    }
}

#[cfg(target_os = "macos")]
fn locale() -> Reading {
    let arguments = ["read", "-g", "AppleLocale"].map(str::to_owned);
    let limit = std::time::Duration::from_millis(1500);
    let output = crate::process::run("/usr/bin/defaults".into(), &arguments, &[], limit);
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).trim().replace('_', "-");
    words(text, "this person has no language set")
}

#[cfg(windows)]
fn locale() -> Reading {
    let value = super::registry::Hive::Person.text(r"Control Panel\International", "LocaleName")?;
    words(value, "this person has no language set")
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_told_as_a_language_tag() {
        assert_eq!(tag("de_DE.UTF-8"), words("de-DE", ""));
        assert_eq!(tag("sr_RS@latin"), words("sr-RS", ""));
        assert!(tag("C.UTF-8").is_err() && tag("").is_err());
    }
}
