//! What a password must be where it is set (NIST SP 800-63B-4): long, and not one that everybody tries first.
//! No rules about digits and signs, no expiry.

/// With a password as the only factor, and beside a second one.
pub const SHORTEST_ALONE: usize = 15;
pub const SHORTEST_WITH_SECOND_FACTOR: usize = 8;
pub const LONGEST: usize = 128;

/// Why a password is refused. The code goes into the words table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    #[error("too short")]
    TooShort,
    #[error("too long")]
    TooLong,
    /// On the list of passwords that are tried first, or nothing but our own name, the person's, or one thing repeated.
    #[error("easy to guess")]
    Guessable,
}

impl Weak {
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password_short",
            Self::TooLong => "password_long",
            Self::Guessable => "password_guessable",
        }
    }
}

/// Passwords that are tried first, one a line, lower case: the long ones and the words short ones are built from.
static COMMON: &str = include_str!("common_passwords.txt");

/// Words that stand on our own pages.
const PRODUCT: &[&str] = &[
    "teletherapy",
    "therapy",
    "therapist",
    "clinic",
    "patient",
    "session",
    "telehealth",
    "demo",
];

/// Checks a password where it is set. `personal`: words of the account (e-mail, names) it must not consist of.
///
/// # Errors
/// The first reason against it.
pub fn check(password: &str, second_factor: bool, personal: &[&str]) -> Result<(), Weak> {
    let shortest = if second_factor {
        SHORTEST_WITH_SECOND_FACTOR
    } else {
        SHORTEST_ALONE
    };
    let length = password.chars().count();
    if length < shortest {
        Err(Weak::TooShort)
    } else if length > LONGEST {
        Err(Weak::TooLong)
    } else if is_guessable(password, personal) {
        Err(Weak::Guessable)
    } else {
        Ok(())
    }
}

fn is_guessable(password: &str, personal: &[&str]) -> bool {
    let letters: Vec<char> = password
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let plain: String = letters.iter().collect();
    let core = plain.trim_matches(|c: char| c.is_ascii_digit());
    is_common(&plain)
        || is_common(core)
        || is_repetition(&letters)
        || is_run(&letters)
        || only_known_words(&plain, personal)
}

fn is_common(plain: &str) -> bool {
    COMMON
        .lines()
        .filter(|line| !line.starts_with('#'))
        .any(|line| line == plain)
}

/// One to six signs again and again: `abcabcabcabcabc`.
fn is_repetition(letters: &[char]) -> bool {
    (1..=6.min(letters.len() / 2)).any(|unit| letters.iter().zip(letters.iter().skip(unit)).all(|(a, b)| a == b))
}

/// Each sign one after the one before, up or down: `abcdefghijklmno`, `987654321…`; the digits may go round.
fn is_run(letters: &[char]) -> bool {
    let step = |by: i32| {
        letters.windows(2).all(|pair| {
            let distance = pair[1] as i32 - pair[0] as i32;
            distance == by || (pair.iter().all(char::is_ascii_digit) && distance == -9 * by)
        })
    };
    letters.len() > 1 && (step(1) || step(-1))
}

/// Nothing is left, or next to nothing, when our own words, the person's and the list's are taken out.
fn only_known_words(plain: &str, personal: &[&str]) -> bool {
    const TOO_LITTLE: usize = 4;
    let mut rest = plain.to_owned();
    let personal = personal
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    for word in PRODUCT
        .iter()
        .copied()
        .chain(personal)
        .filter(|word| word.chars().count() >= 3)
    {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    let left = rest.chars().filter(|c| !c.is_ascii_digit()).count();
    rest.len() < plain.len() && left < TOO_LITTLE || (left == 0)
}

#[cfg(test)]
mod tests {
    use super::{Weak, check};

    #[test]
    fn length_is_counted_in_signs_not_bytes() {
        assert_eq!(check("ššššššššššššš", false, &[]), Err(Weak::TooShort));
        assert_eq!(check("short one", true, &[]), Ok(()));
        assert_eq!(check(&"long ".repeat(26), false, &[]), Err(Weak::TooLong));
    }

    #[test]
    fn four_plain_words_are_welcome() {
        for good in [
            "correct horse battery",
            "une tasse de thé chaud",
            "my cat sleeps on the radiator",
        ] {
            assert_eq!(
                check(good, false, &["ana@demo.example", "Ana Alvarez"]),
                Ok(()),
                "{good}"
            );
        }
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        let bad = [
            "passwordpassword",
            "Password Password 1",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "abcdefghijklmnop",
            "1234567890123456",
            "qwertyuiopasdfgh",
            "TeleTherapy Clinic 2027",
            "123456789012345678901234",
            "iloveyouiloveyou",
        ];
        for password in bad {
            assert_eq!(check(password, false, &[]), Err(Weak::Guessable), "{password}");
        }
    }

    #[test]
    fn ones_own_name_and_address_are_no_password() {
        assert_eq!(
            check(
                "ana.alvarez@demo.example",
                false,
                &["ana.alvarez@demo.example", "Ana Alvarez"]
            ),
            Err(Weak::Guessable)
        );
    }
}
