//! The terminal: taken over at the start, given back as it was, however the program ends.

use std::{
    io::{self, Stdout, Write},
    panic,
    sync::atomic::{AtomicBool, Ordering},
};

use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    crossterm::{
        cursor::Show,
        event::{
            DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
        },
        execute,
        terminal::{
            Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
            enable_raw_mode,
        },
    },
};
use rustix::process::{Signal, kill_current_process_group};

/// Whether the terminal is ours just now, so that it is given back once.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether some thread panicked: its message must not be drawn over.
static PANICKED: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours; dropped, it is given back.
pub(crate) struct Screen {
    /// What frames are drawn to.
    pub(crate) terminal: Terminal<CrosstermBackend<Stdout>>,
    /// Whether the wheel moves the cursor.
    wheel: bool,
}

impl Screen {
    /// Takes the terminal over.
    pub(crate) fn take(wheel: bool) -> io::Result<Self> {
        give_back_on_panic();
        TAKEN.store(true, Ordering::SeqCst);
        // From here on a failure gives back what was taken.
        let taken = Self::set_up(wheel);
        if taken.is_err() {
            give_back();
        }
        taken
    }

    fn set_up(wheel: bool) -> io::Result<Self> {
        enter(wheel)?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(Self { terminal, wheel })
    }

    /// Gives the terminal to the shell, and takes it over again once that goes on with the program.
    pub(crate) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        // All that the shell started together, as the terminal would stop it.
        kill_current_process_group(Signal::TSTP)?;
        TAKEN.store(true, Ordering::SeqCst);
        enter(self.wheel)?;
        execute!(io::stdout(), Clear(ClearType::All))?;
        // One that knows of an empty screen. To clear the old one would ask the terminal where its cursor is,
        // and who waits for keys would get that answer.
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(())
    }
}

/// Turns the terminal to raw keys and to a screen of its own.
fn enter(wheel: bool) -> io::Result<()> {
    enable_raw_mode()?;
    let mut stdout = io::stdout();
    execute!(stdout, EnterAlternateScreen, EnableBracketedPaste)?;
    if wheel {
        execute!(stdout, EnableMouseCapture)?;
    }
    Ok(())
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back where it is ours, once; nobody is left to tell where that fails.
pub(crate) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut stdout = io::stdout();
    let _ = execute!(
        stdout,
        DisableMouseCapture,
        DisableBracketedPaste,
        // Some terminals keep cells of this screen after a resize.
        Clear(ClearType::All),
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = stdout.flush();
}

/// A panic's message belongs on the terminal as it was before.
fn give_back_on_panic() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICKED.store(true, Ordering::SeqCst);
        give_back();
        before(info);
    }));
}

/// Whether some thread panicked.
pub(crate) fn has_panicked() -> bool {
    PANICKED.load(Ordering::SeqCst)
}

/// The terminal's size; none is too small for anything.
pub(crate) fn size() -> (u16, u16) {
    ratatui::crossterm::terminal::size().unwrap_or_default()
}
