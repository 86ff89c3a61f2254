//! Carries out one command.

mod offer;

use crate::arguments::{self, Command, Places};
use crate::output::Output;
use std::fmt::Write as _;
use toolcrib_machine::clock::SystemClock;
use toolcrib_machine::{Secret, files};
use toolcrib_model::ByteSize;
use toolcrib_net::{Http, Settings};
use toolcrib_publish::add::{Added, Addition};
use toolcrib_publish::inspect::PatchesHeld;
use toolcrib_publish::lint::{Finding, Subject, Weight, lint};
use toolcrib_publish::package::Identity;
use toolcrib_publish::push::Server;
use toolcrib_publish::{Error, Inspection, Keys};

const TOKEN: &str = "TOOLCRIB_PUBLISH_TOKEN";
const MAX_TOKEN_BYTES: u64 = 4096;

/// How a command ended that did not fail.
pub(crate) enum Outcome {
    Done,
    /// `lint` found faults.
    Faulty,
}

pub(crate) fn run(command: Command, output: &Output) -> Result<Outcome, Error> {
    match command {
        Command::Init(given) => init(&given, output)?,
        Command::Add(given) => add(&given, output)?,
        Command::Promote(given) => offer::promote(&given, output)?,
        Command::Halt(given) => offer::halt(&given, output)?,
        Command::Withdraw(given) => offer::withdraw(&given, output)?,
        Command::Mirrors(given) => offer::mirrors(&given, output)?,
        Command::RotateKeys(given) => offer::rotate_keys(&given, output)?,
        Command::Refresh(given) => offer::refresh(&given, output)?,
        Command::Inspect(given) => {
            output.done(
                &toolcrib_publish::inspect(&given.catalogue, &SystemClock)?,
                describe,
            );
        }
        Command::Lint(given) => return check(&given, output),
        Command::Push(given) => push(&given, output)?,
    }
    Ok(Outcome::Done)
}

fn init(given: &arguments::Init, output: &Output) -> Result<(), Error> {
    let Places { catalogue, keys } = &given.signing.places;
    let held = Keys::in_folder(keys).with_root_keys_in(&given.root_keys);
    let done = toolcrib_publish::init_with(catalogue, &held, given.signing.lifetimes.into(), &SystemClock)?;
    output.done(&done, |done| {
        let root = done.root_sha256;
        format!(
            "made {} keys in {keys}\nan empty catalogue is in {catalogue}; its root is {root}",
            done.keys_made
        )
    });
    Ok(())
}

fn add(given: &arguments::Add, output: &Output) -> Result<(), Error> {
    let addition = Addition {
        identity: Identity {
            product: given.product.clone(),
            version: given.version.clone(),
            platform: given.platform,
            language: given.language.clone(),
        },
        from: given.input.from.clone(),
        strip_prefix: given.input.strip_prefix.clone(),
        product_file: given.input.product_file.clone(),
        sbom: given.sbom.clone(),
        making: given.making(),
        patch_from: given.patch_from.clone(),
        lifetimes: given.signing.lifetimes.into(),
    };
    let added = toolcrib_publish::add(
        &given.signing.places.catalogue,
        &given.signing.places.keys,
        &addition,
        &SystemClock,
        output,
    )?;
    output.done(&added, packed);
    Ok(())
}

fn packed(added: &Added) -> String {
    let mut text = format!(
        "added {} {} for {} in {}: {} files, {} installed, {} in {} parts",
        added.product,
        added.version,
        added.platform,
        added.language,
        added.file_count,
        ByteSize(added.installed_bytes),
        ByteSize(added.part_bytes),
        added.part_count,
    );
    for patches in &added.patches {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\npatches from {} make {} files: {} to fetch",
            patches.from,
            patches.file_count,
            ByteSize(patches.bytes)
        );
        if patches.left_out > 0 {
            let _ = write!(
                text,
                "\n{} more come as chunks: too large for a patch, or it would be hardly smaller",
                patches.left_out
            );
        }
    }
    text
}

fn check(given: &arguments::Lint, output: &Output) -> Result<Outcome, Error> {
    let findings = lint(&Subject {
        from: &given.input.from,
        strip_prefix: given.input.strip_prefix.as_ref(),
        product_file: given.input.product_file.as_deref(),
        platform: given.platform,
        language: &given.language,
        part_bytes: given.part_size,
    })?;
    let is_faulty = |one: &Finding| given.strict || one.weight == Weight::Error;
    let faulty = findings.iter().any(is_faulty);
    output.done(&serde_json::json!({ "findings": findings }), |_| {
        listed(&findings)
    });
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

fn listed(findings: &[Finding]) -> String {
    let line = |one: &Finding| {
        let weight = match one.weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
        };
        format!("{weight} ({}): {} — {}", one.about, one.fault, one.fix)
    };
    match findings {
        [] => "nothing is wrong".to_owned(),
        findings => findings.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn push(given: &arguments::Push, output: &Output) -> Result<(), Error> {
    let token = token(given)?;
    let failed = |source| Error::Send {
        name: given.server.to_string(),
        source,
    };
    let agent = concat!("toolcrib-publish/", env!("CARGO_PKG_VERSION"));
    let http = Http::new(Settings::new(agent)).map_err(failed)?;
    let url = given.server.clone();
    let server = Server { http, url, token };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| Error::Start { source })?;
    let pushed = runtime.block_on(toolcrib_publish::push(
        &given.catalogue,
        &server,
        &SystemClock,
        output,
    ))?;
    output.done(&pushed, |pushed| {
        format!(
            "sent {} files of content ({}) and {} of the catalogue\nskipped {} files of content ({}) and {} of the catalogue, which the server had",
            pushed.content_sent,
            ByteSize(pushed.bytes_sent),
            pushed.files_sent,
            pushed.content_held,
            ByteSize(pushed.bytes_held),
            pushed.files_held,
        )
    });
    Ok(())
}

fn token(given: &arguments::Push) -> Result<Secret<String>, Error> {
    let raw = match &given.token_file {
        Some(path) => {
            let bytes = files::read_bounded(path, MAX_TOKEN_BYTES)?;
            let bytes = bytes.ok_or_else(|| Error::NoFile { path: path.clone() })?;
            String::from_utf8(bytes).map_err(|_| Error::NotUnicode {
                path: path.to_string(),
            })?
        }
        None => std::env::var(TOKEN).map_err(|_| Error::NoToken)?,
    };
    let token = raw.trim().to_owned();
    if token.is_empty() {
        Err(Error::NoToken)
    } else {
        Ok(Secret::new(token))
    }
}

fn describe(found: &Inspection) -> String {
    let mut text = String::new();
    for role in &found.roles {
        let mark = if role.expired { "  EXPIRED" } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:<10} version {:<5} until {}{mark}",
            role.role, role.version, role.expires
        );
    }
    for (id, product) in &found.products {
        let _ = writeln!(text, "\n{id}  {} — {}", product.name, product.publisher);
        for (channel, version) in &product.channels {
            let _ = writeln!(text, "  {channel} -> {version}");
        }
        for (channel, rollout) in &product.rollouts {
            let mark = if rollout.halted { ", halted" } else { "" };
            let _ = writeln!(
                text,
                "  {channel} -> {} for {}{mark}",
                rollout.version, rollout.percent
            );
        }
        if let Some(minimum) = &product.minimum {
            let _ = writeln!(text, "  stands by {minimum} and newer");
        }
        for release in &product.releases {
            let mark = match (release.withdrawn, release.critical) {
                (true, _) => "  withdrawn",
                (false, true) => "  critical",
                (false, false) => "",
            };
            let _ = writeln!(
                text,
                "  {} {} {}  {} to fetch, {} installed{mark}",
                release.version,
                release.platform,
                release.language,
                ByteSize(release.stored_bytes),
                ByteSize(release.installed_bytes),
            );
            let leading = |held: &&PatchesHeld| held.manifest == release.manifest;
            for held in found.patches.iter().filter(leading) {
                let _ = writeln!(text, "    or {} from {}", ByteSize(held.bytes), held.from);
            }
            let sbom = found
                .packages
                .get(&release.manifest)
                .and_then(|package| package.sbom);
            if let Some(sbom) = sbom {
                let _ = writeln!(
                    text,
                    "    SBOM content/{} ({})",
                    sbom.sha256,
                    ByteSize(sbom.length)
                );
            }
        }
    }
    text.trim_end().to_owned()
}
