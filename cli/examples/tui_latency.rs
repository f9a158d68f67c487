//! Prints how long the TUI takes from a key to its frame in each kind of view with 200,000 rows at the server, and to
//! its first frame while the server says nothing.
//!
//! `cargo build --release -p assetctl && cargo run --release -p assetctl --features measure \
//! --example tui_latency`

use std::{
    env,
    error::Error,
    io::Read,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How many rows are behind the view.
const ROWS: u64 = 200_000;
/// How often the program is started.
const STARTS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    println!("input to frame, 250×60, {ROWS} rows at the server:");
    for latency in assetctl::input_to_frame(ROWS) {
        let latency = latency?;
        let at = |share: usize| latency.frames[(latency.frames.len() - 1) * share / 1000];
        println!(
            "  {}, at most {} rows held, {} frames: median {:.2?}   99% {:.2?}   99.9% {:.2?}   longest {:.2?}   \
             first, without a terminal, {:.2?}",
            latency.view,
            latency.most_held,
            latency.frames.len(),
            at(500),
            at(990),
            at(999),
            at(1000),
            latency.first_frame
        );
    }
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(start_with_a_mute_server()?);
    }
    starts.sort();
    println!(
        "from start to first frame, the server saying nothing: median {:.1?}, longest {:.1?} of {STARTS} starts",
        starts[STARTS / 2],
        starts[STARTS - 1]
    );
    Ok(())
}

/// Starts the program on a terminal of `script`'s, against a server that takes calls and is mute.
fn start_with_a_mute_server() -> Result<Duration, Box<dyn Error>> {
    let mute = TcpListener::bind("127.0.0.1:0")?;
    let program = program()?;
    let command = format!(
        "stty rows 24 cols 80; exec '{}' --server http://{} tui",
        program.display(),
        mute.local_addr()?
    );
    let begin = Instant::now();
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let took = until_drawn(&mut child.stdout.take().ok_or("no output")?, begin);
    child.kill()?;
    child.wait()?;
    took
}

fn until_drawn(screen: &mut impl Read, begin: Instant) -> Result<Duration, Box<dyn Error>> {
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let read = screen.read(&mut chunk)?;
        if read == 0 {
            let seen = String::from_utf8_lossy(&seen).into_owned();
            return Err(format!("it ended before its first frame: {seen}").into());
        }
        seen.extend_from_slice(&chunk[..read]);
        // The last line of the screen has been drawn.
        if seen.windows(4).any(|four| four == b"quit") {
            return Ok(begin.elapsed());
        }
    }
}

/// The program beside this example's folder.
fn program() -> Result<PathBuf, Box<dyn Error>> {
    let example = env::current_exe()?;
    let dir = example.parent().and_then(|dir| dir.parent());
    let program = dir.ok_or("no folder")?.join("assetctl");
    if program.exists() {
        return Ok(program);
    }
    Err(format!("{} isn't there: build it first", program.display()).into())
}
