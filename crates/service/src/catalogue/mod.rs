//! The vendor's catalogue and content as the service keeps them: files that others have signed. The service hands
//! them on and reads them to know which file belongs to which product; clients believe only the signatures.

pub mod admit;
pub mod content;
pub mod current;
pub mod metadata;
pub mod packages;
pub mod shelf;
pub mod state;
pub mod view;

pub use content::ContentFolder;
pub use packages::{Package, PackageName};
pub use shelf::Shelf;
pub use view::{Need, View};
