//! What an installation would do, and what the person chose.

use super::{ReportView, RuleView};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use toolcrib_model::{ComponentId, ComponentKind, JobId, Language, ProductId, Verdict, Version};
use toolcrib_wire::receipt::SkippedHook;
use ts_rs::TS;

/// What the person chose for an installation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct InstallOptions {
    /// The release; `None` for the one of the stable channel.
    #[ts(as = "Option<String>")]
    pub version: Option<Version>,
    /// The language: of the release, or of components that it has for it; `None` for the first one there is.
    #[ts(as = "Option<String>")]
    pub language: Option<Language>,
    /// The components beside the required ones; `None` for the vendor's default set.
    #[ts(as = "Option<Vec<String>>")]
    pub components: Option<Vec<ComponentId>>,
    /// Whether the release is installed beside the one that is current, which stays so (B-20).
    pub beside: bool,
    /// A download on this computer whose files are used; what is not among them is fetched.
    #[ts(as = "Option<String>")]
    pub from: Option<JobId>,
    /// The folder in which something else put the product, as a whole path: it is read and stays as it is, and what is not
    /// in it is fetched (B-08).
    pub adopt: Option<String>,
    /// The folder to install into, as a whole path; `None` for the usual one, or the one that it is in already.
    pub folder: Option<String>,
    /// Whether a shortcut on the desktop is wanted (S-129); `None` for what was said of this product last, else yes.
    pub desktop_shortcut: Option<bool>,
    /// Whether the person accepts the texts of this release.
    pub accept_texts: bool,
    /// Whether to go on although the computer is less than recommended.
    pub despite_warnings: bool,
    /// Whether the person agrees to the scripts of this release.
    pub allow_scripts: bool,
    /// Whether much may be fetched over a metered network.
    pub metered: bool,
    /// When it is to be installed: it is fetched now and waits until then. `None` is at once.
    #[ts(as = "Option<String>")]
    pub not_before: Option<Timestamp>,
}

/// What an installation would do, computed without effects. Where other products are needed that are not there, sizes,
/// texts, scripts and requirements are those of all together: that is what the person says yes to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlanView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The language: the one that was asked for, else that of the release.
    #[ts(as = "String")]
    pub language: Language,
    /// The languages that the release can be had in, its components' among them.
    pub languages: Vec<String>,
    /// The folder that would hold it.
    pub folder: String,
    /// Whether the organisation set it, so that the person cannot choose another one.
    pub folder_by_policy: bool,
    /// All components, chosen or not.
    pub components: Vec<ComponentView>,
    /// Bytes still to fetch.
    pub fetch_bytes: u64,
    /// Whether so much is not fetched without asking, because the network of now is metered.
    pub asks_metered: bool,
    /// Bytes that are here already.
    pub held_bytes: u64,
    /// The parts that lie in none of the folders that were named, by name; they are fetched.
    pub missing_parts: Vec<String>,
    /// Bytes on the disk afterwards.
    pub installed_bytes: u64,
    /// How many of them are there already, in files that other products have, too.
    pub shared_bytes: u64,
    /// Scripts of the release, as they would be run.
    pub scripts: Vec<String>,
    /// Whether the person agreed to them.
    pub runs_scripts: bool,
    /// What the release asks for beside its files and will not get.
    pub left_out: Vec<LeftOutView>,
    /// Bytes on the disk at the worst moment.
    pub peak_bytes: u64,
    /// How many of them still have to be free: without what is there already, written or set aside.
    pub needed_bytes: u64,
    /// Bytes that are free now.
    pub free_bytes: u64,
    /// The same two for each volume that is written to, that of the folder first.
    pub volumes: Vec<VolumeView>,
    /// The texts still to be accepted.
    pub texts: Vec<TextView>,
    /// Whether a shortcut on the desktop would be made; `None` where the release brings none.
    pub desktop_shortcut: Option<bool>,
    /// Whether this computer is fit for it.
    pub report: ReportView,
    /// Whether the computer must be restarted afterwards.
    pub restart_needed: bool,
    /// What is new in this release, for people; empty where the vendor says nothing.
    pub whats_new: String,
    /// Whether that is what is installed already.
    pub nothing_to_do: bool,
    /// Other products that it needs and that are not there, in the order in which they are installed before it.
    pub needed: Vec<NeededView>,
}

/// A product that is installed because another one needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NeededView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Its name for people.
    pub name: String,
    /// Who made it.
    pub publisher: String,
    /// The release.
    #[ts(as = "String")]
    pub version: Version,
    /// The folder that would hold it.
    pub folder: String,
    /// Bytes still to fetch.
    pub fetch_bytes: u64,
    /// Bytes on the disk afterwards.
    pub installed_bytes: u64,
}

impl PlanView {
    /// The same with what has to be installed before it, in that order.
    pub(crate) fn after(self, needed: Vec<Self>) -> Self {
        let alone = Self {
            fetch_bytes: 0,
            held_bytes: 0,
            installed_bytes: 0,
            shared_bytes: 0,
            peak_bytes: 0,
            needed_bytes: 0,
            volumes: Vec::new(),
            ..self.clone()
        };
        let mut whole = needed.into_iter().fold(alone, Self::and_before);
        whole.add_sizes(&self);
        whole
    }

    /// One more that is needed.
    fn and_before(mut self, needed: Self) -> Self {
        self.add_sizes(&needed);
        self.asks_metered |= needed.asks_metered;
        self.restart_needed |= needed.restart_needed;
        let of = |what: &str| format!("{}: {what}", needed.name);
        self.scripts
            .extend(needed.scripts.iter().map(|script| of(script)));
        self.report.verdict = self.report.verdict.max(needed.report.verdict);
        let unmet = needed
            .report
            .rules
            .iter()
            .filter(|rule| rule.verdict != Verdict::Pass);
        self.report.rules.extend(unmet.map(|rule| RuleView {
            id: format!("{}/{}", needed.product, rule.id),
            text: of(&rule.text),
            ..rule.clone()
        }));
        self.texts.extend(needed.texts.into_iter().map(|text| TextView {
            needed: Some(needed.name.clone()),
            ..text
        }));
        self.needed.push(NeededView {
            product: needed.product,
            name: needed.name,
            publisher: needed.publisher,
            version: needed.version,
            folder: needed.folder,
            fetch_bytes: needed.fetch_bytes,
            installed_bytes: needed.installed_bytes,
        });
        self
    }

    /// The sizes of what is installed next: its worst moment comes when all before it is on the disk.
    fn add_sizes(&mut self, next: &Self) {
        self.peak_bytes = self.peak_bytes.max(self.installed_bytes + next.peak_bytes);
        self.needed_bytes = self.needed_bytes.max(self.installed_bytes + next.needed_bytes);
        for (place, volume) in next.volumes.iter().enumerate() {
            // What is installed before lies where its folder is, on the first one.
            let before = if place == 0 { self.installed_bytes } else { 0 };
            let needed_bytes = before + volume.needed_bytes;
            match self.volumes.iter_mut().find(|known| known.mount == volume.mount) {
                Some(known) => known.needed_bytes = known.needed_bytes.max(needed_bytes),
                None => self.volumes.push(VolumeView {
                    needed_bytes,
                    ..volume.clone()
                }),
            }
        }
        self.fetch_bytes += next.fetch_bytes;
        self.held_bytes += next.held_bytes;
        self.shared_bytes += next.shared_bytes;
        self.installed_bytes += next.installed_bytes;
    }
}

/// What is needed of one volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct VolumeView {
    /// Where it begins: its mount point, or its drive.
    pub mount: String,
    /// Bytes that still have to be free there.
    pub needed_bytes: u64,
    /// Bytes that are free there now.
    pub free_bytes: u64,
}

impl VolumeView {
    /// Whether there is too little room.
    pub const fn is_short(&self) -> bool {
        self.needed_bytes > self.free_bytes
    }
}

impl PlanView {
    /// The volumes, where they say more than the sizes do: several, or one that is short.
    pub fn volumes_to_tell(&self) -> &[VolumeView] {
        match self.volumes.len() > 1 || self.volumes.iter().any(VolumeView::is_short) {
            true => &self.volumes,
            false => &[],
        }
    }
}

/// One component of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ComponentView {
    /// The component.
    #[ts(as = "String")]
    pub id: ComponentId,
    /// Its name for people.
    pub name: String,
    /// One sentence about it.
    pub summary: String,
    /// How it comes to be installed.
    #[ts(type = "ComponentKind")]
    pub kind: ComponentKind,
    /// The languages that it is for; none for what is for everybody.
    pub languages: Vec<String>,
    /// Whether it is a tool or utility beside the product (S-126).
    pub tool: bool,
    /// Other products here that have it, too: its files lie on the disk once.
    pub shared_with: Vec<String>,
    /// Bytes on the disk.
    pub installed_bytes: u64,
    /// Bytes to fetch.
    pub stored_bytes: u64,
    /// Whether it is part of this plan.
    pub selected: bool,
}

/// Something that a release asks for beside its files and does not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeftOutView {
    /// What it asks for, in words.
    pub what: String,
    /// Why it does not get it, in words.
    pub reason: String,
}

impl From<SkippedHook> for LeftOutView {
    fn from(skipped: SkippedHook) -> Self {
        Self {
            what: skipped.hook,
            reason: skipped.reason,
        }
    }
}

/// A text that the person accepts before the product is installed (S-118).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextView {
    /// Its short name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The text, plain.
    pub body: String,
    /// The name of the needed product that it is a text of; `None` for those of the product itself.
    pub needed: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(name: &str, sizes: [u64; 3], verdict: Verdict) -> PlanView {
        let [fetch_bytes, installed_bytes, peak_bytes] = sizes;
        let rule = |id: &str, verdict| RuleView {
            id: id.to_owned(),
            text: id.to_uppercase(),
            verdict,
            measured: String::new(),
            needed: String::new(),
            fix: None,
            link: None,
        };
        PlanView {
            product: name.parse().expect("an id"),
            name: name.to_owned(),
            publisher: "Sample Vendor".to_owned(),
            version: "1.0.0".parse().expect("a version"),
            language: "en".parse().expect("a language"),
            languages: Vec::new(),
            folder: format!("/apps/{name}"),
            folder_by_policy: false,
            components: Vec::new(),
            fetch_bytes,
            asks_metered: false,
            held_bytes: 0,
            missing_parts: Vec::new(),
            installed_bytes,
            shared_bytes: 0,
            scripts: vec!["set-up".to_owned()],
            runs_scripts: false,
            left_out: Vec::new(),
            peak_bytes,
            needed_bytes: peak_bytes,
            free_bytes: 1_000,
            volumes: vec![VolumeView {
                mount: "/".to_owned(),
                needed_bytes: peak_bytes,
                free_bytes: 1_000,
            }],
            texts: vec![TextView {
                id: "terms".to_owned(),
                title: "Terms".to_owned(),
                version: "1".to_owned(),
                body: String::new(),
                needed: None,
            }],
            desktop_shortcut: None,
            report: ReportView {
                verdict,
                rules: vec![rule("memory", Verdict::Pass), rule("system", verdict)],
            },
            restart_needed: false,
            whats_new: String::new(),
            nothing_to_do: false,
            needed: Vec::new(),
        }
    }

    #[test]
    fn a_plan_is_of_all_that_the_person_says_yes_to() {
        let needed = vec![
            plan("runtime", [10, 40, 90], Verdict::Pass),
            plan("fonts", [5, 20, 25], Verdict::Fail),
        ];
        let whole = plan("draft", [100, 200, 220], Verdict::Warn).after(needed);
        assert_eq!((whole.fetch_bytes, whole.installed_bytes), (115, 260));
        assert_eq!(whole.peak_bytes, 40 + 20 + 220);
        assert_eq!(whole.report.verdict, Verdict::Fail);
        let unmet: Vec<_> = whole.report.rules.iter().map(|rule| rule.text.as_str()).collect();
        assert_eq!(unmet, ["MEMORY", "SYSTEM", "fonts: SYSTEM"]);
        assert_eq!(whole.scripts, ["set-up", "runtime: set-up", "fonts: set-up"]);
        let of: Vec<_> = whole.texts.iter().map(|text| text.needed.as_deref()).collect();
        assert_eq!(of, [None, Some("runtime"), Some("fonts")]);
        let first: Vec<_> = whole.needed.iter().map(|needed| needed.name.as_str()).collect();
        assert_eq!(first, ["runtime", "fonts"]);
    }

    #[test]
    fn the_worst_moment_may_be_that_of_what_is_needed() {
        let needed = vec![plan("runtime", [10, 40, 900], Verdict::Pass)];
        let whole = plan("draft", [100, 200, 220], Verdict::Pass).after(needed);
        assert_eq!(whole.peak_bytes, 900);
    }

    #[test]
    fn a_plan_without_needs_is_as_it_was() {
        let whole = plan("draft", [100, 200, 220], Verdict::Warn).after(Vec::new());
        assert_eq!(
            (whole.fetch_bytes, whole.installed_bytes, whole.peak_bytes),
            (100, 200, 220)
        );
    }
}
