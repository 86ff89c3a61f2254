//! As much of the X protocol as tells the sizes and the scale of displays: one connection, four questions.

mod authority;
mod wire;

use authority::Cookie;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// How long the server may take for one answer.
const LIMIT: Duration = Duration::from_millis(800);
/// The most that is taken for one answer.
const MOST: usize = 4 << 20;
const FIRST_PORT: u16 = 6000;

/// What the server tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Screen {
    /// Each display that is switched on, in pixels.
    pub(super) sizes: Vec<(u64, u64)>,
    /// In per cent, if the person's settings say it.
    pub(super) scale: Option<u64>,
}

/// Asks the server with this name, as in `DISPLAY`: `:0`, `localhost:10.0`.
pub(super) fn ask(name: &str) -> Result<Screen, String> {
    let (host, number) = parse(name).ok_or_else(|| format!("`{}` names no display", name.escape_debug()))?;
    let failed = |error: io::Error| format!("the display `{}` does not answer: {error}", name.escape_debug());
    let cookie = authority::cookie_for(number);
    match host {
        "" | "unix" => {
            let stream = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).map_err(failed)?;
            stream.set_read_timeout(Some(LIMIT)).map_err(failed)?;
            talk(stream, cookie.as_ref()).map_err(failed)
        }
        host => {
            let port = FIRST_PORT.saturating_add(number);
            let place = (host, port).to_socket_addrs().map_err(failed)?.next();
            let place = place.ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
            let stream = TcpStream::connect_timeout(&place, LIMIT).map_err(failed)?;
            stream.set_read_timeout(Some(LIMIT)).map_err(failed)?;
            talk(stream, cookie.as_ref()).map_err(failed)
        }
    }
}

/// Host and number: `:1`, `unix:0.0`, `host:10.0`.
fn parse(name: &str) -> Option<(&str, u16)> {
    let (host, rest) = name.rsplit_once(':')?;
    let number = rest.split('.').next()?.parse().ok()?;
    Some((host, number))
}

fn talk(mut stream: impl Read + Write, cookie: Option<&Cookie>) -> io::Result<Screen> {
    stream.write_all(&wire::setup(cookie))?;
    let head: [u8; 8] = take(&mut stream)?;
    let rest = take_more(
        &mut stream,
        usize::from(u16::from_le_bytes([head[6], head[7]])) * 4,
    )?;
    if head[0] != 1 {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let root = wire::root(&rest).ok_or(io::ErrorKind::InvalidData)?;
    let settings = question(&mut stream, &wire::settings(root.window))?;
    let monitors = monitors(&mut stream, root.window)?;
    Ok(Screen {
        sizes: if monitors.is_empty() {
            vec![root.size]
        } else {
            monitors
        },
        scale: wire::text_of(&settings).and_then(scale),
    })
}

/// None from a server too old to know monitors: then the screen is the display.
fn monitors(stream: &mut (impl Read + Write), window: u32) -> io::Result<Vec<(u64, u64)>> {
    let extension = question(stream, &wire::extension("RANDR"))?;
    let Some(code) = wire::code_of(&extension) else {
        return Ok(Vec::new());
    };
    question(stream, &wire::randr_version(code))?;
    let answer = question(stream, &wire::monitors(code, window))?;
    Ok(wire::sizes_of(&answer))
}

/// `Xft.dpi: 192` says that things are drawn at 200 %.
fn scale(settings: &str) -> Option<u64> {
    let line = settings.lines().find_map(|line| line.strip_prefix("Xft.dpi:"))?;
    let dpi: f64 = line.trim().parse().ok()?;
    (dpi.is_finite() && (24.0..=960.0).contains(&dpi)).then(|| (dpi * 100.0 / 96.0).round() as u64)
}

/// An answer has 32 bytes and says how many more; an error has 32 and a 0 at its beginning.
fn question(stream: &mut (impl Read + Write), request: &[u8]) -> io::Result<Vec<u8>> {
    stream.write_all(request)?;
    let head: [u8; 32] = take(stream)?;
    if head[0] != 1 {
        return Ok(Vec::new());
    }
    let more = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
    let rest = take_more(stream, more.saturating_mul(4))?;
    Ok([head.as_slice(), &rest].concat())
}

fn take<const N: usize>(stream: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn take_more(stream: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
