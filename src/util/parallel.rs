//! Work shared among threads, results in order.
//!
//! Plain threads, not the pool that lays pages out: a pool thread that waits for a part of its page
//! begins another document meanwhile, one inside the other, until the stack is full.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

/// Stack of a thread: deeply nested content is laid out by deep recursion.
const STACK: usize = 16 << 20;

/// Threads that [`each`] keeps busy.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// Does something with every item, on as many threads as there are processors.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = available_parallelism().map_or(1, NonZero::get).min(items.len()).max(1);
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
    BUSY.fetch_add(threads - 1, Ordering::Relaxed);
    scope(|scope| {
        for _ in 1..threads {
            // Where no more threads can be had, the ones there are do the work.
            if Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_err() {
                break;
            }
        }
        run();
    });
    BUSY.fetch_sub(threads - 1, Ordering::Relaxed);
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Whether a processor has nothing to do.
fn is_idle() -> bool {
    BUSY.load(Ordering::Relaxed) + 1 < available_parallelism().map_or(1, NonZero::get)
}

/// Does something, and meanwhile something that helps it, where a processor has nothing else to do.
/// What helps asks now and then whether it still does.
pub(crate) fn beside<T>(
    helps: impl FnOnce(&dyn Fn() -> bool) + Send,
    work: impl FnOnce() -> T,
) -> T {
    if !is_idle() {
        return work();
    }
    let done = AtomicBool::new(false);
    scope(|scope| {
        let helps = || helps(&|| !done.load(Ordering::Relaxed));
        let helper = Builder::new().stack_size(STACK).spawn_scoped(scope, helps);
        let result = work();
        done.store(true, Ordering::Relaxed);
        drop(helper);
        result
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::{beside, each, is_idle};

    #[test]
    fn what_helps_ends_with_the_work() {
        let began = AtomicBool::new(false);
        let endless = |helps: &dyn Fn() -> bool| {
            began.store(true, Ordering::Relaxed);
            while helps() {
                std::thread::yield_now();
            }
        };
        // Where nobody is idle it does not begin.
        let work = || {
            (0..2000).find(|_| {
                std::thread::sleep(std::time::Duration::from_millis(1));
                began.load(Ordering::Relaxed) || !is_idle()
            })
        };
        assert!(beside(endless, work).is_some());
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).collect();
        assert_eq!(each(&items, |n| n * n), items.iter().map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(each(&[], |n: &u64| *n), Vec::<u64>::new());
    }
}
