//! What `fleetsim` can be told to do. Every command answers with lines of JSON.

mod fleet_args;
mod server_args;

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    time::Duration,
};

use anyhow::Context;
use bench::{
    agents::{self, Pace, State},
    ask::{self, Patience},
    feed,
    fleet::Fleet,
    landmarks::Landmarks,
    lists::List,
    questions, rows,
};
use clap::{Parser, Subcommand};
use client::{Client, ServerAddress};
use proto_types::{CreateToken, Role, Timestamp};
use serde::Serialize;

use fleet_args::FleetArgs;
use server_args::ServerArgs;

/// Simulate a fleet's agents: fill a server, keep it busy, ask it. Answers with lines of JSON.
#[derive(Parser)]
#[command(name = "fleetsim", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what a fleet holds
    Describe(FleetArgs),
    /// Write a fleet's rows as CSV: packages.csv, runs.csv
    Rows {
        #[command(flatten)]
        fleet: FleetArgs,
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Write a feed of advisories about the packages of fleets, one record a line
    Advisories {
        /// How many records
        #[arg(long, value_name = "N", default_value_t = 28_000)]
        records: u32,
    },
    /// Enroll every host, report what runs, and scan what is leased
    Fill {
        #[command(flatten)]
        fleet: FleetArgs,
        #[command(flatten)]
        server: ServerArgs,
        /// The server's local socket, by which hosts are added
        #[arg(long, value_name = "unix:PATH")]
        admin: ServerAddress,
    },
    /// Let every host of a filled server report, cycle after cycle
    Run {
        #[command(flatten)]
        server: ServerArgs,
        /// Reports a second [default: as fast as the server takes them]
        #[arg(long, value_name = "N")]
        rate: Option<f64>,
        /// For how many seconds
        #[arg(long, value_name = "N", default_value_t = 10)]
        seconds: u64,
        /// Report the same in each cycle
        #[arg(long)]
        still: bool,
    },
    /// Ask a filled server each question, to the last byte of its answer
    Ask {
        #[command(flatten)]
        server: ServerArgs,
        /// Ask each so often
        #[arg(long, value_name = "N", default_value_t = 31)]
        times: u32,
        /// Ask no more of a question after so many seconds
        #[arg(long, value_name = "N", default_value_t = 20)]
        seconds: u64,
        /// Ask only this question; may be given several times
        #[arg(long, value_name = "NAME")]
        only: Vec<String>,
        /// Ask about the moment at which the server had been filled
        #[arg(long)]
        past: bool,
    },
}

impl Cli {
    /// Does what the command line says.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Describe(fleet) => say(&Landmarks::of(&fleet.fleet()?)),
            Command::Rows { fleet, out } => {
                let (packages, runs) = rows::write(&fleet.fleet()?, &out)
                    .with_context(|| format!("writing to {}", out.display()))?;
                say(&serde_json::json!({"packages": packages, "runs": runs}))
            }
            Command::Advisories { records } => {
                let mut out = BufWriter::new(io::stdout().lock());
                feed::write(records, &mut out)?;
                Ok(out.flush()?)
            }
            Command::Fill {
                fleet,
                server,
                admin,
            } => fill(&fleet.fleet()?, &server, admin).await,
            Command::Run {
                server,
                rate,
                seconds,
                still,
            } => {
                let time = Duration::from_secs(seconds);
                run(&server, rate, time, still).await
            }
            Command::Ask {
                server,
                times,
                seconds,
                only,
                past,
            } => {
                let time = Duration::from_secs(seconds);
                ask(&server, Patience { times, time }, &only, past).await
            }
        }
    }
}

async fn fill(fleet: &Fleet, server: &ServerArgs, admin: ServerAddress) -> anyhow::Result<()> {
    // Before the server is busy: both take memory and time of the same machine.
    let landmarks = Landmarks::of(fleet);
    let admin = Client::new(admin, None)?;
    let reader = CreateToken {
        name: format!("fleetsim-{}", Timestamp::now().as_millisecond()),
        role: Role::Reader,
        expires_in_seconds: Some(7 * 24 * 3600),
        certificate: None,
    };
    let reader = admin.send(&reader).await?.token;
    let hosts = Client::new(server.server.clone(), None)?;
    let (tokens, filled) = agents::fill(fleet, &admin, &hosts, server.at_once).await?;
    let state = State {
        shape: fleet.shape,
        landmarks,
        cycle: 0,
        filled_at: Timestamp::now(),
        reader,
    };
    state.write(&server.state, Some(&tokens))?;
    say(&filled)
}

async fn run(
    server: &ServerArgs,
    rate: Option<f64>,
    time: Duration,
    still: bool,
) -> anyhow::Result<()> {
    let mut state = State::read(&server.state)?;
    let tokens = State::tokens(&server.state)?;
    let fleet = Fleet::new(state.shape);
    let hosts = Client::new(server.server.clone(), None)?;
    let pace = Pace {
        rate,
        time,
        cycle: state.cycle + u32::from(!still),
        still,
        at_once: server.at_once,
    };
    let ran = agents::run(&fleet, &hosts, &tokens, pace).await?;
    state.cycle = ran.cycle;
    state.write(&server.state, None)?;
    say(&ran)
}

async fn ask(
    server: &ServerArgs,
    patience: Patience,
    only: &[String],
    past: bool,
) -> anyhow::Result<()> {
    let state = State::read(&server.state)?;
    let client = Client::new(server.server.clone(), Some(state.reader))?;
    let all = match past {
        true => questions::past(&state.landmarks, state.filled_at),
        false => questions::all(&state.landmarks),
    };
    for question in all {
        let name = question.name.trim_end_matches("@past");
        if only.is_empty() || only.iter().any(|one| one == name) {
            say(&ask::ask(&client, &question, patience).await?)?;
        }
    }
    let lists = match past {
        true => vec![List::Containers(Some(state.filled_at))],
        false => List::ALL.to_vec(),
    };
    for list in lists {
        let name = list.name().trim_end_matches("@past");
        if only.is_empty() || only.iter().any(|one| one == name) {
            say(&list.ask(&client, patience).await?)?;
        }
    }
    Ok(())
}

/// Says a thing as a line of JSON.
fn say<T: Serialize>(what: &T) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string(what)?);
    Ok(())
}
