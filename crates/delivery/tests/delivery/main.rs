//! The delivery engine with real packages, a real origin that misbehaves, real disks, and processes that are killed.

mod child;
mod choice;
mod commit;
mod disk;
mod download;
mod faults;
mod hooks;
mod indexes;
mod install;
mod network;
mod patches;
mod releases;
mod relocate;
mod repair;
mod resume;
mod reuse;
mod rollback;
mod shared_blocks;
mod single;
mod sweep;
mod trees;
mod uninstall;
mod world;
