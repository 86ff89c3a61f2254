//! The commands that change what is offered, and who vouches for it.

use crate::arguments::{self, Signing};
use crate::output::Output;
use camino::Utf8Path;
use toolcrib_machine::clock::SystemClock;
use toolcrib_machine::files;
use toolcrib_model::rollout::Percent;
use toolcrib_publish::offer::{Promoted, Withdrawn};
use toolcrib_publish::rotate::Rotated;
use toolcrib_publish::{Error, Keys, Promotion, Vendor, Withdrawal};
use toolcrib_trust::catalogue::Role;

/// The longest text about a release that is read.
const MAX_TEXT_BYTES: u64 = 20_000;

fn vendor<'a>(signing: &'a Signing, keys: &'a Keys) -> Vendor<'a> {
    Vendor {
        catalogue: &signing.places.catalogue,
        keys,
        lifetimes: signing.lifetimes.into(),
        clock: &SystemClock,
    }
}

pub(super) fn promote(given: &arguments::Promote, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys);
    let promotion = Promotion {
        product: given.product.clone(),
        version: given.version.clone(),
        channel: given.channel.clone(),
        percent: given.percent,
        critical: given.critical,
        minimum: given.minimum.clone(),
        whats_new: given.whats_new.as_deref().map(text).transpose()?,
    };
    let done = toolcrib_publish::promote(&vendor(&given.signing, &keys), &promotion)?;
    output.done(&done, promoted);
    Ok(())
}

fn promoted(done: &Promoted) -> String {
    let Promoted {
        product,
        channel,
        version,
        percent,
        before,
    } = done;
    match (*percent, before) {
        (Percent::ALL, _) => format!("{channel} of {product} is now {version}"),
        (share, Some(before)) => {
            format!(
                "{channel} of {product} is now {version} for {share} of the devices, {before} for the others"
            )
        }
        (share, None) => format!("{channel} of {product} is now {version} for {share} of the devices"),
    }
}

pub(super) fn halt(given: &arguments::Halt, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys);
    let vendor = vendor(&given.signing, &keys);
    let done = toolcrib_publish::halt(&vendor, &given.product, &given.channel)?;
    output.done(&done, |done| {
        format!("{} {} is halted at {}", done.product, done.version, done.percent)
    });
    Ok(())
}

pub(super) fn withdraw(given: &arguments::Withdraw, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys);
    let withdrawal = Withdrawal {
        product: given.product.clone(),
        version: given.version.clone(),
        reason: given.reason.clone(),
    };
    let done = toolcrib_publish::withdraw(&vendor(&given.signing, &keys), &withdrawal)?;
    output.done(&done, withdrawn);
    Ok(())
}

fn withdrawn(done: &Withdrawn) -> String {
    let mut text = format!("{} {} is no longer offered", done.product, done.version);
    for channel in &done.channels {
        text.push_str(&format!(
            "\n{channel} points at nothing now; promote another release"
        ));
    }
    text
}

pub(super) fn mirrors(given: &arguments::Mirrors, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys);
    let vendor = vendor(&given.signing, &keys);
    let done = toolcrib_publish::mirrors(&vendor, &given.add, &given.remove)?;
    output.done(&done, |done| match &done.mirrors[..] {
        [] => "there are no mirrors".to_owned(),
        mirrors => mirrors.join("\n"),
    });
    Ok(())
}

pub(super) fn rotate_keys(given: &arguments::RotateKeys, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys).with_root_keys_in(&given.root_keys);
    let roles = given.role.iter().map(|role| Role::from(*role)).collect();
    let done = toolcrib_publish::rotate_keys(&vendor(&given.signing, &keys), &roles)?;
    output.done(&done, rotated);
    Ok(())
}

fn rotated(done: &Rotated) -> String {
    let mut text = format!("root {} is vouched for until {}", done.root_version, done.expires);
    for path in &done.made {
        text.push_str(&format!("\nmade {path}"));
    }
    for path in &done.powerless {
        text.push_str(&format!("\n{path} has no power any more: destroy it"));
    }
    text
}

pub(super) fn refresh(given: &arguments::Refresh, output: &Output) -> Result<(), Error> {
    let keys = Keys::in_folder(&given.signing.places.keys);
    let done = toolcrib_publish::refresh(&vendor(&given.signing, &keys))?;
    output.done(&done, |done| {
        format!("the catalogue is vouched for until {}", done.expires)
    });
    Ok(())
}

fn text(path: &Utf8Path) -> Result<String, Error> {
    let bytes = files::read_bounded(path, MAX_TEXT_BYTES)?;
    let bytes = bytes.ok_or_else(|| Error::NoFile {
        path: path.to_owned(),
    })?;
    String::from_utf8(bytes).map_err(|_| Error::NotUnicode {
        path: path.to_string(),
    })
}
