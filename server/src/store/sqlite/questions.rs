//! Questions that the index answers: so many at once, each on a thread where it may take its time,
//! and ended once whoever asked is gone.

use std::sync::{Arc, atomic::AtomicBool};

use model::bounds;
use tokio::sync::Semaphore;

use crate::{blocking::elsewhere, store::Result};

use super::{
    asker::{Asker, turn},
    fleet::Fleet,
};

/// Where the index is asked.
#[derive(Clone)]
pub struct Questions {
    fleet: Arc<Fleet>,
    permits: Arc<Semaphore>,
}

impl Questions {
    /// Questions to this index.
    pub fn new(fleet: Arc<Fleet>) -> Self {
        Self {
            fleet,
            permits: Arc::new(Semaphore::new(bounds::QUESTIONS)),
        }
    }

    /// Answers a question, which is told whether its asker is gone.
    ///
    /// # Errors
    /// What the question answers; [`crate::store::StoreError::Busy`] where too many others are answered,
    /// [`crate::store::StoreError::Unavailable`] while the server stops.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Fleet, &AtomicBool) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = turn(&self.permits, bounds::TURN).await?;
        let fleet = Arc::clone(&self.fleet);
        let asker = Asker::default();
        let gone = asker.gone();
        let answer = elsewhere(move || {
            let _permit = permit;
            question(&fleet, &gone)
        });
        answer.await?
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{
        sync::{atomic::Ordering, mpsc},
        thread,
        time::Duration,
    };

    use super::*;
    use crate::store::sqlite::{connection::open_writer, migrations};

    #[tokio::test]
    async fn a_question_is_told_once_its_asker_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        let questions = Questions::new(Arc::new(Fleet::load(&connection).unwrap()));
        let (ended, told) = mpsc::channel();
        let asked = questions.ask(move |_, gone| {
            while !gone.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(1));
            }
            ended.send(()).unwrap();
            Ok(())
        });
        let waited = tokio::time::timeout(Duration::from_millis(20), asked).await;
        assert!(waited.is_err());
        let told = tokio::task::spawn_blocking(move || told.recv_timeout(Duration::from_secs(60)));
        assert_eq!(told.await.unwrap(), Ok(()));
    }
}
