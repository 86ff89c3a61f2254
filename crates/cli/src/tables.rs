//! Answers for people.

use comfy_table::{Table, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_client::job::State;
use toolcrib_client::view::{InstalledView, JobView, LicenceView, PlanView, ReportView};
use toolcrib_model::{ByteSize, DefaultAction, Platform, Verdict};
use toolcrib_wire::api::account::Me;
use toolcrib_wire::api::product::{ProductEntitlement, ReleaseOffer};

fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(heads);
    rows.for_each(|row| {
        table.add_row(row);
    });
    let lines = table
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn size(bytes: u64) -> String {
    ByteSize(bytes).to_string()
}

/// A time as the person's own clock shows it.
pub(crate) fn local(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system())
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// Who is signed in, and as what.
pub(crate) fn me(me: &Me) -> String {
    let mut lines = vec![format!("{} ({}), {}", me.name, me.user_id, me.organisation_name)];
    for contract in &me.contracts {
        let roles: Vec<_> = contract.roles.iter().map(|role| word(&role)).collect();
        lines.push(format!(
            "contract {}: {} ({} support)",
            contract.number,
            roles.join(", "),
            word(&contract.support)
        ));
    }
    lines.join("\n")
}

/// The word by which a closed list's member is written in JSON, with spaces.
fn word(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned));
    text.unwrap_or_default().replace('_', " ")
}

/// What the person may have: one line for each product.
pub(crate) fn products(products: &[ProductEntitlement]) -> String {
    if products.is_empty() {
        return "Nothing has been granted to you yet. Ask your contract manager or software coordinator."
            .to_owned();
    }
    let rows = products.iter().map(|product| {
        let offer = here(product);
        [
            product.product.to_string(),
            product.name.clone(),
            product
                .version
                .as_ref()
                .map_or_else(|| "-".to_owned(), ToString::to_string),
            offer.map_or_else(
                || "not for this computer".to_owned(),
                |offer| size(offer.stored_bytes),
            ),
            offer.map_or_else(String::new, |offer| size(offer.installed_bytes)),
            action(product.default_action).to_owned(),
            if product.seat_assigned { "yes" } else { "no" }.to_owned(),
        ]
    });
    table(
        [
            "PRODUCT",
            "NAME",
            "VERSION",
            "DOWNLOAD",
            "INSTALLED",
            "DEFAULT",
            "SEAT",
        ],
        rows,
    )
}

/// Every release of every product.
pub(crate) fn releases(products: &[ProductEntitlement]) -> String {
    let all = products
        .iter()
        .flat_map(|product| product.releases.iter().map(move |offer| (product, offer)));
    let rows = all.map(|(product, offer)| {
        let marks = [
            (product.version.as_ref() == Some(&offer.version)).then_some("stable"),
            offer.platform.runs_on(Platform::current()).then_some("runs here"),
        ];
        [
            product.product.to_string(),
            offer.version.to_string(),
            offer.platform.to_string(),
            offer.language.to_string(),
            size(offer.stored_bytes),
            size(offer.installed_bytes),
            marks.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]
    });
    table(
        [
            "PRODUCT",
            "VERSION",
            "PLATFORM",
            "LANGUAGE",
            "DOWNLOAD",
            "INSTALLED",
            "",
        ],
        rows,
    )
}

fn here(product: &ProductEntitlement) -> Option<&ReleaseOffer> {
    let machine = Platform::current();
    let fits = |offer: &&ReleaseOffer| {
        Some(&offer.version) == product.version.as_ref() && offer.platform.runs_on(machine)
    };
    product.releases.iter().find(fits)
}

const fn action(action: DefaultAction) -> &'static str {
    match action {
        DefaultAction::InstallNow => "install now",
        DefaultAction::DownloadNow => "download now",
        DefaultAction::BrowserDownload => "browser download",
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Warn => "WARN",
        Verdict::Fail => "FAIL",
    }
}

/// The readiness of this computer, with what to do about each shortcoming.
pub(crate) fn report(report: &ReportView) -> String {
    let rows = report.rules.iter().map(|rule| {
        [
            verdict(rule.verdict).to_owned(),
            rule.text.clone(),
            rule.measured.clone(),
            rule.needed.clone(),
        ]
    });
    let mut text = table(["", "REQUIREMENT", "MEASURED", "NEEDED"], rows);
    for rule in report.rules.iter().filter(|rule| rule.verdict != Verdict::Pass) {
        let fix = rule.fix.as_deref().unwrap_or("There is no advice for this.");
        let link = rule
            .link
            .as_ref()
            .map_or_else(String::new, |link| format!(" See {link}."));
        text.push_str(&format!("\n{}: {fix}{link}", rule.text));
    }
    let sum = match report.verdict {
        Verdict::Pass => "This computer is ready.",
        Verdict::Warn => "This computer will do, but not well.",
        Verdict::Fail => "This computer is not ready.",
    };
    format!("{text}\n{sum}")
}

/// What an installation is going to do.
pub(crate) fn plan(plan: &PlanView) -> String {
    let chosen: Vec<_> = plan
        .components
        .iter()
        .filter(|part| part.selected)
        .map(|part| part.name.as_str())
        .collect();
    format!(
        "{} {} into {}\n{}\n{} to download ({} are here already), {} on the disk, {} at the peak, {} free",
        plan.name,
        plan.version,
        plan.folder,
        chosen.join(", "),
        size(plan.fetch_bytes),
        size(plan.held_bytes),
        size(plan.installed_bytes),
        size(plan.peak_bytes),
        size(plan.free_bytes),
    )
}

/// The word for a job's state.
pub(crate) const fn state(state: State) -> &'static str {
    match state {
        State::Queued => "queued",
        State::Checking => "checking",
        State::Downloading => "downloading",
        State::Pausing => "pausing",
        State::Paused => "paused",
        State::Committing => "installing",
        State::Waiting => "waiting",
        State::Done => "done",
        State::Failed => "failed",
        State::Cancelled => "cancelled",
    }
}

/// All jobs.
pub(crate) fn jobs(jobs: &[JobView]) -> String {
    if jobs.is_empty() {
        return "There are no jobs.".to_owned();
    }
    let rows = jobs.iter().map(|job| {
        let why = job
            .failure
            .as_ref()
            .map(|failure| failure.message.clone())
            .or_else(|| job.reason.clone());
        let product = format!("{} {}", job.name, job.version);
        [
            job.id.to_string(),
            word(&job.kind),
            product,
            state(job.state).to_owned(),
            share(job),
            why.unwrap_or_default(),
        ]
    });
    table(["JOB", "KIND", "PRODUCT", "STATE", "PROGRESS", ""], rows)
}

fn share(job: &JobView) -> String {
    match (job.state, job.progress.total_bytes) {
        (State::Done, _) => "100 %".to_owned(),
        (_, 0) => "-".to_owned(),
        (_, total) => format!("{} %", job.progress.done_bytes.min(total) * 100 / total),
    }
}

/// All installed products.
pub(crate) fn installed(products: &[InstalledView]) -> String {
    if products.is_empty() {
        return "Nothing is installed.".to_owned();
    }
    let rows = products.iter().map(|product| {
        let restart = if product.restart_pending {
            " (restart needed)"
        } else {
            ""
        };
        [
            product.product.to_string(),
            product.version.to_string(),
            size(product.installed_bytes),
            format!("{}{restart}", word(&product.licence.standing)),
            product.folder.clone(),
        ]
    });
    table(["PRODUCT", "VERSION", "SIZE", "LICENCE", "FOLDER"], rows)
}

/// One licence with its dates.
pub(crate) fn licence(licence: &LicenceView) -> String {
    let dates = [
        ("identity verified", licence.verified_at),
        ("verify again by", licence.verify_by),
        ("offline grace until", licence.grace_until),
        ("works offline until", licence.works_offline_until),
        ("contract ends", licence.contract_ends_at),
    ];
    let mut lines = vec![format!(
        "{}: {}. {}",
        licence.product,
        word(&licence.standing),
        licence.sentence
    )];
    let texts = [
        ("licensed to", &licence.user_id),
        ("serial number", &licence.serial),
    ];
    lines.extend(
        texts
            .iter()
            .filter_map(|(name, text)| text.as_ref().map(|text| format!("  {name:<20} {text}"))),
    );
    lines.extend(
        dates
            .iter()
            .filter_map(|(name, time)| time.map(|time| format!("  {name:<20} {}", local(time)))),
    );
    lines.join("\n")
}
