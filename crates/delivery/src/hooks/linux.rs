//! The places where a Linux desktop looks for what belongs to one person.

use super::{Ground, file_name};
use crate::steps;
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::shortcuts::{self, ShortcutSpec};
use toolcrib_wire::hook::Hook;
use toolcrib_wire::receipt::{OutsideRoot, ShortcutRecord};

/// What a hook comes to, or why it is left out.
pub(super) fn made(ground: &Ground<'_>, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
    Maker(ground).made(hook)
}

/// Makes the things of one release.
struct Maker<'a>(&'a Ground<'a>);

impl Maker<'_> {
    fn made(&self, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
        match hook {
            Hook::Variable { name, value } => {
                let value = quoted(&value.replace("{release}", self.0.tree.as_str()));
                Ok(vec![self.variable(name, &value)])
            }
            Hook::Path { folder } => {
                let name = format!("path-{}", file_name(folder.as_str()));
                let folder = quoted(self.0.tree.join(folder.as_str()).as_str());
                Ok(vec![
                    self.environment(&name, &format!("PATH=\"{folder}:${{PATH}}\"\n")),
                ])
            }
            Hook::Association {
                extension,
                media_type,
                description,
            } => {
                let kind = self.media_type(extension, media_type, description);
                Ok([vec![kind], self.opener(extension, media_type, 'f')?].concat())
            }
            Hook::Scheme { scheme } => {
                let media_type = format!("x-scheme-handler/{scheme}");
                self.opener(&format!("scheme-{}", file_name(scheme)), &media_type, 'u')
            }
            Hook::Font { file } => Ok(vec![OutsideRoot::Copy {
                path: self
                    .0
                    .person
                    .fonts
                    .join(self.id(""))
                    .join(file.file_name())
                    .into_string(),
                from: self.0.tree.join(file.as_str()).into_string(),
            }]),
            Hook::Service {
                name,
                program,
                arguments,
            } => self.service(name, &self.0.tree.join(program.as_str()), arguments),
            // Drafted the same on every system.
            Hook::Script { .. } => Ok(Vec::new()),
        }
    }

    fn variable(&self, name: &str, value: &str) -> OutsideRoot {
        self.environment(name, &format!("{name}=\"{value}\"\n"))
    }

    /// Read by the person's session, in the order of the names.
    fn environment(&self, name: &str, text: &str) -> OutsideRoot {
        let file = format!("60-{}.conf", self.id(name));
        OutsideRoot::Text {
            path: self
                .0
                .person
                .config
                .join("environment.d")
                .join(file)
                .into_string(),
            text: text.to_owned(),
        }
    }

    fn media_type(&self, extension: &str, media_type: &str, description: &str) -> OutsideRoot {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n\
             \x20 <mime-type type=\"{media_type}\">\n\
             \x20   <comment>{description}</comment>\n\
             \x20   <glob pattern=\"*.{extension}\"/>\n\
             \x20 </mime-type>\n\
             </mime-info>\n"
        );
        let file = format!("{}.xml", self.id(extension));
        OutsideRoot::Text {
            path: self.below(&["mime", "packages", &file]),
            text,
        }
    }

    /// An entry that opens things of a type, and its place in the person's list of such entries.
    fn opener(&self, name: &str, media_type: &str, field: char) -> Result<Vec<OutsideRoot>, &'static str> {
        let entry = format!("{}.desktop", self.id(name));
        let spec = self.spec(name).ok_or("there is nothing to open it with")?;
        let text =
            shortcuts::opener(&spec, media_type, field).ok_or("its program cannot be named in an entry")?;
        Ok(vec![
            OutsideRoot::Text {
                path: self.below(&["applications", &entry]),
                text,
            },
            OutsideRoot::Association {
                list: self.0.person.config.join("mimeapps.list").into_string(),
                media_type: media_type.to_owned(),
                entry,
            },
        ])
    }

    fn spec(&self, name: &str) -> Option<ShortcutSpec> {
        let (program, arguments) = self.0.opener()?;
        let manifest = self.0.manifest;
        Some(steps::spec_of(&ShortcutRecord {
            folder: String::new(),
            id: self.id(name),
            name: manifest.name.clone(),
            program: program.into_string(),
            arguments,
            icon: None,
            terminal: manifest.launch.as_ref().is_some_and(|launch| launch.terminal),
        }))
    }

    fn service(
        &self,
        name: &str,
        program: &Utf8Path,
        arguments: &[String],
    ) -> Result<Vec<OutsideRoot>, &'static str> {
        let unit = format!("{}.service", self.id(name));
        let units = self.0.person.services.as_ref();
        let units = units.ok_or("there is no place for it here")?;
        let words = std::iter::once(program.as_str()).chain(arguments.iter().map(String::as_str));
        let command: Vec<String> = words.map(|word| format!("\"{}\"", unit_word(word))).collect();
        let text = format!(
            "[Unit]\nDescription={}: {name}\n\n[Service]\nExecStart={}\nRestart=on-failure\n\n[Install]\nWantedBy=default.target\n",
            self.0.manifest.name.replace('%', "%%"),
            command.join(" ")
        );
        Ok(vec![
            OutsideRoot::Text {
                path: units.join(&unit).into_string(),
                text,
            },
            OutsideRoot::Link {
                path: units.join("default.target.wants").join(&unit).into_string(),
                text: format!("../{unit}"),
            },
        ])
    }

    fn id(&self, name: &str) -> String {
        self.0.id(name)
    }

    fn below(&self, pieces: &[&str]) -> String {
        let place: Utf8PathBuf = pieces
            .iter()
            .fold(self.0.person.data.clone(), |place, piece| place.join(piece));
        place.into_string()
    }
}

/// A value between quotes in a file of the environment.
fn quoted(value: &str) -> String {
    let escape = |letter: char| match letter {
        '"' | '\\' | '$' | '`' => vec!['\\', letter],
        _ => vec![letter],
    };
    value.chars().flat_map(escape).collect()
}

/// A word between quotes in a unit file: `%` and `$` stand for more than themselves there.
fn unit_word(word: &str) -> String {
    let escape = |letter: char| match letter {
        '"' | '\\' => vec!['\\', letter],
        '%' | '$' => vec![letter, letter],
        _ => vec![letter],
    };
    word.chars().flat_map(escape).collect()
}
