//! The delivery engine with real packages, a real origin that misbehaves, real disks, and processes that are killed.

#[cfg(target_os = "linux")]
mod caseless;
mod child;
mod choice;
mod commit;
mod disk;
mod download;
mod faults;
mod hooks;
mod indexes;
mod install;
mod limits;
mod network;
mod patches;
#[cfg(target_os = "linux")]
mod power;
mod releases;
mod relocate;
mod repair;
mod resume;
mod reuse;
mod rollback;
#[cfg(target_os = "linux")]
mod scripts;
mod shared;
mod shared_blocks;
mod single;
mod sweep;
mod trees;
mod uninstall;
mod world;
