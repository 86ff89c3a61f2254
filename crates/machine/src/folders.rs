//! The person's folders: where Toolcrib keeps what it remembers, and where the system looks for shortcuts.

use crate::files::{create_private_folders, exists};
use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::ffi::OsString;

/// Reads one variable of the environment.
type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// All state of one client, below one folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    root: Utf8PathBuf,
    shortcuts: Shortcuts,
}

/// The folders below which a person's programs keep what is the person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFolders {
    /// Settings.
    pub config: Utf8PathBuf,
    /// Files that the person made or collected, and what belongs to the person's desktop.
    pub data: Utf8PathBuf,
    /// What can be made anew.
    pub cache: Utf8PathBuf,
    /// Logs, histories, window places.
    pub state: Utf8PathBuf,
    /// Fonts of the person's own.
    pub fonts: Utf8PathBuf,
    /// Files that say what runs while the person is signed in; `None` where the system has no such folder.
    pub services: Option<Utf8PathBuf>,
    /// The key of the registry that everything of the person is below; `None` where there is none to be written to.
    pub registry: Option<String>,
}

/// Where shortcuts go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shortcuts {
    /// Where this person's system looks for them.
    Shown,
    /// Below the home: a home that was named keeps everything to itself.
    Kept,
}

impl Home {
    /// Opens the home at `explicit`, or this person's usual one, and creates its folder if there is none.
    ///
    /// A home that was named is complete in itself, for portable use and for tests: shortcuts stay in it, too.
    pub fn open(explicit: Option<Utf8PathBuf>) -> Result<Self> {
        let home = Self::place(explicit)?;
        create_private_folders(&home.root)?;
        Ok(home)
    }

    /// The same without making anything.
    pub fn place(explicit: Option<Utf8PathBuf>) -> Result<Self> {
        let (root, shortcuts) = match explicit {
            Some(root) => (absolute(root)?, Shortcuts::Kept),
            None => (usual(&|name| std::env::var_os(name))?, Shortcuts::Shown),
        };
        Ok(Self { root, shortcuts })
    }

    /// The folder that holds everything, absolute.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The file of the person's settings.
    pub fn settings(&self) -> Utf8PathBuf {
        self.root.join("settings.json")
    }

    /// The folder of jobs, running and ended.
    pub fn jobs(&self) -> Utf8PathBuf {
        self.root.join("jobs")
    }

    /// The folder of the signed catalogues.
    pub fn catalogue(&self) -> Utf8PathBuf {
        self.root.join("catalogue")
    }

    /// The folder of the leases.
    pub fn leases(&self) -> Utf8PathBuf {
        self.root.join("leases")
    }

    /// The folder of the receipts, one a product.
    pub fn receipts(&self) -> Utf8PathBuf {
        self.root.join("receipts")
    }

    /// The folder that products are installed in unless the person says otherwise.
    pub fn apps(&self) -> Utf8PathBuf {
        self.root.join("apps")
    }

    /// The folder of secrets that are kept in files.
    pub fn secrets(&self) -> Utf8PathBuf {
        self.root.join("secrets")
    }

    /// The folder of the logs.
    pub fn logs(&self) -> Utf8PathBuf {
        self.root.join("logs")
    }

    /// The folder of this person's menu entries; `None` where there is no such thing.
    pub fn applications_menu(&self) -> Option<Utf8PathBuf> {
        match self.shortcuts {
            Shortcuts::Kept => Some(self.root.join("applications")),
            Shortcuts::Shown => system::applications_menu(&|name| std::env::var_os(name)),
        }
    }

    /// Where this person's programs keep what is the person's; `None` where there is no such place.
    pub fn person_folders(&self) -> Option<PersonFolders> {
        match self.shortcuts {
            Shortcuts::Kept => Some(PersonFolders::below(&self.root.join("person"))),
            Shortcuts::Shown => system::person_folders(&|name| std::env::var_os(name)),
        }
    }

    /// The folder that holds everything of this person.
    ///
    /// # Errors
    /// [`Error::NoHome`] where there is none.
    pub fn person(&self) -> Result<Utf8PathBuf> {
        let own = match self.shortcuts {
            Shortcuts::Kept => Some(self.root.join("person")),
            Shortcuts::Shown => folder(&|name| std::env::var_os(name), system::PERSON),
        };
        own.ok_or(Error::NoHome {
            variable: system::PERSON,
        })
    }

    /// The folder in which this person looks for what was downloaded; it need not exist yet.
    ///
    /// # Errors
    /// [`Error::NoHome`] where this person has no folder at all.
    pub fn downloads(&self) -> Result<Utf8PathBuf> {
        let usual = match self.shortcuts {
            Shortcuts::Kept => Some(self.root.join("downloads")),
            Shortcuts::Shown => system::downloads(&|name| std::env::var_os(name)),
        };
        usual.ok_or(Error::NoHome {
            variable: system::VARIABLE,
        })
    }

    /// The folder that this person sees as the desktop; `None` where there is none.
    pub fn desktop(&self) -> Option<Utf8PathBuf> {
        match self.shortcuts {
            Shortcuts::Kept => Some(self.root.join("desktop")),
            Shortcuts::Shown => {
                let desktop = system::desktop(&|name| std::env::var_os(name))?;
                exists(&desktop).is_ok_and(|there| there).then_some(desktop)
            }
        }
    }
}

impl PersonFolders {
    /// All of them below one folder, and nothing elsewhere.
    pub fn below(folder: &Utf8Path) -> Self {
        Self {
            config: folder.join("config"),
            data: folder.join("data"),
            cache: folder.join("cache"),
            state: folder.join("state"),
            fonts: folder.join("data/fonts"),
            services: Some(folder.join("config/systemd/user")),
            registry: None,
        }
    }
}

fn absolute(path: Utf8PathBuf) -> Result<Utf8PathBuf> {
    camino::absolute_utf8(&path).map_err(|source| Error::Read { path, source })
}

fn usual(environment: Environment<'_>) -> Result<Utf8PathBuf> {
    let place = system::usual(environment).ok_or(Error::NoHome {
        variable: system::VARIABLE,
    })?;
    absolute(place)
}

/// A folder named by a variable; one that is relative or empty does not count.
fn folder(environment: Environment<'_>, variable: &str) -> Option<Utf8PathBuf> {
    let path = Utf8PathBuf::from(environment(variable)?.into_string().ok()?);
    path.is_absolute().then_some(path)
}

#[cfg(not(any(windows, target_os = "macos")))]
mod system {
    //! The folders of the XDG base directories and user directories.

    use super::{Environment, PersonFolders, Utf8PathBuf, folder};
    use crate::files::read_bounded;

    pub(super) const VARIABLE: &str = "HOME";
    pub(super) const PERSON: &str = VARIABLE;

    pub(super) fn usual(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(user_files(environment)?.join("toolcrib"))
    }

    pub(super) fn applications_menu(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(user_files(environment)?.join("applications"))
    }

    pub(super) fn person_folders(environment: Environment<'_>) -> Option<PersonFolders> {
        let home = folder(environment, VARIABLE)?;
        let named = |variable, usual: &str| folder(environment, variable).unwrap_or_else(|| home.join(usual));
        let config = named("XDG_CONFIG_HOME", ".config");
        let data = named("XDG_DATA_HOME", ".local/share");
        Some(PersonFolders {
            fonts: data.join("fonts"),
            services: Some(config.join("systemd/user")),
            registry: None,
            config,
            data,
            cache: named("XDG_CACHE_HOME", ".cache"),
            state: named("XDG_STATE_HOME", ".local/state"),
        })
    }

    pub(super) fn desktop(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        user_folder(environment, "XDG_DESKTOP_DIR", "Desktop")
    }

    pub(super) fn downloads(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        user_folder(environment, "XDG_DOWNLOAD_DIR", "Downloads")
    }

    fn user_folder(environment: Environment<'_>, name: &str, usual: &str) -> Option<Utf8PathBuf> {
        let home = folder(environment, VARIABLE)?;
        let settings = folder(environment, "XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config"));
        let names = read_bounded(&settings.join("user-dirs.dirs"), 1 << 16)
            .ok()
            .flatten();
        let named = names.and_then(|bytes| named_folder(&String::from_utf8(bytes).ok()?, name, &home));
        Some(named.unwrap_or_else(|| home.join(usual)))
    }

    /// The line `XDG_DESKTOP_DIR="$HOME/Schreibtisch"`.
    pub(super) fn named_folder(text: &str, name: &str, home: &camino::Utf8Path) -> Option<Utf8PathBuf> {
        let value = text
            .lines()
            .find_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='))?;
        let value = value.trim().trim_matches('"');
        match value.strip_prefix("$HOME") {
            Some(below) => Some(home.join(below.trim_start_matches('/'))),
            None => Some(Utf8PathBuf::from(value)).filter(|path| path.is_absolute()),
        }
    }

    fn user_files(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        folder(environment, "XDG_DATA_HOME")
            .or_else(|| Some(folder(environment, VARIABLE)?.join(".local").join("share")))
    }
}

#[cfg(windows)]
mod system {
    //! The known folders of a Windows profile.

    use super::{Environment, PersonFolders, Utf8PathBuf, folder};
    use crate::registry;

    pub(super) const VARIABLE: &str = "LOCALAPPDATA";
    pub(super) const PERSON: &str = "USERPROFILE";

    pub(super) fn usual(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, VARIABLE)?.join("Toolcrib"))
    }

    pub(super) fn applications_menu(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, "APPDATA")?.join(r"Microsoft\Windows\Start Menu\Programs"))
    }

    pub(super) fn person_folders(environment: Environment<'_>) -> Option<PersonFolders> {
        let local = folder(environment, VARIABLE)?;
        Some(PersonFolders {
            config: folder(environment, "APPDATA")?,
            data: local.clone(),
            cache: local.clone(),
            fonts: local.join(r"Microsoft\Windows\Fonts"),
            state: local,
            services: None,
            registry: Some(registry::PERSON.to_owned()),
        })
    }

    pub(super) fn desktop(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, "USERPROFILE")?.join("Desktop"))
    }

    pub(super) fn downloads(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, "USERPROFILE")?.join("Downloads"))
    }
}

#[cfg(target_os = "macos")]
mod system {
    //! The folders of a macOS account.

    use super::{Environment, PersonFolders, Utf8PathBuf, folder};

    pub(super) const VARIABLE: &str = "HOME";
    pub(super) const PERSON: &str = VARIABLE;

    pub(super) fn usual(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, VARIABLE)?.join("Library/Application Support/Toolcrib"))
    }

    pub(super) fn applications_menu(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, VARIABLE)?.join("Applications"))
    }

    pub(super) fn person_folders(environment: Environment<'_>) -> Option<PersonFolders> {
        let library = folder(environment, VARIABLE)?.join("Library");
        Some(PersonFolders {
            config: library.join("Application Support"),
            data: library.join("Application Support"),
            cache: library.join("Caches"),
            state: library.join("Logs"),
            fonts: library.join("Fonts"),
            services: Some(library.join("LaunchAgents")),
            registry: None,
        })
    }

    pub(super) fn desktop(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, VARIABLE)?.join("Desktop"))
    }

    pub(super) fn downloads(environment: Environment<'_>) -> Option<Utf8PathBuf> {
        Some(folder(environment, VARIABLE)?.join("Downloads"))
    }
}

#[cfg(test)]
mod tests;
