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
mod near;
mod neighbour;
mod network;
mod packed;
mod patches;
mod peers;
#[cfg(target_os = "linux")]
mod power;
#[cfg(windows)]
mod registry;
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
#[cfg(unix)]
mod staged;
mod sweep;
mod trees;
mod uninstall;
mod world;
