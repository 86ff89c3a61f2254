//! Judges what a package asks of the person's system: nothing in it may mean more than it says.

use super::manifest::BadManifest;
use crate::text;
use std::collections::BTreeSet;
use toolcrib_wire::hook::{Hook, ScriptUndo, SettingsFolder};

const MAX_HOOKS: usize = 50;
const MAX_SETTINGS: usize = 20;
const MAX_LINE: usize = 500;
const MAX_ARGUMENTS: usize = 100;
/// Beginnings of variables that decide how other programs run.
const RESERVED_VARIABLES: [&str; 10] = [
    "PATH",
    "HOME",
    "USER",
    "SHELL",
    "LD_",
    "DYLD_",
    "XDG_",
    "DBUS_",
    "SSH_",
    "TOOLCRIB_",
];
/// Schemes that belong to other programs.
const RESERVED_SCHEMES: [&str; 9] = [
    "http",
    "https",
    "file",
    "ftp",
    "mailto",
    "data",
    "javascript",
    "about",
    "toolcrib",
];

/// Judges hooks and settings folders.
///
/// # Errors
/// [`BadManifest`] names the first that is not sound.
pub fn judge_hooks(hooks: &[Hook], settings: &[SettingsFolder]) -> Result<(), BadManifest> {
    for (what, count, most) in [
        ("hooks", hooks.len(), MAX_HOOKS),
        ("settings folders", settings.len(), MAX_SETTINGS),
    ] {
        if count > most {
            let least = 0;
            return Err(BadManifest::Count {
                what,
                count,
                least,
                most,
            });
        }
    }
    let mut seen = BTreeSet::new();
    for hook in hooks {
        judge(hook)?;
        if !seen.insert(hook.words()) {
            let (what, id) = ("hooks", hook.words());
            return Err(BadManifest::Twice { what, id });
        }
    }
    settings
        .iter()
        .try_for_each(|folder| check("settings folder's name", &folder.name, is_plain))
}

fn judge(hook: &Hook) -> Result<(), BadManifest> {
    match hook {
        Hook::Variable { name, value } => {
            check("variable's name", name, is_variable)?;
            check("variable's value", value, is_plain)
        }
        Hook::Association {
            extension,
            media_type,
            description,
        } => {
            check("extension", extension, |text| is_made_of(text, 16, b""))?;
            check("media type", media_type, is_media_type)?;
            check("description", description, is_plain)
        }
        Hook::Scheme { scheme } => check("scheme", scheme, is_scheme),
        Hook::Service { name, arguments, .. } => {
            check("service's name", name, |text| is_made_of(text, 40, b"-"))?;
            judge_arguments(arguments)
        }
        Hook::Script { run, undo } => {
            judge_arguments(&run.arguments)?;
            match undo {
                ScriptUndo::Nothing => Ok(()),
                ScriptUndo::Run(undo) => judge_arguments(&undo.arguments),
            }
        }
        Hook::Path { .. } | Hook::Font { .. } => Ok(()),
    }
}

fn judge_arguments(arguments: &[String]) -> Result<(), BadManifest> {
    let (count, least, most) = (arguments.len(), 0, MAX_ARGUMENTS);
    if count > most {
        let what = "arguments";
        return Err(BadManifest::Count {
            what,
            count,
            least,
            most,
        });
    }
    arguments
        .iter()
        .try_for_each(|argument| check("argument", argument, is_plain))
}

fn check(what: &'static str, text: &str, is_sound: impl Fn(&str) -> bool) -> Result<(), BadManifest> {
    match is_sound(text) {
        true => Ok(()),
        false => Err(BadManifest::Hook {
            what,
            text: text.escape_debug().to_string(),
        }),
    }
}

/// A line without anything that a shell, an entry of a menu or a settings file would read as more than itself.
fn is_plain(text: &str) -> bool {
    text::is_line(text, MAX_LINE)
        && !text.trim().is_empty()
        && !text.contains(['"', '\'', '\\', '$', '`', '%', '<', '>', '&'])
}

fn is_variable(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let begins = name
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_uppercase());
    begins
        && name.len() <= 64
        && name.bytes().all(letter)
        && !RESERVED_VARIABLES
            .iter()
            .any(|reserved| name.starts_with(reserved))
}

fn is_scheme(scheme: &str) -> bool {
    let begins = scheme
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_lowercase());
    begins && is_made_of(scheme, 30, b"+.-") && !RESERVED_SCHEMES.contains(&scheme)
}

fn is_media_type(media_type: &str) -> bool {
    let known = media_type.split_once('/');
    known.is_some_and(|(kind, name)| is_made_of(kind, 30, b"-") && is_made_of(name, 90, b"+.-"))
}

/// Small letters, digits and these, at least one and at most so many.
fn is_made_of(text: &str, most: usize, more: &[u8]) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || more.contains(&byte);
    !text.is_empty() && text.len() <= most && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> Hook {
        Hook::Variable {
            name: name.to_owned(),
            value: value.to_owned(),
        }
    }

    fn scheme(scheme: &str) -> Hook {
        Hook::Scheme {
            scheme: scheme.to_owned(),
        }
    }

    fn association(extension: &str, media_type: &str) -> Hook {
        Hook::Association {
            extension: extension.to_owned(),
            media_type: media_type.to_owned(),
            description: "A drawing".to_owned(),
        }
    }

    #[test]
    fn honest_hooks_are_sound() {
        let hooks = [
            variable("DRAFT_HOME", "{release}/share"),
            scheme("draft"),
            association("draft", "application/x-draft"),
        ];
        assert_eq!(judge_hooks(&hooks, &[]), Ok(()));
    }

    #[test]
    fn what_would_mean_more_than_it_says_is_refused() {
        let table = [
            variable("LD_PRELOAD", "x"),
            variable("PATH", "x"),
            variable("draft", "x"),
            variable("DRAFT", "x\nLD_PRELOAD=y"),
            variable("DRAFT", "$(rm -rf /)"),
            scheme("https"),
            scheme("dra ft"),
            association("../x", "application/x-draft"),
            association("draft", "application/x;Exec=y"),
            association("draft", "draft"),
        ];
        for hook in table {
            let judged = judge_hooks(std::slice::from_ref(&hook), &[]);
            assert!(matches!(judged, Err(BadManifest::Hook { .. })), "{hook:?}");
        }
    }

    #[test]
    fn the_same_is_not_asked_for_twice() {
        let judged = judge_hooks(&[scheme("draft"), scheme("draft")], &[]);
        assert!(matches!(judged, Err(BadManifest::Twice { .. })));
    }
}
