//! `toolcrib-desktop`: the window. It shows the pages and lets them ask for named commands, each of which is one call
//! of `toolcrib-client`.
//!
//! It has no rules of its own, and no token ever reaches a page.
//!
//! Read [`commands`] first: they are the whole bridge. [`arguments`] is how it is started, [`invitation`] what a link
//! does, [`display`] what it needs of the system, [`ending`] how it stops.
//!
//! Nothing here survives a crash: a job that was running is paused when the window closes, and shown as interrupted
//! after anything worse.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod display;
mod doctor;
mod download;
mod ending;
mod invitation;
mod licence;
mod limit;
mod peers;
mod updates;

use arguments::Arguments;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};
use toolcrib_client::{Client, Isolation, Options, Patience};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

/// The environment (here: the display) is missing; the same number as `toolcrib` uses.
const EXIT_ENVIRONMENT: u8 = 3;

fn main() -> ExitCode {
    if let Some(answered) = toolcrib_client::answer_if_asked() {
        return answered;
    }
    toolcrib_client::keep_small();
    let arguments = Arguments::parse();
    display::prepare();
    if let Err(missing) = display::check() {
        complain(&format!("error: {missing}\nhelp: {}", display::ADVICE));
        return ExitCode::from(EXIT_ENVIRONMENT);
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    start_log(&arguments);
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let (home, open) = (arguments.home.clone(), arguments.open.clone());
    let client = Client::open(options(arguments))?;
    if let Some(argument) = open {
        invitation::receive(&client, &argument, &current_folder());
    }
    show(&runtime, client, home.as_deref())
}

fn show(runtime: &Runtime, client: Client, home: Option<&Utf8Path>) -> Result<(), Box<dyn Error>> {
    let window = tauri::Builder::default()
        .plugin(invitation::one_window(home))
        .manage(client.clone())
        .manage(commands::Follower::default())
        .invoke_handler(tauri::generate_handler![
            commands::app,
            commands::sign_in,
            commands::sign_out,
            invitation::invitation,
            invitation::accept_invitation,
            invitation::dismiss_invitation,
            invitation::receive_invitation,
            commands::call_api,
            commands::check_product,
            commands::read_me,
            commands::plan_install,
            commands::install_product,
            download::download_product,
            download::show_download,
            download::carried_by,
            limit::limit,
            limit::set_limit,
            limit::hurry_job,
            peers::peers,
            peers::set_peers,
            commands::pause_job,
            commands::resume_job,
            commands::pause_all,
            commands::resume_all,
            commands::move_job,
            commands::cancel_job,
            commands::dismiss_job,
            updates::updates,
            updates::everything,
            updates::update_these,
            updates::offers,
            updates::channels,
            updates::choose_channel,
            updates::hold_product,
            updates::release_hold,
            commands::roll_back,
            commands::pin_release,
            commands::examine_product,
            commands::repair_product,
            commands::places,
            commands::move_product,
            commands::removal,
            commands::uninstall_product,
            commands::launch_product,
            commands::restart_computer,
            commands::licence,
            commands::verify_licence,
            licence::take_offline,
            licence::return_early,
            doctor::doctor,
            licence::licence_timeline,
            licence::request_offline,
            licence::import_answer,
            licence::gate,
            licence::accept_privacy,
            licence::confirm_identity,
            licence::free_device,
            licence::computer,
            licence::serial,
            licence::set_serial,
            licence::undo_serial,
            doctor::support_bundle,
            commands::follow_feed,
        ])
        .build(tauri::generate_context!())?;
    runtime.spawn(go_on(client.clone()));
    let (keeping, updating) = (client.clone(), client.clone());
    runtime.spawn(async move { keeping.look_after_licences().await });
    runtime.spawn(async move { updating.look_after_updates().await });
    let giving = client.clone();
    runtime.spawn(async move { giving.keep_giving().await });
    let ending = ending::Ending::new(client);
    ending.on_termination(runtime, window.handle().clone());
    window.run(move |app, event| {
        invitation::on_event(app, &event);
        ending.handle(app, &event);
    });
    Ok(())
}

/// What stood still only because the program ended goes on with it.
async fn go_on(client: Client) {
    if let Err(error) = client.go_on().await {
        tracing::warn!(%error, "jobs of the last time could not go on");
    }
}

/// Where names of files on the command line begin.
fn current_folder() -> Utf8PathBuf {
    let folder = std::env::current_dir().ok();
    folder
        .and_then(|folder| Utf8PathBuf::from_path_buf(folder).ok())
        .unwrap_or_default()
}

fn options(arguments: Arguments) -> Options {
    Options {
        home: arguments.home,
        server: arguments.server,
        user_agent: concat!("toolcrib-desktop/", env!("CARGO_PKG_VERSION")).to_owned(),
        program: arguments::command_line_program(),
        probes: Isolation::of_this_program(),
        patience: Patience::UntilBack,
        notifications: true,
        ..Options::default()
    }
}

/// To stderr what TOOLCRIB_LOG asks for, into the home what a support case needs.
fn start_log(arguments: &Arguments) {
    let shown = EnvFilter::try_from_env("TOOLCRIB_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let shown = fmt::layer()
        .compact()
        .with_writer(std::io::stderr)
        .with_filter(shown);
    let kept = toolcrib_client::log_file(arguments.home.as_deref()).map(|file| {
        let layer = fmt::layer().compact().with_ansi(false);
        layer
            .with_writer(move || file.clone())
            .with_filter(EnvFilter::new("warn,toolcrib=info"))
    });
    tracing_subscriber::registry().with(shown).with(kept).init();
}

fn complain(text: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{text}");
}
