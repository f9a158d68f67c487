//! The agents of the fleet's hosts, many of them at once in one process, over the genuine client.

mod agent;
mod error;
mod fill;
mod run;
mod state;
mod tokens;

pub use agent::{Agent, Seq, enroll};
pub use error::{AgentError, Result};
pub use fill::{Filled, fill};
pub use run::{Pace, Ran, run};
pub use state::State;
pub use tokens::{StrangeToken, Tokens};
