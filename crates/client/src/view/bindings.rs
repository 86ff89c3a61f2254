//! The TypeScript declarations of the bridge, made from the Rust types.

use super::{
    AppView, BundleView, CarriedView, ChannelView, ChannelsView, CheckView, CompanyView, ComponentView,
    DeviceInUseView, DoctorView, DownloadOptions, EverythingView, ExaminationView, FeedMessage, FolderView,
    GateView, HoldView, InstallOptions, InstalledComponent, InstalledView, InvitationStep, InvitationView,
    InvitedPerson, JobView, LaunchView, LeftOutView, LeftView, LicenceAct, LicenceStanding, LicenceView,
    LimitChoice, LimitHours, LimitView, NeededView, NewsView, NotBegunView, OfferView, PassedOver,
    PassedOverView, PeersView, PlaceView, PlanView, ProgressView, ReadMeRefusal, ReadMeView, RefusalView,
    ReleaseStanding, ReleaseView, RemovalView, ReportView, RequestView, RuleView, SerialView, SettingsView,
    SharedStaysView, StatementView, Subject, TakenBackView, TextView, TimelineEvent, TimelineView, UiError,
    UpdateView, VolumeView, WayOut, WayOutView,
};
use crate::code::Code;
use crate::doctor::{Finding, Whom};
use crate::job::{Held, Kind, Need, OwnFiles, OwnSettings, Priority, State};
use crate::updates::Begun;
use ts_rs::{Config, TS};

const HEADING: &str = "\
// Made from crates/client/src/view by `TOOLCRIB_WRITE_BINDINGS=1 cargo test -p toolcrib-client bindings`.
// Do not edit: the same test fails when this file is not current.

export type Verdict = \"pass\" | \"warn\" | \"fail\";

export type ComponentKind = \"required\" | \"default\" | \"optional\";
";

/// The whole text of `ui/src/api/native.gen.ts`.
pub fn declarations() -> String {
    let config = Config::new().with_large_int("number");
    let declarations = [
        AppView::decl(&config),
        Code::decl(&config),
        UiError::decl(&config),
        RuleView::decl(&config),
        ReportView::decl(&config),
        ComponentView::decl(&config),
        TextView::decl(&config),
        InstallOptions::decl(&config),
        DownloadOptions::decl(&config),
        PlanView::decl(&config),
        NeededView::decl(&config),
        VolumeView::decl(&config),
        LeftOutView::decl(&config),
        Kind::decl(&config),
        State::decl(&config),
        Need::decl(&config),
        Priority::decl(&config),
        Held::decl(&config),
        OwnSettings::decl(&config),
        OwnFiles::decl(&config),
        ProgressView::decl(&config),
        SettingsView::decl(&config),
        FolderView::decl(&config),
        SharedStaysView::decl(&config),
        RemovalView::decl(&config),
        LeftView::decl(&config),
        JobView::decl(&config),
        InstalledComponent::decl(&config),
        ReleaseStanding::decl(&config),
        ReleaseView::decl(&config),
        ExaminationView::decl(&config),
        PlaceView::decl(&config),
        ReadMeRefusal::decl(&config),
        ReadMeView::decl(&config),
        HoldView::decl(&config),
        CompanyView::decl(&config),
        UpdateView::decl(&config),
        PassedOver::decl(&config),
        PassedOverView::decl(&config),
        EverythingView::decl(&config),
        NotBegunView::decl(&config),
        Begun::decl(&config),
        LicenceStanding::decl(&config),
        LicenceAct::decl(&config),
        LicenceView::decl(&config),
        StatementView::decl(&config),
        DeviceInUseView::decl(&config),
        RefusalView::decl(&config),
        GateView::decl(&config),
        SerialView::decl(&config),
        TimelineEvent::decl(&config),
        TimelineView::decl(&config),
        RequestView::decl(&config),
        InstalledView::decl(&config),
        LaunchView::decl(&config),
        Subject::decl(&config),
        Finding::decl(&config),
        Whom::decl(&config),
        CheckView::decl(&config),
        DoctorView::decl(&config),
        BundleView::decl(&config),
        NewsView::decl(&config),
        TakenBackView::decl(&config),
        WayOut::decl(&config),
        WayOutView::decl(&config),
        OfferView::decl(&config),
        ChannelView::decl(&config),
        ChannelsView::decl(&config),
        InvitationStep::decl(&config),
        InvitedPerson::decl(&config),
        InvitationView::decl(&config),
        CarriedView::decl(&config),
        LimitHours::decl(&config),
        LimitChoice::decl(&config),
        LimitView::decl(&config),
        PeersView::decl(&config),
        FeedMessage::decl(&config),
    ];
    declarations.iter().fold(HEADING.to_owned(), |text, declaration| {
        format!("{text}\nexport {declaration}\n")
    })
}
