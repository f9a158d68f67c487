//! How property tests run: each case on a runtime of its own.

/// Runs a test's body on a runtime of its own.
pub fn block_on<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(body)
}
