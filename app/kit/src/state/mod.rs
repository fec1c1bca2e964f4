//! How things stand: chips, progress, empty, loading, failed, running out.

mod anew;
mod badge;
mod banner;
mod chip;
mod countdown;
mod empty;
mod lasting;
mod load_failed;
mod progress;
mod ring;
mod skeleton;
mod steps;

pub use anew::anew;
pub use badge::Badge;
pub use banner::Banner;
pub use chip::StateChip;
pub use countdown::Countdown;
pub use empty::EmptyState;
pub use lasting::Lasting;
pub use load_failed::{LoadFailed, sentence_for};
pub use progress::Progress;
pub use ring::Ring;
pub use skeleton::{Skeleton, SkeletonKind};
pub use steps::{Step, StepState, Steps};
