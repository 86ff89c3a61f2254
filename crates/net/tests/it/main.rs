//! The network stack against real sockets: servers that behave, and servers that do not.

mod calls;
#[cfg(target_os = "linux")]
mod local_network;
mod origin;
mod peers;
mod proxies;
mod ranges;
mod redirects;
mod tls;
mod unreachable;
