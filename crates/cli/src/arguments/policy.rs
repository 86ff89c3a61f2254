//! What an organisation sets for its computers.

use clap::{Args, Subcommand, ValueEnum};

/// `policy`
#[derive(Debug, Args)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) act: Option<PolicyAct>,
}

/// What is done with the policy.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum PolicyAct {
    /// Print a template for administrators: everything that can be set
    Template {
        /// For what manages your computers
        form: PolicyTemplate,
    },
}

/// The templates that there are.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PolicyTemplate {
    /// Group policies of Windows: the definitions, `PolicyDefinitions\toolcrib.admx`
    Admx,
    /// Group policies of Windows: their words, `PolicyDefinitions\en-US\toolcrib.adml`
    Adml,
    /// Managed preferences of macOS: a sample for a device management
    Plist,
    /// A sample of the file `policy.json`
    Json,
}
