//! A display without a screen, and drivers for the real window and the real browser.

use crate::bus::Bus;
use crate::programs::until;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A display of its own under Xvfb, with a session bus; both end with this value.
pub struct Screen {
    display: String,
    bus: Bus,
    processes: Vec<Child>,
}

impl Screen {
    /// Opens a display of `width` × `height` pixels.
    ///
    /// # Panics
    /// When Xvfb or dbus-daemon is not installed or does not start.
    pub fn open(width: u32, height: u32) -> Self {
        let mut xvfb = Command::new("Xvfb");
        xvfb.args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
        ]);
        let (xvfb, number) = first_line(xvfb);
        let bus = Bus::start();
        Self {
            display: format!(":{number}"),
            bus,
            processes: vec![xvfb],
        }
    }

    /// Lets `command` show itself here.
    pub fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address());
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }

    /// The address of its session bus.
    pub fn bus(&self) -> &str {
        self.bus.address()
    }

    /// Keeps a picture of everything shown here beside the programs, as `pictures/NAME.png`, for people to look at;
    /// only where ImageMagick is installed. The driver's own pictures can wait for ever for a page that stands still.
    pub fn picture(&self, name: &str) {
        let folder = crate::programs::folder().join("pictures");
        let path = folder.join(format!("{name}.png"));
        let words = ["-display", &self.display, "-window", "root", path.as_str()];
        // What the page knows is drawn, and moved to its place, a moment later.
        std::thread::sleep(Duration::from_millis(600));
        // Pictures are for people: the journey goes on without them.
        let _ = fs_err::create_dir_all(&folder);
        let _ = Command::new("import").args(words).stderr(Stdio::null()).status();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.processes.iter_mut().rev().for_each(end);
    }
}

/// A WebDriver server; it ends with this value.
pub struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// Starts WebKitGTK's driver, for the desktop window.
    ///
    /// # Panics
    /// When it is not installed or does not become ready.
    pub fn for_window(screen: &Screen) -> Self {
        Self::start("WebKitWebDriver", &[("TAURI_WEBVIEW_AUTOMATION", "true")], screen)
    }

    /// Starts Chromium's driver, for the portal.
    ///
    /// # Panics
    /// When it is not installed or does not become ready.
    pub fn for_browser(screen: &Screen) -> Self {
        Self::start("chromedriver", &[], screen)
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A port that is free now may be somebody else's by the time the driver takes it: then the driver ends, and is started
    /// again with another one.
    fn start(program: &str, environment: &[(&str, &str)], screen: &Screen) -> Self {
        let mut tries = (0..5).map(|_| {
            let mut driver = Command::new(program);
            driver.envs(environment.iter().copied());
            Self::at(free_port(), driver, screen)
        });
        tries
            .find_map(|started| started)
            .unwrap_or_else(|| panic!("{program} ends whatever port it is given"))
    }

    /// The driver at this port, once it is ready; `None` where it has ended.
    fn at(port: u16, mut driver: Command, screen: &Screen) -> Option<Self> {
        screen.show(&mut driver);
        driver
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = driver
            .spawn()
            .unwrap_or_else(|error| panic!("{driver:?} could not be started: {error}"));
        let is_there = until("a WebDriver that is ready", Duration::from_secs(60), || {
            let has_ended = process.try_wait().expect("a status").is_some();
            match has_ended {
                true => Some(false),
                false => is_ready(port).then_some(true),
            }
        });
        is_there.then(|| Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// A driver may keep the connection open after its answer, so what came by then is looked at.
fn is_ready(port: u16) -> bool {
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let _ = stream.set_read_timeout(Some(Duration::from_millis(300)));
    let request = format!("GET /status HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    // Running out of time is no failure here; the bytes that came are kept.
    let _ = stream.read_to_end(&mut answer);
    let answer: String = String::from_utf8_lossy(&answer).split_whitespace().collect();
    answer.contains("\"ready\":true")
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener.local_addr().expect("it has an address").port()
}

pub(crate) fn first_line(mut command: Command) -> (Child, String) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} could not be started: {error}"));
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its output");
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its first line");
    (child, line.trim().to_owned())
}

pub(crate) fn end(process: &mut Child) {
    let _ = Command::new("kill")
        .args(["-TERM", &process.id().to_string()])
        .status();
    let _ = process.wait();
}
