//! Addresses of pages: ids, dates and listed codes, never typed text.

/// An address with those pairs that have a value. Values are ids, dates and codes: letters, digits, `-`, `_`.
pub fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| is_code(value)) {
        address.push(if address.len() == path.len() { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(value);
    }
    address
}

fn is_code(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn a_value_that_is_no_code_never_enters_an_address() {
        assert_eq!(
            with_query("/x", &[("a", "b&c=d".to_owned()), ("e", "f".to_owned())]),
            "/x?e=f"
        );
    }
}
