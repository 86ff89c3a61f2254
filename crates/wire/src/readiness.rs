//! Readiness as it is written down: the rules file, the bundle of a check, the report of a computer, the sign-off.
//!
//! The last three travel [`Sealed`]. Normative text: `docs/protocol/readiness.md`.

mod bundle;
mod report;
mod sealed;
mod sign_off;

pub use bundle::{Bundle, CheckedProduct};
pub use report::{Group, MachineReport, Report, Ruling};
pub use sealed::{Seal, Sealed};
pub use sign_off::{Counts, Exception, MachineVerdict, SignOff};

use crate::schema::{Schema, any_up_to};
use serde::{Deserialize, Serialize};
use toolcrib_model::Requirement;

/// A list of requirements of its own, for `toolcrib check --rules FILE`.
///
/// Schema 2 has texts in several languages, facts about named things, and `all_of` and `none_of`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    /// The shape of this document.
    #[serde(deserialize_with = "any_up_to")]
    pub schema: Schema<2>,
    /// The requirements.
    pub requirements: Vec<Requirement>,
}
