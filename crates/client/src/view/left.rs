//! What stays when a product, or one of its releases, goes.

use super::SettingsView;
use serde::{Deserialize, Serialize};
use toolcrib_delivery::{OwnFile, Remains};
use toolcrib_model::ByteSize;
use ts_rs::TS;

/// A file or a folder that stays, and how much it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderView {
    /// Where it is, absolute.
    pub folder: String,
    /// How many files it is, or holds.
    pub file_count: u64,
    /// Their bytes.
    pub size_bytes: u64,
}

/// A component that stays because other products have it, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharedStaysView {
    /// The component's name.
    pub component: String,
    /// The names of the other products.
    pub products: Vec<String>,
}

/// What stays when a product is removed, and what the person may have go with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct RemovalView {
    /// The folders of the person's settings; they stay unless the person says otherwise.
    pub settings: Vec<SettingsView>,
    /// What lies in the folders of the releases and neither they nor their scripts put there; it stays, too, unless the
    /// person says otherwise.
    pub files: Vec<FolderView>,
    /// The folder that it is moved to.
    pub files_to: String,
    /// The folders of releases that are not known any more: whatever is in them goes, because nothing can be told apart.
    pub unknown: Vec<String>,
    /// What other products have, too.
    pub shared: Vec<SharedStaysView>,
}

/// What stayed once a product, or one of its releases, was gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftView {
    /// The person's files that lay in a release's folder, where they are now.
    pub files: Option<FolderView>,
    /// What else is in the product's folder: Toolcrib did not put it there.
    pub others: Option<FolderView>,
    /// The folders of the person's settings.
    pub settings: Vec<SettingsView>,
    /// What other products have, too.
    pub shared: Vec<SharedStaysView>,
}

impl LeftView {
    /// How many files stayed that are the person's, wherever they are.
    pub fn file_count(&self) -> u64 {
        let folders = [&self.files, &self.others].into_iter().flatten();
        let settings = self.settings.iter().map(|folder| folder.file_count);
        folders.map(|folder| folder.file_count).chain(settings).sum()
    }

    /// What stayed and why, a sentence each: `0 files left.` where nothing did.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.file_count() == 0 {
            sentences.push("0 files left.".to_owned());
        }
        if let Some(kept) = &self.files {
            let stay = verb(kept.file_count);
            sentences.push(format!(
                "{} of your own {stay} in `{}`.",
                files(kept),
                kept.folder
            ));
        }
        let with_files = self.settings.iter().filter(|folder| folder.file_count > 0);
        sentences.extend(with_files.map(|folder| {
            let size = ByteSize(folder.size_bytes);
            format!("{} ({size} in `{}`) stays.", folder.name, folder.folder)
        }));
        if let Some(others) = &self.others {
            let stay = verb(others.file_count);
            sentences.push(format!(
                "{} that Toolcrib did not put there {stay} in `{}`.",
                files(others),
                others.folder
            ));
        }
        sentences.extend(self.shared.iter().map(SharedStaysView::sentence));
        sentences
    }
}

impl SharedStaysView {
    /// Why it stays.
    pub fn sentence(&self) -> String {
        let products = self.products.join(" and ");
        let have = if self.products.len() == 1 { "uses" } else { "use" };
        format!("{} stays, because {products} {have} it, too.", self.component)
    }
}

/// How many files, and how large they are.
fn files(folder: &FolderView) -> String {
    let size = ByteSize(folder.size_bytes);
    match folder.file_count {
        1 => format!("1 file ({size})"),
        count => format!("{count} files ({size})"),
    }
}

const fn verb(count: u64) -> &'static str {
    if count == 1 { "stays" } else { "stay" }
}

impl From<OwnFile> for FolderView {
    fn from(found: OwnFile) -> Self {
        Self {
            folder: found.path,
            file_count: found.file_count,
            size_bytes: found.size_bytes,
        }
    }
}

impl From<Remains> for FolderView {
    fn from(found: Remains) -> Self {
        Self {
            folder: found.folder.into_string(),
            file_count: found.file_count,
            size_bytes: found.size_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(folder: &str, file_count: u64) -> Option<FolderView> {
        Some(FolderView {
            folder: folder.to_owned(),
            file_count,
            size_bytes: 12,
        })
    }

    #[test]
    fn nothing_left_is_said_only_where_nothing_is() {
        assert_eq!(LeftView::default().sentences(), ["0 files left."]);
        let settings = SettingsView {
            name: "Settings of Draft".to_owned(),
            folder: "/home/draft".to_owned(),
            size_bytes: 12,
            file_count: 2,
        };
        let empty = SettingsView {
            file_count: 0,
            ..settings.clone()
        };
        let left = LeftView {
            files: folder("/apps/draft/your-files", 1),
            others: folder("/apps/draft", 2),
            settings: vec![settings, empty.clone()],
            shared: vec![SharedStaysView {
                component: "Runtime".to_owned(),
                products: vec!["Pens".to_owned()],
            }],
        };
        assert_eq!(left.file_count(), 5);
        assert_eq!(
            left.sentences(),
            [
                "1 file (12 B) of your own stays in `/apps/draft/your-files`.",
                "Settings of Draft (12 B in `/home/draft`) stays.",
                "2 files (12 B) that Toolcrib did not put there stay in `/apps/draft`.",
                "Runtime stays, because Pens uses it, too.",
            ]
        );
        let only_empty = LeftView {
            settings: vec![empty],
            ..LeftView::default()
        };
        assert_eq!(only_empty.sentences(), ["0 files left."]);
    }
}
