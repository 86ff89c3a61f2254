//! What is to be installed, and where.

use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use toolcrib_machine::folders::PersonFolders;
use toolcrib_model::ComponentId;
use toolcrib_trust::package::{TrustedIndex, TrustedManifest, TrustedPatches};

/// What is to be installed, and where.
#[derive(Clone, Debug)]
pub struct Order {
    /// The release.
    pub manifest: TrustedManifest,
    /// Its index.
    pub index: TrustedIndex,
    /// The components that were chosen; required ones are added.
    pub components: BTreeSet<ComponentId>,
    /// Where content of the release may be found on this computer, besides the releases in the root.
    pub sources: Vec<Source>,
    /// The patches that lead here from the release that is current in the root, if there are any.
    pub patches: Option<TrustedPatches>,
    /// The install roots of other products, which may have components that this one shares with them.
    pub neighbours: Vec<Utf8PathBuf>,
    /// How shared components come from there.
    pub sharing: Sharing,
    /// Whether the person agreed to the scripts of the package.
    pub scripts: Scripts,
    /// The install root: one folder for each product.
    pub root: Utf8PathBuf,
    /// The file that the receipt is written to.
    pub receipt: Utf8PathBuf,
    /// Where shortcuts go.
    pub shortcuts: Shortcuts,
}

/// How a component that another product has comes into this one's tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// As second names of the same files, where both are on one volume that knows such names.
    #[default]
    ByName,
    /// As copies.
    ByCopy,
}

/// Whether the person agreed to the scripts of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scripts {
    /// They are left out, and the receipt says so.
    #[default]
    LeftOut,
    /// They are run.
    Agreed,
}

/// Where content of a release may be found on this computer. Nothing there is believed: every chunk that comes from
/// there is judged by its digest, and what is not as hoped is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder in which files of the release may lie at their places: a copy, or the work of another installer.
    Tree(Utf8PathBuf),
    /// A folder in which parts of the package may lie, under the names that [`crate::part_names`] gives.
    Parts(Utf8PathBuf),
}

/// Where shortcuts and the like go, and what they start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortcuts {
    /// The folder of the applications menu; `None` makes no shortcuts there.
    pub menu: Option<Utf8PathBuf>,
    /// The desktop's folder; `None` makes no shortcuts there.
    pub desktop: Option<Utf8PathBuf>,
    /// What they start; `None` starts the product's program itself.
    pub starter: Option<Starter>,
    /// The person's folders, where what the package asks of the system goes; without them it is left out.
    pub person: Option<PersonFolders>,
}

/// A program that starts the product, whichever release is current.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// The program, absolute.
    pub program: Utf8PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}
