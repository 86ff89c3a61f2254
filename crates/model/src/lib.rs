//! The vocabulary of Toolcrib: ids, digests, safe relative paths, platforms, products, requirements, roles and
//! the permission table, lease terms and the constants that the subscription guide fixes.
//!
//! It does no input or output, reads no clock and knows no runtime: everything here is a value or a pure function.
//!
//! Read [`path`] first for the style of the whole crate: a value is parsed once at the door and is then right for ever.
//!
//! Nothing here survives a crash, because nothing here is stored; what is written down is in `toolcrib-wire`.

pub mod access;
pub mod constants;
pub mod digest;
pub mod fact;
pub mod id;
pub mod lease;
pub mod patch;
pub mod path;
pub mod platform;
pub mod policy;
pub mod product;
pub mod rate;
pub mod remedy;
pub mod requirement;
pub mod rollout;
pub mod serial;
pub mod size;
pub mod text;
pub mod versions;

pub use access::{Benefit, Role, Row, Standing, SupportLevel};
pub use digest::{Digest, Hasher};
pub use fact::{Fact, FactKey, FactName, FactValue, Facts};
pub use id::{
    AccountId, ChannelName, CheckId, ComponentId, ContractId, DeviceId, ExceptionId, GroupId, JobId, LeaseId,
    MachineId, OrganisationId, PolicyId, ProductId, ReportId, SeatId, SignOffId, SubscriptionId, UserId,
};
pub use patch::PatchEncoding;
pub use path::{BadRelPath, RelPath};
pub use platform::{Language, Platform};
pub use product::{ComponentKind, DefaultAction, LicencePolicy, VerificationPolicy};
pub use rate::Rate;
pub use remedy::Remedy;
pub use requirement::{Comparison, Condition, Requirement, Verdict};
pub use semver::Version;
pub use size::ByteSize;
pub use text::LocalText;
pub use versions::{VersionRights, VersionRule};
