//! The places where Windows looks for what belongs to one person: mostly the registry. Nothing here needs the rights of
//! an administrator. `docs/windows.md` says what comes of each hook.

use super::registry::Registry;
use super::{Ground, file_name};
use toolcrib_machine::{registry, windows_text};
use toolcrib_wire::hook::Hook;
use toolcrib_wire::receipt::{OutsideRoot, RegistryContent};

const ENVIRONMENT: &str = "Environment";
const CLASSES: &str = r"Software\Classes";
const FONTS: &str = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts";
const SIGN_IN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
/// Says whose a scheme is.
const OWNER: &str = "Toolcrib";
/// The longest command that Windows starts at sign-in, in UTF-16 units.
const LONGEST_AT_SIGN_IN: usize = 260;

/// What a hook comes to, or why it is left out.
#[cfg(windows)]
pub(super) fn made(ground: &Ground<'_>, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
    made_in(ground, hook, &super::registry::System)
}

/// As [`made`], with what the registry says already.
pub(super) fn made_in(
    ground: &Ground<'_>,
    hook: &Hook,
    registry: &dyn Registry,
) -> Result<Vec<OutsideRoot>, &'static str> {
    let person = ground.person.registry.as_deref();
    let maker = Maker {
        ground,
        person: person.ok_or("a home of its own keeps everything to itself")?,
        registry,
    };
    maker.made(hook)
}

/// Makes the things of one release.
struct Maker<'a> {
    ground: &'a Ground<'a>,
    /// The key of the registry that everything of the person is below.
    person: &'a str,
    registry: &'a dyn Registry,
}

impl Maker<'_> {
    fn made(&self, hook: &Hook) -> Result<Vec<OutsideRoot>, &'static str> {
        match hook {
            Hook::Variable { name, value } => {
                let value = value.replace("{release}", &windows_text::path(self.ground.tree.as_str()));
                Ok(vec![self.value(ENVIRONMENT, name, value)])
            }
            Hook::Path { folder } => self.entry(folder.as_str()),
            Hook::Association {
                extension,
                description,
                ..
            } => self.association(extension, description),
            Hook::Scheme { scheme } => self.scheme(scheme),
            Hook::Font { file } => Ok(self.font(file.as_str())),
            Hook::Service {
                name,
                program,
                arguments,
            } => self.service(name, program.as_str(), arguments),
            // Drafted the same on every system.
            Hook::Script { .. } => Ok(Vec::new()),
        }
    }

    /// A folder on the search path.
    fn entry(&self, folder: &str) -> Result<Vec<OutsideRoot>, &'static str> {
        let entry = self.below_tree(folder);
        match entry.contains([';', '%', '"']) {
            true => Err("its folder cannot be named in the search path"),
            false => Ok(vec![OutsideRoot::RegistryEntry {
                key: self.key(ENVIRONMENT),
                name: "Path".to_owned(),
                id: self.ground.id(&format!("path-{}", file_name(folder))),
                entry,
            }]),
        }
    }

    /// A kind of file, and a place among those that open it. Which of them does, the person decides.
    fn association(&self, extension: &str, description: &str) -> Result<Vec<OutsideRoot>, &'static str> {
        let kind = format!("Toolcrib.{}.{extension}", self.ground.manifest.product);
        let key = format!(r"{CLASSES}\{kind}");
        let openers = format!(r"{CLASSES}\.{extension}\OpenWithProgids");
        let mut made = vec![self.value(&key, "", description)];
        made.extend(self.picture(&key));
        made.push(self.opening(&key)?);
        made.push(self.value(&openers, &kind, ""));
        Ok(made)
    }

    /// A kind of links. Windows knows one program for each: another one's stay its own.
    fn scheme(&self, scheme: &str) -> Result<Vec<OutsideRoot>, &'static str> {
        let key = format!(r"{CLASSES}\{scheme}");
        let product = self.ground.manifest.product.to_string();
        let is_ours =
            self.registry.value(&self.key(&key), OWNER) == Some(RegistryContent::text(product.as_str()));
        let for_all = format!(r"{}\{key}", registry::COMPUTER);
        if !is_ours && (self.registry.has_key(&self.key(&key)) || self.registry.has_key(&for_all)) {
            return Err("another program opens these links already");
        }
        Ok(vec![
            self.value(&key, "", format!("URL:{scheme}")),
            self.value(&key, "URL Protocol", ""),
            self.value(&key, OWNER, product),
            self.opening(&key)?,
        ])
    }

    /// The file has a name of its own in every release: Windows keeps fonts open, so that none could be replaced.
    fn font(&self, file: &str) -> Vec<OutsideRoot> {
        let release = self.ground.tree.file_name().unwrap_or_default();
        let name = file.replace('/', "-");
        let place = format!("{}-{release}-{name}", self.ground.id(""));
        let place = self.ground.person.fonts.join(place);
        let title = format!("{} {name} (TrueType)", self.ground.id(""));
        let shown = self.value(FONTS, &title, windows_text::path(place.as_str()));
        let copy = OutsideRoot::Copy {
            path: place.into_string(),
            from: self.ground.tree.join(file).into_string(),
        };
        vec![copy, shown]
    }

    /// Without an administrator a program of the background is one that is started when the person signs in.
    fn service(
        &self,
        name: &str,
        program: &str,
        arguments: &[String],
    ) -> Result<Vec<OutsideRoot>, &'static str> {
        let program = self.below_tree(program);
        let command = windows_text::command(&program, arguments.iter().map(String::as_str));
        match command.encode_utf16().count() > LONGEST_AT_SIGN_IN {
            true => Err("its command is longer than Windows starts at sign-in"),
            false => Ok(vec![self.value(SIGN_IN, &self.ground.id(name), command)]),
        }
    }

    /// What is started to open something of a kind.
    fn opening(&self, kind: &str) -> Result<OutsideRoot, &'static str> {
        let opener = self.ground.opener().ok_or("there is nothing to open it with")?;
        let (program, arguments) = opener;
        let command = windows_text::command(program.as_str(), arguments.iter().map(String::as_str));
        match command.contains('%') {
            true => Err("its program cannot be named in an entry"),
            false => Ok(self.value(
                &format!(r"{kind}\shell\open\command"),
                "",
                format!(r#"{command} "%1""#),
            )),
        }
    }

    /// Files of the kind look like the program.
    fn picture(&self, kind: &str) -> Option<OutsideRoot> {
        let launch = self.ground.manifest.launch.as_ref()?;
        let program = self.below_tree(launch.program.as_str());
        Some(self.value(&format!(r"{kind}\DefaultIcon"), "", format!(r#""{program}",0"#)))
    }

    fn value(&self, key: &str, name: &str, text: impl Into<String>) -> OutsideRoot {
        OutsideRoot::RegistryValue {
            key: self.key(key),
            name: name.to_owned(),
            content: RegistryContent::text(text),
            before: None,
        }
    }

    fn key(&self, below: &str) -> String {
        format!(r"{}\{below}", self.person)
    }

    /// A path of the release as Windows writes it.
    fn below_tree(&self, path: &str) -> String {
        windows_text::path(self.ground.tree.join(path).as_str())
    }
}
