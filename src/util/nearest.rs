//! "Did you mean …?": the known word nearest to the one given.

/// The known word nearest to the given one, when it is near enough to be a typing error: the
/// shorter the word, the fewer errors it may have. Case does not count.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distances cost length times length, and nothing this long is a typing error.
    if given.len() > 200 {
        return None;
    }
    let given = given.to_lowercase();
    let allowed = match given.chars().count() {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&given, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest("Reids", ["Redis", "Node"]), Some("Redis"));
        assert_eq!(nearest("redis", ["Redis"]), Some("Redis"));
        assert_eq!(nearest("A", ["B"]), None);
        assert_eq!(nearest("Camera", ["Tablet"]), None);
    }
}
