//! Many checks at once.

/// Runs `work` with every item on plain threads, results in order. The pool that lays pages out is
/// no place for whole checks: a page that waits for a part of itself would begin another check
/// inside, which then waits for that page.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = &work;
    let mut parts: Vec<Vec<(usize, R)>> = std::thread::scope(|scope| {
        let part = |first| items.iter().enumerate().skip(first).step_by(threads);
        let begin = |first| {
            let run = move || part(first).map(|(at, item)| (at, work(item))).collect();
            let stack = std::thread::Builder::new().stack_size(16 << 20);
            stack.spawn_scoped(scope, run).expect("a thread")
        };
        let begun: Vec<_> = (0..threads).map(begin).collect();
        begun.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let mut results: Vec<(usize, R)> = parts.drain(..).flatten().collect();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
