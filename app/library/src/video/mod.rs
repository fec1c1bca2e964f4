//! How long and how large a film is, from the few bytes that say so. Films are kept as they came: browsers play them, and
//! nothing here decodes a frame.

pub mod fragment;
pub mod mp4;
pub mod webm;

/// What a container says about its film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Film {
    pub width: u32,
    pub height: u32,
    /// 0 when the container does not say: a recording of a browser often does not.
    pub duration_ms: u32,
}

/// `value * 1000 / scale`, and 0 where that makes no sense.
fn milliseconds(value: u64, scale: u64) -> u32 {
    u128::from(value)
        .saturating_mul(1000)
        .checked_div(u128::from(scale))
        .and_then(|ms| u32::try_from(ms).ok())
        .unwrap_or(0)
}
