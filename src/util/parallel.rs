//! Work shared among threads, results in order.
//!
//! Plain threads, not the pool that lays pages out: a pool thread that waits for a part of its page
//! begins another document meanwhile, one inside the other, until the stack is full.

use std::error::Error as _;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, OnceLock};
use std::thread::{Builder, available_parallelism, scope};

/// Stack of a thread: deeply nested content is laid out by deep recursion.
const STACK: usize = 16 << 20;

/// Whether no thread but the first could be started.
static ALONE: AtomicBool = AtomicBool::new(false);

/// Creates the pool that lays pages out, with as many threads as can be started. The pool that
/// would otherwise be created on first use panics if one of its threads cannot be started.
///
/// # Errors
/// Threads that could be started a moment ago cannot be started now.
pub(crate) fn start_pool() -> Result<(), String> {
    static STARTED: OnceLock<Result<(), String>> = OnceLock::new();
    let start = || {
        let wanted = processors();
        let had = spawnable(wanted);
        ALONE.store(had == 0, Ordering::Relaxed);
        let builder = rayon::ThreadPoolBuilder::new().num_threads(had.clamp(1, wanted));
        let pool = if had == 0 { builder.use_current_thread() } else { builder }.build_global();
        match pool {
            // Without a source, the error is that there is a pool already.
            Err(error) if error.source().is_some() => Err(error.to_string()),
            _ => Ok(()),
        }
    };
    STARTED.get_or_init(start).clone()
}

/// How many of some threads can be started at once.
fn spawnable(wanted: usize) -> usize {
    let (stop, stopped) = channel::<()>();
    let stopped = Mutex::new(stopped);
    scope(|scope| {
        let wait = || drop(stopped.lock().map(|stopped| stopped.recv()));
        let had = (0..wanted).take_while(|_| Builder::new().spawn_scoped(scope, wait).is_ok());
        let had = had.count();
        drop(stop);
        had
    })
}

/// Runs something beside the work, if a thread can be started for it.
pub(crate) fn also<T>(beside: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
    scope(|scope| {
        if !ALONE.load(Ordering::Relaxed) {
            // Without a thread, nothing runs beside the work.
            let _ = Builder::new().stack_size(STACK).spawn_scoped(scope, beside);
        }
        work()
    })
}

/// How many threads can work at the same time.
fn processors() -> usize {
    match ALONE.load(Ordering::Relaxed) {
        true => 1,
        false => available_parallelism().map_or(1, NonZero::get),
    }
}

/// Runs `work` with every item, on as many threads as there are processors.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = processors().min(items.len()).max(1);
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            let result = work(item);
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, result));
        }
    };
    scope(|scope| {
        for _ in 1..threads {
            // Where no more threads can be started, the existing ones do the work.
            if Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_err() {
                break;
            }
        }
        run();
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        assert_eq!(each(&items, |n| n * n), items.iter().map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(each(&[], |n: &u64| *n), Vec::<u64>::new());
    }
}
