//! Who one is.

use clap::Args;

/// `sign-in`
#[derive(Debug, Args)]
pub(crate) struct SignIn {
    /// Your User ID, usually your e-mail address
    #[arg(long, value_name = "ID")]
    pub(crate) user: String,
    #[command(flatten)]
    pub(crate) proof: Proof,
}

/// How a person proves who they are.
#[derive(Debug, Args)]
pub(crate) struct Proof {
    /// Read the password from the first line of stdin
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// The code of the second step
    #[arg(long, value_name = "123456")]
    pub(crate) code: Option<String>,
}
