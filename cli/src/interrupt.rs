//! Ctrl-C: ends the program with the status that the contract gives it.

use std::{
    io::{self, IsTerminal, Write},
    process,
};

use crate::{exit::Exit, tui};

/// Leaves with 130 at the first SIGINT from here on.
///
/// On a thread of its own, so that it works in the middle of a long table or a slow pipe, where
/// nothing would poll a future. Where the thread can't be had, the signal's default action ends
/// the program, and shells show that as 130 too.
pub(crate) fn watch() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
    else {
        return;
    };
    let (ready, is_ready) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().spawn(move || {
        runtime.block_on(async {
            let signal = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt());
            let _ = ready.send(());
            if let Ok(mut signal) = signal {
                signal.recv().await;
                // Off the line that a spinner or half a row stands on.
                if io::stderr().is_terminal() {
                    let _ = writeln!(io::stderr());
                }
                tui::give_back_terminal();
                process::exit(i32::from(Exit::Interrupted.code()));
            }
        });
    });
    if thread.is_ok() {
        let _ = is_ready.recv();
    }
}
