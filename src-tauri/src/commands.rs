//! The bridge: every command takes ids or view types, makes one call, and answers with a view or a `UiError`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use tauri::State;
use tauri::ipc::Channel;
use tokio::task::AbortHandle;
use toolcrib_client::job::{Goal, Going, Held, OwnFiles, OwnSettings};
use toolcrib_client::view::{
    AppView, ExaminationView, FeedMessage, InstallOptions, InstalledView, JobView, LaunchView, LicenceView,
    PlaceView, PlanView, ReadMeView, RemovalView, ReportView, UiError,
};
use toolcrib_client::{Client, Console, Credentials, Error, Reaching, Request};
use toolcrib_model::{JobId, Language, ProductId, Version};
use toolcrib_wire::api::account::Me;

type Answer<T> = Result<T, UiError>;
type App<'a> = State<'a, Client>;

#[tauri::command]
pub(crate) fn app(client: App<'_>) -> AppView {
    client.app()
}

#[tauri::command]
pub(crate) async fn sign_in(
    client: App<'_>,
    server: Option<String>,
    user_id: String,
    password: String,
    code: Option<String>,
) -> Answer<Me> {
    client
        .sign_in(Credentials {
            server,
            user_id,
            password,
            code,
        })
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn sign_out(client: App<'_>) -> Answer<()> {
    client.sign_out().await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn call_api(
    client: App<'_>,
    operation: String,
    params: BTreeMap<String, String>,
    body: Option<Value>,
) -> Answer<Value> {
    client
        .call_api(&operation, params, body)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn check_product(
    client: App<'_>,
    product: ProductId,
    version: Option<Version>,
) -> Answer<ReportView> {
    client
        .check(
            &product,
            version.as_ref(),
            &Language::english(),
            Reaching::Nothing,
        )
        .await
        .map(|checked| checked.report.into())
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn read_me(
    client: App<'_>,
    product: ProductId,
    version: Option<Version>,
    language: Option<Language>,
) -> Answer<ReadMeView> {
    client
        .read_me(&product, version.as_ref(), language.as_ref())
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn plan_install(
    client: App<'_>,
    product: ProductId,
    options: InstallOptions,
) -> Answer<PlanView> {
    let request = Request::chosen(options).map_err(Error::into_view)?;
    client.plan(&product, request).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn install_product(
    client: App<'_>,
    product: ProductId,
    options: InstallOptions,
) -> Answer<JobView> {
    let request = Request::chosen(options).map_err(Error::into_view)?;
    client.install(&product, request).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn pause_job(client: App<'_>, job: JobId) -> Answer<JobView> {
    client.ask_to_pause(&job).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn pause_all(client: App<'_>) -> Answer<Vec<JobView>> {
    client.pause_all().await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn resume_all(client: App<'_>) -> Answer<Vec<JobView>> {
    client.resume_all().await.map_err(Error::into_view)
}

/// Without another job to stand before, it goes to the end.
#[tauri::command]
pub(crate) async fn move_job(client: App<'_>, job: JobId, before: Option<JobId>) -> Answer<Vec<JobView>> {
    let goal = before.map_or(Goal::Last, Goal::Before);
    client.move_job(&job, &goal).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn resume_job(client: App<'_>, job: JobId) -> Answer<JobView> {
    client.resume(&job).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn cancel_job(client: App<'_>, job: JobId, held: Held) -> Answer<JobView> {
    client.cancel(&job, held).await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn dismiss_job(client: App<'_>, job: JobId) -> Answer<Option<JobView>> {
    client.dismiss(&job).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn roll_back(
    client: App<'_>,
    product: ProductId,
    to: Option<Version>,
) -> Answer<InstalledView> {
    client.roll_back(&product, to).await.map_err(Error::into_view)
}

/// Keeps a release that is here, or lets it go with the next one that is installed.
#[tauri::command]
pub(crate) async fn pin_release(
    client: App<'_>,
    product: ProductId,
    version: Version,
    pinned: bool,
) -> Answer<InstalledView> {
    let pinning = client.pin(&product, &version, pinned);
    pinning.await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn examine_product(client: App<'_>, product: ProductId) -> Answer<ExaminationView> {
    let examined = client.examine(&product).await.map_err(Error::into_view)?;
    Ok(examined.view())
}

#[tauri::command]
pub(crate) async fn repair_product(client: App<'_>, product: ProductId, metered: bool) -> Answer<JobView> {
    client
        .repair_product(&product, metered)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn places(client: App<'_>, product: ProductId) -> Answer<Vec<PlaceView>> {
    client.places(&product).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn move_product(client: App<'_>, product: ProductId, place: String) -> Answer<JobView> {
    client
        .move_to_place(&product, &place)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn removal(client: App<'_>, product: ProductId) -> Answer<RemovalView> {
    client.removal_of(&product).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn uninstall_product(
    client: App<'_>,
    product: ProductId,
    settings: OwnSettings,
    files: OwnFiles,
) -> Answer<JobView> {
    client
        .uninstall(&product, Going { settings, files })
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn launch_product(
    client: App<'_>,
    product: ProductId,
    version: Option<Version>,
) -> Answer<LaunchView> {
    let launched = client
        .launch(&product, version.as_ref(), Vec::new(), Console::Detached)
        .await
        .map_err(Error::into_view)?;
    Ok(launched.view)
}

#[tauri::command]
pub(crate) async fn restart_computer(client: App<'_>) -> Answer<()> {
    client.restart_computer().await.map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn licence(client: App<'_>, product: ProductId) -> Answer<LicenceView> {
    client.licence(&product).map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn verify_licence(
    client: App<'_>,
    product: ProductId,
    password: String,
    code: Option<String>,
) -> Answer<LicenceView> {
    client
        .verify_licence(&product, password, code)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) async fn follow_feed(
    client: App<'_>,
    follower: State<'_, Follower>,
    channel: Channel<FeedMessage>,
) -> Answer<()> {
    let mut feed = client.feed();
    let pump = tokio::spawn(async move {
        while let Some(message) = feed.recv().await {
            if channel.send(message).is_err() {
                break;
            }
        }
    });
    follower.replace(pump.abort_handle());
    Ok(())
}

/// Who follows the feed: the page that asked last. One that was reloaded is forgotten.
#[derive(Default)]
pub(crate) struct Follower(Mutex<Option<AbortHandle>>);

impl Follower {
    fn replace(&self, pump: AbortHandle) {
        if let Some(former) = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(pump)
        {
            former.abort();
        }
    }
}
