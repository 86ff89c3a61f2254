//! A plan with all that has to be installed before: what the person says yes to.

use super::{NeededView, PlanView, TextView, VolumeView};
use crate::view::RuleView;
use toolcrib_model::Verdict;

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
            tells_volumes: false,
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
                Some(known) => {
                    let most = known.needed_bytes.max(needed_bytes);
                    *known = VolumeView::new(volume.mount.clone(), most, known.free_bytes);
                }
                None => self.volumes.push(VolumeView::new(
                    volume.mount.clone(),
                    needed_bytes,
                    volume.free_bytes,
                )),
            }
        }
        self.tells_volumes = VolumeView::are_told(&self.volumes);
        self.fetch_bytes += next.fetch_bytes;
        self.held_bytes += next.held_bytes;
        self.shared_bytes += next.shared_bytes;
        self.installed_bytes += next.installed_bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{ReportView, TextView};

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
            volumes: vec![VolumeView::new("/".to_owned(), peak_bytes, 1_000)],
            tells_volumes: peak_bytes > 1_000,
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

    #[test]
    fn a_volume_may_be_short_only_for_all_together() {
        let needed = vec![plan("runtime", [10, 400, 500], Verdict::Pass)];
        let alone = plan("draft", [100, 700, 800], Verdict::Pass);
        assert!(!alone.volumes[0].is_short && !alone.tells_volumes);
        let whole = alone.after(needed);
        assert_eq!(whole.volumes, [VolumeView::new("/".to_owned(), 400 + 800, 1_000)]);
        assert!(whole.volumes[0].is_short && whole.tells_volumes);
    }

    #[test]
    fn volumes_are_told_where_they_are_several() {
        let mut pens = plan("pens", [1, 2, 3], Verdict::Pass);
        pens.volumes.push(VolumeView::new("/media".to_owned(), 3, 1_000));
        let whole = pens.after(Vec::new());
        assert!(whole.tells_volumes && whole.volumes.iter().all(|volume| !volume.is_short));
    }
}
