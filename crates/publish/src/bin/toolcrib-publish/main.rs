//! `toolcrib-publish`: the vendor's tool on the command line.

mod arguments;
mod output;
mod run;

use arguments::Arguments;
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::log(&arguments.log);
    let output = output::Output::new(&arguments);
    match run::run(arguments.command, &output) {
        Ok(run::Outcome::Done) => ExitCode::SUCCESS,
        Ok(run::Outcome::Faulty) => ExitCode::from(1),
        Err(error) => {
            output.fail(&error);
            ExitCode::from(if error.is_environment() { 3 } else { 1 })
        }
    }
}
