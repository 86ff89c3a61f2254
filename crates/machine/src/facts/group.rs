//! The groups in which facts are read.

use super::{Question, Readings};
use super::{
    compute, display, graphics, place, ports, processes, runtimes, session, software, system, volumes,
};
use serde::{Deserialize, Serialize};
use toolcrib_model::FactName;

/// Facts that are read together, because they come from one source or hang on one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Group {
    System,
    Session,
    Compute,
    Place,
    Volumes,
    Graphics,
    Display,
    Software,
    Runtimes,
    Processes,
    Ports,
}

impl Group {
    pub(super) const ALL: [Self; 11] = [
        Self::System,
        Self::Session,
        Self::Compute,
        Self::Place,
        Self::Volumes,
        Self::Graphics,
        Self::Display,
        Self::Software,
        Self::Runtimes,
        Self::Processes,
        Self::Ports,
    ];

    /// What the group answers; facts about named things as far as they are wanted.
    pub(super) const fn names(self) -> &'static [FactName] {
        match self {
            Self::System => system::NAMES,
            Self::Session => session::NAMES,
            Self::Compute => compute::NAMES,
            Self::Place => place::NAMES,
            Self::Volumes => volumes::NAMES,
            Self::Graphics => graphics::NAMES,
            Self::Display => display::NAMES,
            Self::Software => software::NAMES,
            Self::Runtimes => runtimes::NAMES,
            Self::Processes => processes::NAMES,
            Self::Ports => ports::NAMES,
        }
    }

    /// Whether it touches something that may hang for good: a driver, a drive, a display, another program.
    pub(super) const fn may_hang(self) -> bool {
        match self {
            Self::Place
            | Self::Volumes
            | Self::Graphics
            | Self::Display
            | Self::Software
            | Self::Runtimes => true,
            Self::System | Self::Session | Self::Compute | Self::Processes | Self::Ports => false,
        }
    }

    pub(super) fn read(self, question: &Question) -> Readings {
        match self {
            Self::System => system::read(),
            Self::Session => session::read(),
            Self::Compute => compute::read(),
            Self::Place => place::read(question),
            Self::Volumes => volumes::read(question),
            Self::Graphics => graphics::read(),
            Self::Display => display::read(),
            Self::Software => software::read(question),
            Self::Runtimes => runtimes::read(question),
            Self::Processes => processes::read(question),
            Self::Ports => ports::read(question),
        }
    }
}
