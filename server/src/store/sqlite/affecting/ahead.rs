//! Judging that begins where an import has ended, beside whatever is asked: who then asks first needn't wait for all of it.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
};

use tokio::task::JoinHandle;

use crate::store::Result;

/// What the last import began. It ends with this.
#[derive(Default)]
pub struct Ahead(Mutex<Option<JoinHandle<()>>>);

impl Ahead {
    /// Begins with the work. What was begun before ends: it is about what was imported then.
    pub fn begin(&self, work: impl Future<Output = Result<()>> + Send + 'static) {
        let begun = tokio::spawn(async move {
            if let Err(error) = work.await {
                // Who asks has it judged then, and is told what is wrong.
                tracing::info!(%error, "what was imported isn't judged before somebody asks");
            }
        });
        if let Some(before) = self.replace(Some(begun)) {
            before.abort();
        }
    }

    fn replace(&self, by: Option<JoinHandle<()>>) -> Option<JoinHandle<()>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut last, by)
    }

    /// Waits until what was begun last has ended.
    #[cfg(test)]
    pub async fn ended(&self) {
        if let Some(begun) = self.replace(None) {
            // It was perhaps ended by another import.
            let _ = begun.await;
        }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        if let Some(begun) = self.replace(None) {
            begun.abort();
        }
    }
}
