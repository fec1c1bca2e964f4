//! The two lines of care that the house serves.

use super::reasons::codes;

codes! {
    /// Which line of care a service belongs to.
    Line {
        MentalHealth = "mental_health",
        ChildTherapy = "child_therapy",
    }
}
