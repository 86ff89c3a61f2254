//! The folder in which an organisation wants products to be installed.

use crate::error::Error;
use crate::prepare::whole_path;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use std::str::FromStr;
use toolcrib_machine::folders::Home;
use toolcrib_model::ProductId;

/// The folder in which each new product gets one of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// In the folder of each person.
    OfPerson(Utf8PathBuf),
    /// The same one for everybody.
    Whole(Utf8PathBuf),
}

impl FromStr for Folder {
    type Err = Error;

    fn from_str(raw: &str) -> Result<Self, Error> {
        let raw = raw.trim();
        match raw.strip_prefix('~') {
            Some(below) if below.is_empty() || below.starts_with(['/', std::path::MAIN_SEPARATOR]) => {
                below_person(below)
                    .map(Self::OfPerson)
                    .ok_or_else(|| not_whole(raw))
            }
            Some(_) | None => whole_path(raw).map(Self::Whole),
        }
    }
}

impl Folder {
    /// The folder of one product.
    ///
    /// # Errors
    /// When it lies in the folder of a person who has none.
    pub(crate) fn of(&self, product: &ProductId, home: &Home) -> Result<Utf8PathBuf, Error> {
        let all = match self {
            Self::Whole(folder) => folder.clone(),
            Self::OfPerson(below) => home.person().map_err(Error::Machine)?.join(below),
        };
        Ok(all.join(product.as_str()))
    }
}

/// Downward only: what is in a person's folder stays there.
fn below_person(below: &str) -> Option<Utf8PathBuf> {
    let below = Utf8Path::new(below.trim_start_matches(['/', std::path::MAIN_SEPARATOR]));
    let is_downward = |piece| matches!(piece, Utf8Component::Normal(_) | Utf8Component::CurDir);
    below
        .components()
        .all(is_downward)
        .then(|| below.components().collect())
}

fn not_whole(raw: &str) -> Error {
    Error::FolderNotWhole {
        folder: raw.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn of(raw: &str) -> Option<String> {
        let place = tempfile::tempdir().expect("a folder");
        let root = Utf8PathBuf::from_path_buf(place.path().to_owned()).expect("Unicode");
        let home = Home::open(Some(root.clone())).expect("a home");
        let product = "draft".parse().expect("an id");
        let folder = raw.parse::<Folder>().ok()?.of(&product, &home).expect("a folder");
        Some(folder.as_str().replace(root.as_str(), "@"))
    }

    #[test]
    fn each_product_gets_a_folder_of_its_own_in_it() {
        for (raw, expected) in [
            ("/opt/products/", "/opt/products/draft"),
            ("~/Products", "@/person/Products/draft"),
            ("~", "@/person/draft"),
        ] {
            assert_eq!(of(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_whole_path_or_leads_out_of_the_persons_folder_is_refused() {
        for raw in [
            "",
            "products",
            "./x",
            "/opt/../etc",
            "~/../other",
            "~other/x",
            "~/a/../../b",
        ] {
            assert_eq!(of(raw), None, "{raw}");
        }
    }
}
