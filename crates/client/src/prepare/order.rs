//! What the person asks for, and what came of thinking it through.

use super::sharing::SharedWith;
use crate::client::Client;
use crate::error::Error;
use crate::job::{Kind, OwnFiles, OwnSettings, Task, TaskSource};
use crate::links::AccountLinks;
use crate::view::{ComponentView, InstallOptions, LeftOutView, PlanView, ReportView, TextView, VolumeView};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use jiff::Timestamp;
use std::collections::BTreeSet;
use toolcrib_delivery::{Plan, Scripts, Source, Volume, part_names};
use toolcrib_machine::files;
use toolcrib_model::{Language, UserId, Verdict};
use toolcrib_wire::manifest::{Blob, Component, Manifest, ShortcutPlace, TextToAccept};
use toolcrib_wire::receipt::{OutsideRoot, Receipt};

/// What the person asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What the person chose.
    pub options: InstallOptions,
    /// The folder to install into, absolute; `None` for the usual one.
    pub folder: Option<Utf8PathBuf>,
    /// Folders in which parts or files of the release may lie, absolute; what is not there is fetched.
    pub sources: Vec<Source>,
    /// Who accepts the texts where nobody is signed in; `None` for whoever activates the product later.
    pub user_id: Option<UserId>,
}

impl Request {
    /// A request for the usual folder.
    pub const fn new(options: InstallOptions) -> Self {
        Self {
            options,
            folder: None,
            sources: Vec::new(),
            user_id: None,
        }
    }

    /// A request as somebody chose it on a page.
    ///
    /// # Errors
    /// [`Error::FolderNotWhole`] where a folder is not a whole path, [`Error::NoFolder`] where the one with the product is not
    /// there.
    pub fn chosen(options: InstallOptions) -> Result<Self, Error> {
        let folder = options.folder.as_deref().map(whole_path).transpose()?;
        let adopted = options.adopt.as_deref().map(whole_path).transpose()?;
        let request = Self {
            folder,
            ..Self::new(options)
        };
        match adopted {
            Some(adopted) => request.adopting(adopted),
            None => Ok(request),
        }
    }

    /// The same, with the files of a product that something else has put into a folder (B-08).
    ///
    /// # Errors
    /// [`Error::NoFolder`] where there is no such folder: then everything would be fetched.
    pub fn adopting(mut self, folder: Utf8PathBuf) -> Result<Self, Error> {
        if !folder.is_dir() {
            return Err(Error::NoFolder { folder });
        }
        self.sources.push(Source::Tree(folder));
        Ok(self)
    }

    /// The same, with the product that lies in the chosen folder already: it goes where it usually goes.
    ///
    /// # Errors
    /// As [`Request::adopting`].
    pub fn taking_over(mut self) -> Result<Self, Error> {
        match self.folder.take() {
            Some(folder) => self.adopting(folder),
            None => Ok(self),
        }
    }

    /// Whether the release is to come from a folder with its parts.
    pub(super) fn brings_parts(&self) -> bool {
        self.sources.iter().any(|source| parts_folder(source).is_some())
    }

    /// Whether an unfinished job is what this asks for.
    pub(super) fn is_met_by(&self, task: &Task) -> bool {
        let asked: Option<BTreeSet<_>> = self.options.components.as_ref().map(|ids| ids.iter().collect());
        self.options
            .version
            .as_ref()
            .is_none_or(|version| *version == task.version)
            && self.options.language.as_ref().is_none_or(|language| {
                *language == task.language || task.asked_language.as_ref() == Some(language)
            })
            && (task.allow_scripts || !self.options.allow_scripts)
            && task.beside == self.options.beside
            && self.folder.as_ref().is_none_or(|folder| *folder == task.root)
            && asked.is_none_or(|asked| asked.iter().all(|id| task.components.contains(id)))
    }
}

/// A path from the root of a disk on, without ways back up: what somebody typed is not to mean another folder tomorrow.
pub(crate) fn whole_path(typed: &str) -> Result<Utf8PathBuf, Error> {
    let path = Utf8Path::new(typed.trim());
    let climbs = path.components().any(|piece| piece == Utf8Component::ParentDir);
    match path.is_absolute() && !climbs {
        true => Ok(path.components().collect()),
        false => Err(Error::FolderNotWhole {
            folder: typed.to_owned(),
        }),
    }
}

/// An installation that was thought through, and what the person still has to say to it.
#[derive(Debug)]
pub struct Prepared {
    pub(super) plan: Plan,
    /// Which other products here have the same components.
    pub(super) shared_with: SharedWith,
    pub(super) asked_language: Option<Language>,
    /// What the person said just now of a shortcut on the desktop.
    pub(super) desktop_shortcut: Option<bool>,
    pub(super) kind: Kind,
    /// Whether the release that is current stays so.
    pub(super) beside: bool,
    pub(super) server: String,
    pub(super) user_id: String,
    pub(super) report: ReportView,
    pub(super) texts: Vec<TextToAccept>,
    pub(super) accepts_texts: bool,
    /// Whether so much is not fetched without asking over the network of now.
    pub(super) is_dear: bool,
    pub(super) accepts_metered: bool,
    /// Whether the organisation lets somebody agree to that.
    pub(super) takes_consent: bool,
    /// Why the person's company does not allow it, if it does not.
    pub(super) barred: Option<String>,
    /// When it is to be installed, if not at once.
    pub(super) not_before: Option<Timestamp>,
    pub(super) despite_warnings: bool,
    /// Those that the release can be had in.
    pub(super) languages: Vec<Language>,
    pub(super) whats_new: String,
}

impl Prepared {
    /// What the installation would do.
    pub fn view(&self) -> PlanView {
        let (order, sizes) = (self.plan.order(), self.plan.sizes());
        let manifest = order.manifest.manifest();
        let volumes: Vec<_> = self.plan.volumes().iter().map(volume_view).collect();
        PlanView {
            product: manifest.product.clone(),
            name: manifest.name.clone(),
            publisher: manifest.publisher.clone(),
            version: manifest.version.clone(),
            language: self.asked_language.as_ref().unwrap_or(&manifest.language).clone(),
            languages: self.languages.iter().map(ToString::to_string).collect(),
            folder: order.root.to_string(),
            folder_by_policy: false,
            components: self.component_views(),
            fetch_bytes: sizes.bytes_to_fetch,
            asks_metered: self.is_dear,
            held_bytes: sizes.bytes_held + sizes.bytes_reused + sizes.bytes_in_parts + sizes.bytes_shared,
            missing_parts: self.missing_parts(),
            installed_bytes: sizes.installed_bytes,
            shared_bytes: sizes.shared_bytes,
            scripts: self.plan.scripts(),
            runs_scripts: order.scripts == Scripts::Agreed,
            left_out: self.plan.left_out().into_iter().map(LeftOutView::from).collect(),
            peak_bytes: sizes.peak_bytes,
            needed_bytes: sizes.room_needed_bytes,
            free_bytes: sizes.free_bytes,
            tells_volumes: VolumeView::are_told(&volumes),
            volumes,
            texts: self.texts.iter().cloned().map(text_view).collect(),
            desktop_shortcut: self.desktop_shortcut(),
            report: self.report.clone(),
            restart_needed: manifest.restart_needed,
            whats_new: self.whats_new.clone(),
            needed: Vec::new(),
            nothing_to_do: false,
        }
    }

    /// Whether a shortcut on the desktop would be made; `None` where the release brings none, or there is no desktop.
    fn desktop_shortcut(&self) -> Option<bool> {
        let on_desktop = |place| place == ShortcutPlace::Desktop;
        let mut places = self.manifest().shortcuts.iter().map(|shortcut| shortcut.place);
        let wanted = self.plan.order().shortcuts.desktop.is_some();
        places.any(on_desktop).then_some(wanted)
    }

    /// The parts of the package that lie in none of the folders that were named, by name.
    fn missing_parts(&self) -> Vec<String> {
        let order = self.plan.order();
        let folders: Vec<_> = order.sources.iter().filter_map(parts_folder).collect();
        if folders.is_empty() || self.plan.sizes().bytes_to_fetch == 0 {
            return Vec::new();
        }
        parts_in_none(&folders, &self.manifest().parts)
    }

    /// What is said where something has to be fetched and nobody is signed in for whom that could be done.
    pub(super) fn without_account(&self) -> Error {
        match self.missing_parts() {
            parts if parts.is_empty() => Error::NotSignedIn,
            parts => Error::PartsMissing {
                product: self.manifest().product.clone(),
                parts,
            },
        }
    }

    fn component_views(&self) -> Vec<ComponentView> {
        let chosen = &self.plan.order().components;
        let view = |component: &Component| ComponentView {
            id: component.id.clone(),
            name: component.name.clone(),
            summary: component.summary.clone(),
            kind: component.kind,
            languages: component.languages.iter().map(ToString::to_string).collect(),
            tool: component.tool,
            shared_with: self.shared_with.get(&component.id).cloned().unwrap_or_default(),
            installed_bytes: component.installed_bytes,
            stored_bytes: component.stored_bytes,
            selected: chosen.contains(&component.id),
        };
        self.manifest().components.iter().map(view).collect()
    }

    /// Whether the person has accepted the texts.
    pub const fn accepts_texts(&self) -> bool {
        self.accepts_texts
    }

    /// The person accepts the texts.
    pub const fn accept_texts(&mut self) {
        self.accepts_texts = true;
    }

    /// Whether the person is still to be asked before so much is fetched over a metered network.
    pub const fn asks_metered(&self) -> bool {
        self.is_dear && self.takes_consent && !self.accepts_metered
    }

    /// The person agrees to what the metered network costs.
    pub const fn accept_metered(&mut self) {
        self.accepts_metered = true;
    }

    pub(crate) fn links(&self, client: &Client) -> Result<AccountLinks, Error> {
        client.links_if_needed(&self.manifest().product)
    }

    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        self.plan.order().manifest.manifest()
    }

    /// Whether this is what is installed already.
    pub(super) fn is_of(&self, installed: &Receipt) -> bool {
        let order = self.plan.order();
        let have: BTreeSet<_> = installed.components.iter().collect();
        installed.manifest == order.manifest.blob()
            && have.iter().copied().eq(order.components.iter())
            && !self.adds_scripts(installed)
    }

    /// Whether scripts would be run now that nobody had agreed to before.
    fn adds_scripts(&self, installed: &Receipt) -> bool {
        let ran = |made: &OutsideRoot| matches!(made, OutsideRoot::Ran { .. });
        let would_run = self.plan.order().scripts == Scripts::Agreed && !self.plan.scripts().is_empty();
        would_run && self.plan.left_out().is_empty() && !installed.outside.iter().any(ran)
    }

    /// Refuses what the person's company does not allow.
    pub(crate) fn must_be_allowed(&self) -> Result<(), Error> {
        let manifest = self.manifest();
        match &self.barred {
            None => Ok(()),
            Some(sentence) => Err(Error::HeldByCompany {
                product: manifest.product.clone(),
                version: manifest.version.clone(),
                sentence: sentence.clone(),
            }),
        }
    }

    /// Refuses what a volume has too little room for.
    ///
    /// # Errors
    /// When one of them has.
    pub fn must_have_room(&self) -> Result<(), Error> {
        self.plan.must_have_room().map_err(Error::Delivery)
    }

    /// Refuses what nobody's word helps with: what there is no room for, a computer that is not fit.
    pub(crate) fn must_be_possible(&self) -> Result<(), Error> {
        self.must_have_room()?;
        match self.report.verdict {
            Verdict::Pass | Verdict::Warn => Ok(()),
            Verdict::Fail => Err(self.unfit()),
        }
    }

    fn unfit(&self) -> Error {
        Error::unfit(self.manifest().product.clone(), &self.report)
    }

    /// Refuses what must not begin: what the company does not allow, what there is no room for, a computer that is not fit,
    /// a network that is dear, texts that are not accepted.
    pub(super) fn judge(&self) -> Result<(), Error> {
        self.must_be_allowed()?;
        self.must_be_possible()?;
        if self.report.verdict == Verdict::Warn && !self.despite_warnings {
            return Err(self.unfit());
        }
        self.must_not_be_dear(self.accepts_metered)?;
        if self.accepts_texts || self.texts.is_empty() {
            return Ok(());
        }
        let titles = self.texts.iter().map(|text| text.title.clone()).collect();
        Err(Error::TextsNotAccepted {
            product: self.manifest().product.clone(),
            titles,
        })
    }

    /// Refuses to fetch much over a metered network, unless somebody agreed to it who may.
    pub(crate) fn must_not_be_dear(&self, agreed: bool) -> Result<(), Error> {
        let bytes = self.plan.sizes().bytes_to_fetch;
        match (self.is_dear, self.takes_consent) {
            (false, _) => Ok(()),
            (true, false) => Err(Error::NeverMetered { bytes }),
            (true, true) if agreed || self.accepts_metered => Ok(()),
            (true, true) => Err(Error::Metered { bytes }),
        }
    }

    pub(super) fn task(&self) -> Task {
        let order = self.plan.order();
        let manifest = self.manifest();
        Task {
            kind: self.kind,
            product: manifest.product.clone(),
            name: manifest.name.clone(),
            version: manifest.version.clone(),
            language: manifest.language.clone(),
            asked_language: self.asked_language.clone(),
            platform: None,
            allow_scripts: order.scripts == Scripts::Agreed,
            beside: self.beside,
            root: order.root.to_string(),
            components: order.components.iter().cloned().collect(),
            server: self.server.clone(),
            manifest: Some(order.manifest.blob()),
            to: None,
            sources: order.sources.iter().map(TaskSource::of).collect(),
            settings: OwnSettings::Kept,
            files: OwnFiles::Kept,
        }
    }
}

/// The parts that lie in none of these folders under any name by which they would be read, by their usual name.
fn parts_in_none(folders: &[&Utf8PathBuf], parts: &[Blob]) -> Vec<String> {
    let is_missing = |(place, blob): &(usize, &Blob)| {
        let mut found = folders
            .iter()
            .filter_map(|folder| part_names::find_part(folder, *place, blob));
        found.next().is_none()
    };
    let missing = parts.iter().enumerate().filter(is_missing);
    missing.map(|(place, _)| part_names::part(place)).collect()
}

fn parts_folder(source: &Source) -> Option<&Utf8PathBuf> {
    match source {
        Source::Parts(folder) => Some(folder),
        Source::Tree(_) => None,
    }
}

/// A volume by the folder at which it begins; where that cannot be told, by the one that is written to.
fn volume_view(volume: &Volume) -> VolumeView {
    let mount = files::mount_of(&volume.folder).unwrap_or_else(|_| volume.folder.clone());
    VolumeView::new(mount.into_string(), volume.needed_bytes, volume.free_bytes)
}

fn text_view(text: TextToAccept) -> TextView {
    TextView {
        id: text.id,
        title: text.title,
        version: text.version,
        body: text.body,
        needed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_model::Digest;

    #[test]
    fn a_part_is_not_missing_under_any_name_by_which_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        let blob = |content: &[u8]| Blob {
            sha256: Digest::of(content),
            length: content.len() as u64,
        };
        let parts = [b"one".as_slice(), b"two", b"three", b"four"];
        let [_, two, three, _] = parts.map(|content| Digest::of(content).to_string());
        let names = [part_names::part(0), two, format!("{three}.zip")];
        for (name, content) in names.iter().zip(parts) {
            fs_err::write(folder.join(name), content).expect("written");
        }
        assert_eq!(parts_in_none(&[&folder], &parts.map(blob)), [part_names::part(3)]);
    }

    #[test]
    fn a_product_is_taken_over_from_a_folder_that_is_there() {
        let place = tempfile::tempdir().expect("a folder");
        let theirs = place.path().to_str().expect("Unicode");
        let adopting = |folder: &str| {
            Request::chosen(InstallOptions {
                adopt: Some(folder.to_owned()),
                ..InstallOptions::default()
            })
        };
        let request = adopting(theirs).expect("it is there");
        assert_eq!(request.sources, [Source::Tree(theirs.into())]);
        assert_eq!(request.folder, None, "it is installed where it usually is");
        let gone = adopting(&format!("{theirs}/gone"));
        assert!(matches!(gone, Err(Error::NoFolder { .. })));
        assert!(matches!(adopting("theirs"), Err(Error::FolderNotWhole { .. })));
    }

    fn chosen(folder: &str) -> Result<Request, Error> {
        Request::chosen(InstallOptions {
            folder: Some(folder.to_owned()),
            ..InstallOptions::default()
        })
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_typed_is_a_whole_path() {
        let request = chosen(" /srv//apps/./studio/ ").expect("a whole path");
        assert_eq!(request.folder, Some("/srv/apps/studio".into()));
        let usual = Request::chosen(InstallOptions::default()).expect("the usual folder");
        assert_eq!(usual.folder, None);
    }

    #[test]
    fn one_that_would_mean_another_folder_elsewhere_is_refused() {
        for typed in ["", "apps", "~/apps", "./apps", "/srv/../etc", "/srv/apps/.."] {
            let refused = chosen(typed);
            assert!(matches!(refused, Err(Error::FolderNotWhole { .. })), "{typed}");
        }
    }
}
