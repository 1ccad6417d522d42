//! Which optimizations are used: all, except in the benchmark.

/// Whether an optimization of speed or size is used. A build with the feature `measure` leaves out those that the variable
/// `RESUME_WITHOUT` names, separated by commas, so that `just bench without` can compare.
pub fn is_used(name: &str) -> bool {
    let without = |names: String| names.split(',').any(|one| one == name);
    !(cfg!(feature = "measure") && std::env::var("RESUME_WITHOUT").is_ok_and(without))
}
