//! What the faces show: the shapes of the native bridge, exported to TypeScript and printed by `--json`.
//!
//! Field names are snake_case, times RFC 3339, byte counts whole numbers, ids text.

mod acts;
mod app;
pub mod bindings;
mod carried;
mod channel;
mod content_servers;
mod doctor;
mod download;
mod feed;
mod gate;
mod installed;
mod invitation;
mod job;
mod left;
mod limit;
mod offer;
mod peers;
mod plan;
mod policy;
mod read_me;
mod readiness;
mod report;
mod timeline;
mod update;

pub use acts::{ExaminationView, PlaceView, ReleaseStanding, ReleaseView, SettingsView};
pub use app::{AppView, LaunchView, UiError};
pub use carried::CarriedView;
pub use channel::{ChannelView, ChannelsView};
pub use content_servers::{ContentServerState, ContentServerView, ContentServersView, FillView, KnownBy};
pub use doctor::{BundleView, CheckView, DoctorView, Subject};
pub use download::DownloadOptions;
pub use feed::FeedMessage;
pub use gate::{DeviceInUseView, GateView, RefusalView, SerialView, StatementView};
pub use installed::{HoldView, InstalledComponent, InstalledView, LicenceAct, LicenceStanding, LicenceView};
pub use invitation::{InvitationStep, InvitationView, InvitedPerson};
pub use job::{JobView, ProgressView};
pub use left::{FolderView, LeftView, RemovalView, SharedStaysView};
pub use limit::{LimitChoice, LimitHours, LimitView};
pub use offer::{CompanyView, NewsView, OfferView, TakenBackView, WayOut, WayOutView};
pub use peers::PeersView;
pub use plan::{ComponentView, InstallOptions, LeftOutView, NeededView, PlanView, TextView, VolumeView};
pub use policy::{PolicyFault, PolicyPlace, PolicySetting, PolicyStanding, PolicyView, ProxyScriptView};
pub use read_me::{ReadMeRefusal, ReadMeView};
pub use readiness::{ReadinessView, said};
pub use report::{ReportView, RuleView};
pub use timeline::{RequestView, TimelineEvent, TimelineView};
pub use update::{EverythingView, NotBegunView, PassedOver, PassedOverView, Said, UpdateView};

#[cfg(test)]
mod tests;
