//! The network stack against real sockets: servers that behave, and servers that do not.

mod calls;
mod origin;
mod proxies;
mod ranges;
mod redirects;
mod tls;
mod unreachable;
