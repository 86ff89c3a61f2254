//! Judges a tree of names: unique under case folding, nothing below a file or a link, every link ends inside.

use std::borrow::Cow;
use std::collections::HashMap;
use thiserror::Error;
use toolcrib_model::RelPath;
use toolcrib_model::path::fold;
use toolcrib_wire::index::{ComponentTree, Link};

/// The longest chain of links that is followed.
const MAX_LINK_STEPS: usize = 32;

/// A tree of names is not sound.
#[derive(Debug, Error, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the thing that was judged; the text says what they are"
)]
pub enum BadTree {
    /// Two names that some file system takes for one.
    #[error("`{first}` and `{second}` are one name on some systems")]
    Clash { first: String, second: String },
    /// One name for two things.
    #[error("`{path}` is listed twice, or is both a folder and something else")]
    Twice { path: RelPath },
    /// Something lies below a file or a link.
    #[error("`{above}` is not a folder, but `{path}` lies below it")]
    NotAFolder { above: String, path: RelPath },
    /// A link that ends nowhere, in a circle, or at a folder that holds it.
    #[error("the link `{path}` does not end at a file or folder of the package")]
    Link { path: RelPath },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    Folder,
    File,
    Link(&'a RelPath),
}

/// Every name of a tree that was found sound.
pub(super) struct Names<'a> {
    by_key: HashMap<Cow<'a, str>, (&'a str, Kind<'a>)>,
}

/// Judges the names of all components together: what a publisher asks before it does the long work.
///
/// # Errors
/// [`BadTree`] with the first name that is not sound.
pub fn judge_names(components: &[ComponentTree]) -> Result<(), BadTree> {
    judge(components).map(|_| ())
}

/// Judges the names of all components together.
pub(super) fn judge(components: &[ComponentTree]) -> Result<Names<'_>, BadTree> {
    let count = components
        .iter()
        .map(|tree| tree.files.len() + tree.links.len() + tree.folders.len())
        .sum();
    let mut names = Names {
        by_key: HashMap::with_capacity(count),
    };
    for tree in components {
        for file in &tree.files {
            names.add(&file.path, Kind::File)?;
        }
        for link in &tree.links {
            names.add(&link.path, Kind::Link(&link.target))?;
        }
        for folder in &tree.folders {
            names.add(folder, Kind::Folder)?;
        }
    }
    components
        .iter()
        .flat_map(|tree| &tree.links)
        .try_for_each(|link| names.judge_link(link))?;
    Ok(names)
}

impl<'a> Names<'a> {
    /// Whether there is a file of exactly this name.
    pub(super) fn has_file(&self, path: &RelPath) -> bool {
        self.kind(path.as_str()) == Some(Kind::File)
    }

    fn kind(&self, path: &str) -> Option<Kind<'a>> {
        self.by_key
            .get(&*fold(path))
            .filter(|(name, _)| *name == path)
            .map(|(_, kind)| *kind)
    }

    fn add(&mut self, path: &'a RelPath, kind: Kind<'a>) -> Result<(), BadTree> {
        self.add_folders_above(path)?;
        match self.by_key.insert(fold(path.as_str()), (path.as_str(), kind)) {
            None => Ok(()),
            Some((first, Kind::Folder)) if kind == Kind::Folder && first == path.as_str() => Ok(()),
            Some((first, _)) if first == path.as_str() => Err(BadTree::Twice { path: path.clone() }),
            Some((first, _)) => Err(BadTree::Clash {
                first: first.to_owned(),
                second: path.to_string(),
            }),
        }
    }

    /// Enters the folders above `path`, from the lowest up, until one that is known already.
    fn add_folders_above(&mut self, path: &'a RelPath) -> Result<(), BadTree> {
        let mut rest = path.as_str();
        while let Some((above, _)) = rest.rsplit_once('/') {
            match self.by_key.get(&*fold(above)) {
                Some((name, Kind::Folder)) if *name == above => return Ok(()),
                Some((name, Kind::Folder)) => {
                    return Err(BadTree::Clash {
                        first: (*name).to_owned(),
                        second: above.to_owned(),
                    });
                }
                Some((name, _)) => {
                    return Err(BadTree::NotAFolder {
                        above: (*name).to_owned(),
                        path: path.clone(),
                    });
                }
                None => self.by_key.insert(fold(above), (above, Kind::Folder)),
            };
            rest = above;
        }
        Ok(())
    }

    fn judge_link(&self, link: &Link) -> Result<(), BadTree> {
        let refuse = || BadTree::Link {
            path: link.path.clone(),
        };
        let mut target = &link.target;
        for _ in 0..MAX_LINK_STEPS {
            match self.kind(target.as_str()) {
                Some(Kind::Link(next)) => target = next,
                Some(Kind::File) => return Ok(()),
                Some(Kind::Folder) if !holds(target, &link.path) => return Ok(()),
                Some(Kind::Folder) | None => return Err(refuse()),
            }
        }
        Err(refuse())
    }
}

fn holds(folder: &RelPath, path: &RelPath) -> bool {
    path.as_str()
        .strip_prefix(folder.as_str())
        .is_some_and(|rest| rest.starts_with('/'))
}
