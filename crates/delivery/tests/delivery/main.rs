//! The delivery engine with real packages, a real origin that misbehaves, real disks, and processes that are killed.

mod child;
mod choice;
mod commit;
mod disk;
mod indexes;
mod install;
mod network;
mod releases;
mod relocate;
mod repair;
mod resume;
mod rollback;
mod sweep;
mod trees;
mod uninstall;
mod world;
