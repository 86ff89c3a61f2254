//! Files and folders: atomic replacement, durable moves, locks, trees, free space, stored documents.
//!
//! Every act takes UTF-8 paths and answers with an [`Error`](crate::Error) that names the path.

mod append;
mod clone;
mod copy;
mod document;
mod folder;
mod link;
mod lock;
mod read;
mod replace;
mod reserve;
mod space;
mod tree;

pub use append::append_line;
pub use clone::clone_content;
pub use copy::copy_in_pieces;
pub use document::{change_json, load_json, store_json};
pub use folder::{
    create_folders, create_private_folders, is_writable_folder, move_aside, nearest_existing, rename,
    rename_entry, rename_unsynced, sync_folder, sync_volume,
};
pub use link::{create_link, put_by_name};
pub use lock::Lock;
pub use read::{changed_at, digest, exists, read, read_bounded};
pub use replace::{create_private, replace, replace_private, sweep_leftovers};
pub use reserve::{reserve, room_taken};
#[cfg(target_os = "linux")]
pub(crate) use space::mounted::unescape as unescape_mount;
pub use space::{Space, mount_of, same_volume, space, volumes};
pub use tree::{TreeSize, remove_empty_folder, remove_file, remove_tree, tree_size};
