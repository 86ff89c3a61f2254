//! `cargo xtask demo`: a newcomer's one command, from a bare checkout to a product that runs.

mod walk;

use crate::build::{self, Profile};
use crate::shell::{self, Result};
use crate::stage::{Service, Vendor};
use crate::{say, setup};

/// How the demo shows itself.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Walk the main job on the terminal and exit, rather than stay up.
    #[arg(long)]
    once: bool,
    /// Stay on the terminal even where there is a display.
    #[arg(long)]
    terminal: bool,
    /// Where the account service listens; a port of 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
}

impl Options {
    fn in_a_window(&self) -> bool {
        let display = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        !self.once
            && !self.terminal
            && (display("DISPLAY") || display("WAYLAND_DISPLAY") || !cfg!(target_os = "linux"))
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let window = options.in_a_window();
    let needed = if window {
        setup::WINDOW_BUILD
    } else {
        &setup::WINDOW_BUILD[2..3]
    };
    say::step("set-up: what this machine lacks", || {
        setup::system_packages(needed)?;
        setup::page_libraries()
    })?;
    say::step("building the pages", || build::page_script("build"))?;
    say::step("building the programs (the first time takes minutes)", || {
        build_programs(window)
    })?;
    let folder = build::target_folder().join("demo");
    let vendor = Vendor::new(&folder, Profile::Dev);
    say::step("publishing the sample vendor's catalogue", || {
        vendor.publish_everything()
    })?;
    let start = || Service::start(&folder, vendor.catalogue(), &options.listen, Profile::Dev);
    let service = say::step("starting the account service", start)?;
    service.introduce();
    if window {
        return say::step("the window is open; close it to end the demo", || {
            open_window(&service, &folder)
        });
    }
    say::step("the main job on the terminal", || {
        walk::main_job(&service, &folder)
    })?;
    service.introduce();
    if options.once { Ok(()) } else { service.stay_up() }
}

fn build_programs(window: bool) -> Result<()> {
    let mut packages = build::PROGRAMS.to_vec();
    if window {
        packages.push("toolcrib-desktop");
    }
    build::programs(&packages, Profile::Dev)
}

fn open_window(service: &Service, folder: &camino::Utf8Path) -> Result<()> {
    let home = folder.join("home");
    let desktop = build::program("toolcrib-desktop", Profile::Dev);
    shell::run(shell::command(
        desktop.as_str(),
        &["--server", service.url(), "--home", home.as_str()],
    ))
}
