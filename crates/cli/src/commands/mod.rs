//! The commands: each reads its arguments, makes one call, and writes the answer.

mod account;
mod bundle;
mod carried;
mod check;
mod components;
mod content_servers;
mod doctor;
mod fetch;
mod gate;
mod install;
mod installed;
mod jobs;
mod launch;
mod licence;
mod limit;
mod offers;
mod offline;
mod open;
mod peers;
mod policy;
mod readme;
mod repair;
mod update;

use crate::arguments::{Arguments, Command, Global, Policy, PolicyAct};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::output::{Output, say_bytes};
use camino::Utf8PathBuf;
use clap::CommandFactory;
use toolcrib_client::code::Code;
use toolcrib_client::job::{Going, OwnFiles, OwnSettings};
use toolcrib_client::view::UiError;
use toolcrib_client::{Client, Error, Isolation, Neighbourhood, Options, Patience, Resolver};

type Outcome = Result<Exit, UiError>;

/// Does what needs neither a client nor threads, so that it is quick.
pub(crate) fn without_client(command: &Command) -> Option<Exit> {
    match command {
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "toolcrib", &mut script);
            say_bytes(&script);
        }
        Command::Man => {
            let mut page = Vec::new();
            let _into_memory = clap_mangen::Man::new(Arguments::command()).render(&mut page);
            say_bytes(&page);
        }
        _ => return None,
    }
    Some(Exit::Done)
}

/// Does what was asked.
pub(crate) async fn run(arguments: Arguments) -> Outcome {
    let output = Output {
        json: arguments.global.json,
        quiet: arguments.global.quiet,
        sparse: arguments.global.no_progress,
    };
    if let Command::Check(check) = &arguments.command
        && let Some(rules) = &check.rules
    {
        return check::by_rules(output, rules, check).await;
    }
    if let Command::Policy(Policy { act: Some(act) }) = &arguments.command {
        let PolicyAct::Template { form } = act;
        return policy::template(*form);
    }
    let client = Client::open(options(arguments.global)?).map_err(Error::into_view)?;
    let outcome = dispatch(&client, output, arguments.command).await;
    client.close().await;
    outcome
}

async fn dispatch(client: &Client, output: Output, command: Command) -> Outcome {
    match command {
        Command::SignIn(asked) => account::sign_in(client, output, asked).await,
        Command::SignOut => account::sign_out(client, output).await,
        Command::Whoami => account::whoami(client, output).await,
        Command::Products { all } => account::products(client, output, all).await,
        Command::Check(asked) => check::product(client, output, asked).await,
        Command::Readme {
            product,
            version,
            language,
        } => readme::readme(client, output, &product, (version.as_ref(), language.as_ref())).await,
        Command::Install(asked) => install::install(client, output, asked).await,
        Command::Open(asked) => open::open(client, output, asked).await,
        Command::Fetch(asked) => fetch::fetch(client, output, asked).await,
        Command::Download(asked) => install::download(client, output, asked).await,
        Command::Adopt(asked) => install::adopt(client, output, asked).await,
        Command::Jobs(asked) => jobs::jobs(client, output, asked),
        Command::Limit(asked) => limit::limit(client, output, asked),
        Command::Peers(asked) => peers::peers(client, output, asked).await,
        Command::ContentServers(asked) => content_servers::content_servers(client, output, asked).await,
        Command::Pause(asked) => jobs::pause(client, output, asked.job).await,
        Command::Resume(asked) => jobs::resume(client, output, asked).await,
        Command::Cancel(asked) => jobs::cancel(client, output, &asked).await,
        Command::List { releases } => installed::list(client, output, releases).await,
        Command::Versions { product } => installed::versions(client, output, &product).await,
        Command::Pin { product, version } => installed::pin(client, output, &product, &version, true).await,
        Command::Unpin { product, version } => {
            installed::pin(client, output, &product, &version, false).await
        }
        Command::Rollback { product, to } => installed::rollback(client, output, &product, to).await,
        Command::Repair(asked) => repair::repair(client, output, asked).await,
        Command::Components(asked) => components::components(client, output, asked).await,
        Command::Move { product, to } => installed::relocate(client, output, &product, &to).await,
        Command::Update(asked) => update::update(client, output, asked).await,
        Command::Hold(asked) => update::hold(client, output, asked),
        Command::Offers => offers::offers(client, output).await,
        Command::Channel { product, channel } => offers::channel(client, output, &product, channel).await,
        Command::Launch(asked) => launch::launch(client, output, asked).await,
        Command::SupportBundle { out } => bundle::bundle(client, output, &out).await,
        Command::Policy(_) => Ok(policy::policy(client, output).await),
        Command::Doctor => Ok(doctor::doctor(client, output).await),
        Command::Licence(asked) => licence::licence(client, output, asked).await,
        Command::Uninstall {
            product,
            remove_settings,
            remove_files,
        } => {
            let going = Going {
                settings: settings(remove_settings),
                files: files(remove_files),
            };
            installed::uninstall(client, output, &product, going).await
        }
        Command::Completions { .. } | Command::Man => Ok(Exit::Done),
    }
}

fn options(global: Global) -> Result<Options, UiError> {
    let home = global.home.as_deref().map(absolute).transpose()?;
    Ok(Options {
        home,
        server: global.server,
        user_agent: concat!("toolcrib/", env!("CARGO_PKG_VERSION")).to_owned(),
        program: std::env::current_exe()
            .ok()
            .and_then(|path| Utf8PathBuf::from_path_buf(path).ok()),
        probes: Isolation::of_this_program(),
        patience: match global.wait {
            true => Patience::UntilBack,
            false => Patience::None,
        },
        neighbourhood: neighbourhood()?,
        resolver: resolver()?,
        ..Options::default()
    })
}

/// In development builds a test may name the computers of the network, such as `127.0.0.1:4711,127.0.0.1:4712`.
#[cfg(debug_assertions)]
fn neighbourhood() -> Result<Neighbourhood, UiError> {
    let Ok(named) = std::env::var("TOOLCRIB_PEERS_AT") else {
        return Ok(Neighbourhood::LocalNetwork);
    };
    let addresses = named.split(',').map(str::parse).collect::<Result<_, _>>();
    addresses
        .map(Neighbourhood::Named)
        .map_err(|error| of_a_test(&format!("`{named}` are not addresses of computers: {error}.")))
}

#[cfg(not(debug_assertions))]
fn neighbourhood() -> Result<Neighbourhood, UiError> {
    Ok(Neighbourhood::LocalNetwork)
}

/// In development builds a test may name the name server and the domain of the network, such as `127.0.0.1:5353/localhost`.
#[cfg(debug_assertions)]
fn resolver() -> Result<Resolver, UiError> {
    let Ok(named) = std::env::var("TOOLCRIB_DNS_AT") else {
        return Ok(Resolver::System);
    };
    let parsed = named
        .split_once('/')
        .and_then(|(server, search)| Some((server.parse().ok()?, search.parse().ok()?)));
    let (server, search) =
        parsed.ok_or_else(|| of_a_test(&format!("`{named}` is no name server and domain.")))?;
    Ok(Resolver::At { server, search })
}

#[cfg(not(debug_assertions))]
fn resolver() -> Result<Resolver, UiError> {
    Ok(Resolver::System)
}

#[cfg(debug_assertions)]
fn of_a_test(message: &str) -> UiError {
    UiError {
        code: Code::Invalid,
        message: message.to_owned(),
        advice: Code::Invalid.advice().to_owned(),
        retryable: false,
    }
}

/// From now on being asked to stop is heard, and pauses the job that is about to begin.
fn listen() -> Result<Interrupt, UiError> {
    Interrupt::listen().map_err(|error| UiError {
        code: Code::Internal,
        message: format!("Ctrl-C cannot be heard: {error}."),
        advice: Code::Internal.advice().to_owned(),
        retryable: false,
    })
}

/// A path of the command line, from the root.
fn absolute(path: &camino::Utf8Path) -> Result<Utf8PathBuf, UiError> {
    camino::absolute_utf8(path).map_err(|error| UiError {
        code: Code::Invalid,
        message: format!("The path `{path}` cannot be used: {error}."),
        advice: "Give a path from the root.".to_owned(),
        retryable: false,
    })
}

const fn settings(remove: bool) -> OwnSettings {
    match remove {
        true => OwnSettings::Removed,
        false => OwnSettings::Kept,
    }
}

const fn files(remove: bool) -> OwnFiles {
    match remove {
        true => OwnFiles::Removed,
        false => OwnFiles::Kept,
    }
}
