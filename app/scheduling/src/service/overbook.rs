//! Staff book over something that is there already: never by accident, always with a reason (issue 3).

use crate::{Error, model::OverbookReason};

use super::{parse, rules};

/// A chosen overbooking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Overbook {
    pub reason: OverbookReason,
    pub words: Option<String>,
}

impl Overbook {
    /// The choice of a form: no code means that the time has to be free.
    ///
    /// # Errors
    /// `Invalid` at `overbook` or `overbook_words`: "other" has to be explained.
    pub fn parse(code: &str, words: &str) -> Result<Option<Self>, Error> {
        if code.trim().is_empty() {
            return Ok(None);
        }
        let reason = parse::code("overbook", code)?;
        let words = parse::text("overbook_words", words, rules::TEXT_LIMIT)?;
        if reason == OverbookReason::Other && words.is_none() {
            return Err(Error::invalid("overbook_words", "required"));
        }
        Ok(Some(Self { reason, words }))
    }
}

#[cfg(test)]
mod tests {
    use super::Overbook;

    #[test]
    fn overbooking_needs_a_listed_reason_and_another_one_its_words() {
        assert_eq!(Overbook::parse(" ", "words alone").unwrap(), None);
        assert!(Overbook::parse("because", "").is_err());
        assert!(Overbook::parse("other", " ").is_err());
        assert!(Overbook::parse("other", "The bus strike").unwrap().is_some());
        assert!(Overbook::parse("urgent", "").unwrap().is_some());
    }
}
