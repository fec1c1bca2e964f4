//! Finding a person by name, birth date or phone.

use crate::store;
use kernel::{PatientId, StoreError, Tx};

/// Words of one search that count; more only slow it down.
const WORDS: usize = 6;

/// Patients the actor sees who fit every word of `text`. Nothing typed finds nobody.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn search(tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<PatientId>, StoreError> {
    let words = words(text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    store::patient::search(tx, &words, limit).await
}

/// Lower case, and without the signs that mean something to LIKE.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.to_lowercase().replace(['%', '_', '\\'], ""))
        .map(|word| plain_number(&word).unwrap_or(word))
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .collect()
}

/// The digits of a phone number; a date keeps its hyphens.
fn plain_number(word: &str) -> Option<String> {
    let is_date = word.len() == 10 && word.matches('-').count() == 2;
    let is_number = word.chars().all(|sign| sign.is_ascii_digit() || "+-().".contains(sign));
    (is_number && !is_date).then(|| word.chars().filter(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_names_dates_or_digits() {
        assert_eq!(words("  Ana ALV "), ["ana", "alv"]);
        assert_eq!(words("(312)555-0142 1999-12-31"), ["3125550142", "1999-12-31"]);
        assert!(words(" % _ ").is_empty(), "a wildcard finds nobody");
    }
}
