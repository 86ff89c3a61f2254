//! How a product came to this computer: by Install Now, or from files that were downloaded before. Whether a serial number
//! is asked for follows from it (S-148).

use crate::client::Client;
use crate::job::{Kind, Task, TaskSource};
use crate::view::JobView;
use camino::Utf8Path;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_delivery::part_names;
use toolcrib_machine::files;
use toolcrib_model::serial::BroughtBy;

/// What is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Arrival {
    pub(crate) brought_by: BroughtBy,
    /// When the files were downloaded, as far as their folder says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fetched_at: Option<Timestamp>,
}

impl Client {
    /// How the product of a job came; `None` where the job brought none, but kept what was there.
    pub(crate) fn arrival_by(&self, job: &JobView) -> Option<Arrival> {
        match job.kind {
            Kind::Install | Kind::Update => {}
            Kind::Repair | Kind::Move | Kind::Download | Kind::Uninstall => return None,
        }
        let known = self.0.jobs.find(&job.id).ok().flatten();
        Some(known.map(|job| arrival_of(&job.record.task)).unwrap_or_default())
    }
}

fn arrival_of(task: &Task) -> Arrival {
    let folder = task.sources.iter().find_map(|source| match source {
        TaskSource::Parts(folder) => Some(Utf8Path::new(folder)),
        TaskSource::Tree(_) => None,
    });
    folder.map_or_else(Arrival::default, |folder| Arrival {
        brought_by: BroughtBy::Download,
        fetched_at: files::changed_at(&folder.join(part_names::MANIFEST))
            .ok()
            .flatten(),
    })
}

#[cfg(test)]
mod tests;
