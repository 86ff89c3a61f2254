//! What a package asks of the person's system beside its own files. Declared, never run: each is an operation with an
//! inverse, which is applied when the release becomes current and undone when it no longer is.

use serde::{Deserialize, Serialize};
use toolcrib_model::RelPath;

/// One thing that a package asks for, for the person who installs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Hook {
    /// A variable in the environment of the person's programs.
    Variable {
        /// Its name.
        name: String,
        /// Its value; `{release}` stands for the release's folder.
        value: String,
    },
    /// A folder of the release on the person's search path.
    Path {
        /// The folder.
        folder: RelPath,
    },
    /// Opening files of a kind.
    Association {
        /// The ending of their names, without the dot.
        extension: String,
        /// Their media type: `application/x-draft`.
        media_type: String,
        /// What they are, for people.
        description: String,
    },
    /// Opening links that begin with this.
    Scheme {
        /// What stands before the colon.
        scheme: String,
    },
    /// A font for all programs of the person.
    Font {
        /// The font's file.
        file: RelPath,
    },
    /// A program that runs in the background while the person is signed in to the computer.
    Service {
        /// A short name.
        name: String,
        /// The program.
        program: RelPath,
        /// Its arguments.
        #[serde(default)]
        arguments: Vec<String>,
    },
    /// A program of the package that is to run once, in the release's own folder: the exception.
    Script {
        /// What is run.
        run: ScriptCommand,
        /// How what it did is undone.
        undo: ScriptUndo,
    },
}

/// A program of the package, to be run shut in the release's own folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptCommand {
    /// The program.
    pub program: RelPath,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
}

/// How what a script did is undone; a script has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptUndo {
    /// It leaves nothing that would have to be undone before its folder goes.
    Nothing,
    /// By another program, which copes with a script that was stopped half-way or never began.
    Run(ScriptCommand),
}

/// A folder in which the product keeps the person's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFolder {
    /// What it is, for people.
    pub name: String,
    /// Below which of the person's folders it is.
    pub base: SettingsBase,
    /// Where below it.
    pub folder: RelPath,
}

/// One of the person's folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsBase {
    /// Settings: `~/.config` on Linux.
    Config,
    /// Files that the person made or collected: `~/.local/share`.
    Data,
    /// What can be made anew: `~/.cache`.
    Cache,
    /// Logs, histories, window places: `~/.local/state`.
    State,
}

impl Hook {
    /// What it is called in words for people.
    pub fn words(&self) -> String {
        match self {
            Self::Variable { name, .. } => format!("the variable {name}"),
            Self::Path { folder } => format!("`{folder}` on the search path"),
            Self::Association { extension, .. } => format!("opening .{extension} files"),
            Self::Scheme { scheme } => format!("opening {scheme}: links"),
            Self::Font { file } => format!("the font `{file}`"),
            Self::Service { name, .. } => format!("the background service {name}"),
            Self::Script { run, .. } => format!("running `{}`", run.program),
        }
    }

    /// The files of the package that it names.
    pub fn files(&self) -> Vec<&RelPath> {
        match self {
            Self::Font { file } => vec![file],
            Self::Service { program, .. } => vec![program],
            Self::Script { run, undo } => match undo {
                ScriptUndo::Nothing => vec![&run.program],
                ScriptUndo::Run(undo) => vec![&run.program, &undo.program],
            },
            Self::Variable { .. } | Self::Path { .. } | Self::Association { .. } | Self::Scheme { .. } => {
                Vec::new()
            }
        }
    }
}
