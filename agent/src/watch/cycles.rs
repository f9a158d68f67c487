//! The full cycle, every few minutes and whenever the server wants something scanned.

use std::{thread, time::Duration};

use tokio::{
    runtime,
    sync::{Notify, oneshot},
};

use crate::{
    cycle,
    exit::Failure,
    host::Host,
    retry::{Pauses, jittered},
    settings::Settings,
};

/// The first pause after a cycle that failed.
const FIRST: Duration = Duration::from_secs(5);

/// When cycles are due.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    wanted: Notify,
    ended: Notify,
}

impl Cycles {
    /// The server wants something scanned. While a cycle runs this makes one more.
    pub(super) fn wanted(&self) {
        self.wanted.notify_one();
    }

    /// Waits until a cycle has ended.
    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }

    /// Runs a cycle now and then every `full_every`, without end.
    ///
    /// # Errors
    /// [`Failure`]: the server doesn't accept this host any more.
    pub(super) async fn run(&self, settings: &Settings) -> Result<(), Failure> {
        let every = settings.full_every;
        let mut pauses = Pauses::new(FIRST.min(every), every);
        loop {
            let result = cycle(settings.clone()).await;
            self.ended.notify_one();
            let pause = match result {
                Ok(()) | Err(Failure::Incomplete(_)) => {
                    pauses.reset();
                    // Machines that started together must not go on reporting together.
                    every.mul_f64(0.9) + jittered(every / 5).saturating_sub(every / 10)
                }
                Err(failure) if failure.is_final() => return Err(failure),
                Err(failure) => {
                    let pause = pauses.next();
                    let seconds = pause.as_secs_f32();
                    tracing::warn!("{failure}; the next full report follows in {seconds:.0} s");
                    pause
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wanted.notified() => {}
            }
        }
    }
}

/// One cycle, on a thread of its own: what takes long there, such as reading a large SBOM, keeps
/// nobody waiting here. Dropping it ends the cycle.
async fn cycle(settings: Settings) -> Result<(), Failure> {
    let (end, ended) = oneshot::channel();
    let (say, said) = oneshot::channel();
    let thread = thread::Builder::new().name("cycle".to_owned());
    let thread = thread.spawn(move || {
        let _ = say.send(run(settings, ended));
    });
    let _running = Running {
        end: Some(end),
        thread: thread.map_err(failed)?.into(),
    };
    said.await.unwrap_or_else(|error| Err(failed(error)))
}

fn run(settings: Settings, ended: oneshot::Receiver<()>) -> Result<(), Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(failed)?.block_on(async {
        tokio::select! {
            result = async { cycle::full(&Host::open(settings).await?).await } => result,
            _ = ended => Ok(()),
        }
    })
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Incomplete(format!("the cycle could not run: {error}"))
}

/// A cycle that runs. Dropping this ends it and waits until it has.
struct Running {
    end: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
